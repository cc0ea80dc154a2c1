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
    /// The request that decided, and what it was answered.
    public let evidence: Evidence
    /// What it cost, repetitions and second questions included.
    public let counts: RequestCounts

    /// An answer.
    public init(
        outcome: StorageOutcome<Value>, evidence: Evidence, counts: RequestCounts = RequestCounts(requests: 1)
    ) {
        self.outcome = outcome
        self.evidence = evidence
        self.counts = counts
    }
}

/// How many HTTP requests something took.
public struct RequestCounts: Hashable, Sendable {
    /// All requests, repeated ones included.
    public var requests: Int
    /// Those among them that repeated one that got no usable answer.
    public var retries: Int

    /// Counts; both are zero unless told otherwise.
    public init(requests: Int = 0, retries: Int = 0) {
        self.requests = requests
        self.retries = retries
    }

    /// Both together.
    public static func + (left: RequestCounts, right: RequestCounts) -> RequestCounts {
        RequestCounts(requests: left.requests + right.requests, retries: left.retries + right.retries)
    }

    /// Adds the right counts to the left ones.
    public static func += (left: inout RequestCounts, right: RequestCounts) { left = left + right }
}

/// The bytes of an object, or its beginning.
public struct ObjectContent: Hashable, Sendable {
    /// The bytes after decompression.
    public let bytes: [UInt8]
    /// Whether this is all of it; false where the reader's byte limit cut it short, so that no parser may judge it.
    public let isComplete: Bool

    /// Content; complete unless told otherwise.
    public init(bytes: [UInt8], isComplete: Bool = true) {
        self.bytes = bytes
        self.isComplete = isComplete
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

extension StorageOutcome {
    /// What the transform makes of an answered value; every other outcome stays as it is.
    public func map<Other: Sendable>(_ transform: (Value) -> Other) -> StorageOutcome<Other> {
        switch self {
        case .answered(let value): .answered(transform(value))
        case .noSuchObject: .noSuchObject
        case .refused(let refusal): .refused(refusal)
        case .unknown(let reason): .unknown(reason: reason)
        }
    }
}

extension StorageOutcome: Equatable where Value: Equatable {}
extension StorageAnswer: Equatable where Value: Equatable {}

/// Why Google Cloud Storage refuses, as far as an anonymous caller can tell.
///
/// Told apart by HTTP status and the error's `reason`, never by its wording.
/// Source: https://cloud.google.com/storage/docs/json_api/v1/status-codes.
public enum StorageRefusal: Hashable, Sendable, Codable {
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
