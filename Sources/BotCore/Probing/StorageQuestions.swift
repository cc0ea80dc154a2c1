public import struct Foundation.Date

/// One page of a listing that the core wants to see.
public struct ListQuestion: Hashable, Sendable {
    /// The bucket's name.
    public var bucket: String
    /// What object names start with; ends in `/` or is empty where directories are listed.
    public var prefix: String
    /// Whether `/` separates directories: true lists one level, false everything below.
    public var isDelimited: Bool
    /// The name at which the listing starts, itself included; nil starts at the first.
    public var startOffset: String?
    /// Where the listing goes on; from `ListPage.nextPageToken`.
    public var pageToken: String?
    /// Objects and prefixes on one page together, 1 to 1000.
    public var maxResults: Int

    /// A question.
    public init(
        bucket: String, prefix: String, isDelimited: Bool = true, startOffset: String? = nil, pageToken: String? = nil,
        maxResults: Int = 1000
    ) {
        self.bucket = bucket
        self.prefix = prefix
        self.isDelimited = isDelimited
        self.startOffset = startOffset
        self.pageToken = pageToken
        self.maxResults = maxResults
    }
}

/// One page of a listing.
public struct ListPage: Hashable, Sendable {
    /// The objects, in the order of their names.
    public let objects: [StoredObject]
    /// The directories, each with its final `/`, in order.
    public let prefixes: [String]
    /// Where the next page starts; nil on the last.
    public let nextPageToken: String?

    /// A page.
    public init(objects: [StoredObject], prefixes: [String], nextPageToken: String?) {
        self.objects = objects
        self.prefixes = prefixes
        self.nextPageToken = nextPageToken
    }
}

/// What a listing says of one object.
public struct StoredObject: Hashable, Sendable {
    /// The whole name in the bucket.
    public let name: String
    /// The stored size in bytes; nil where the listing does not say.
    public let size: Int64?
    /// When this generation was created; nil where the listing does not say or the time is no time.
    public let timeCreated: Date?
    /// When the object was last changed.
    public let updated: Date?
    /// Custom metadata (`x-goog-meta-*` without that part).
    public let metadata: [String: String]
    /// The stored `Content-Encoding`, such as `gzip`.
    public let contentEncoding: String?

    /// An object as listed.
    public init(
        name: String, size: Int64? = nil, timeCreated: Date? = nil, updated: Date? = nil,
        metadata: [String: String] = [:], contentEncoding: String? = nil
    ) {
        self.name = name
        self.size = size
        self.timeCreated = timeCreated
        self.updated = updated
        self.metadata = metadata
        self.contentEncoding = contentEncoding
    }
}

/// What came of a question to Google Cloud Storage, with the evidence for it.
public struct StorageAnswer<Value: Sendable>: Sendable {
    /// What the answer means.
    public let outcome: StorageOutcome<Value>
    /// What was asked and what answered.
    public let evidence: Evidence

    /// An answer.
    public init(outcome: StorageOutcome<Value>, evidence: Evidence) {
        self.outcome = outcome
        self.evidence = evidence
    }
}

/// What an answer of Google Cloud Storage means.
public enum StorageOutcome<Value: Sendable>: Sendable {
    /// The page, or the object.
    case answered(Value)
    /// The bucket is there and readable; the object is not there.
    case noSuchObject
    /// The bucket refuses, and says why.
    case refused(StorageRefusal)
    /// No usable answer within the budget: an outage is not a verdict.
    case unknown(reason: String)
}

extension StorageOutcome: Equatable where Value: Equatable {}
extension StorageAnswer: Equatable where Value: Equatable {}

/// Why Google Cloud Storage refuses, as far as an anonymous caller can tell.
///
/// Told apart by HTTP status and the error's `reason`, never by its wording.
/// Source: https://cloud.google.com/storage/docs/json_api/v1/status-codes.
public enum StorageRefusal: Hashable, Sendable {
    /// 404 `notFound` of the bucket: there is none of that name.
    case noSuchBucket
    /// 401 (JSON) or 403 `AccessDenied` (XML): anonymous callers may not; why is invisible.
    case denied
    /// 400 `required`: the reader would have to pay.
    case requesterPays
    /// 403 `accountDisabled`: the project's billing is off.
    case billingDisabled(message: String)
    /// 400 `invalid` of the bucket's name.
    case badBucketName(message: String)
}
