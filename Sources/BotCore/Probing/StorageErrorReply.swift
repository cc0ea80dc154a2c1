/// What an answer with an error status means, as far as this one answer can say.
///
/// This is the table of what Google Cloud Storage answers to anonymous callers. Statuses and reasons decide, never the
/// wording; whatever the table does not have is no verdict.
/// Source: https://cloud.google.com/storage/docs/json_api/v1/status-codes and
/// https://cloud.google.com/storage/docs/xml-api/reference-status.
public struct StorageErrorReply: Hashable, Sendable {
    /// What follows from it.
    public enum Meaning: Hashable, Sendable {
        /// The bucket refuses, and it is clear why.
        case refused(StorageRefusal)
        /// The bucket is there and the object is not: `NoSuchKey`, which only the XML API says.
        case noSuchObject
        /// Something is not there, the object or the bucket: a listing of the bucket tells which.
        case somethingMissing
        /// The answer fits several rows of the table, or names no reason: the XML API's code tells which.
        case ambiguous
        /// It may pass: worth another try.
        case transient
        /// The table does not know it, and another try would bring the same.
        case unusable
    }

    /// Which request was answered; a 404 means different things.
    public enum Request: Hashable, Sendable {
        /// A listing.
        case list
        /// The content of an object.
        case get
    }

    /// What follows from it.
    public let meaning: Meaning
    /// Status and reason in short, for the reason of an unknown outcome: `HTTP 503 (backendError)`.
    public let summary: String
    /// The answer's own sentence: its first line, at most 500 characters; may be empty.
    public let message: String
    /// The HTTP status.
    public let status: Int

    /// The longest error body that is read, in bytes.
    public static let bodyByteLimit = StorageErrorBody.byteLimit

    /// Reads an answer of the JSON API.
    ///
    /// - Parameters:
    ///   - status: The HTTP status, any but 200.
    ///   - body: The body, or its beginning.
    ///   - request: What was asked.
    public init(json status: Int, body: [UInt8], to request: Request) {
        let error = StorageErrorBody(json: body)
        self.init(status: status, body: error, meaning: Self.meaning(json: status, body: error, to: request))
    }

    /// Reads an answer of the XML API.
    ///
    /// - Parameters:
    ///   - status: The HTTP status, any but 200.
    ///   - body: The body, or its beginning.
    public init(xml status: Int, body: [UInt8]) {
        let error = StorageErrorBody(xml: body)
        self.init(status: status, body: error, meaning: Self.meaning(xml: status, body: error))
    }

    private init(status: Int, body: StorageErrorBody, meaning: Meaning) {
        self.meaning = meaning
        self.status = status
        message = body.message
        let reason = body.reason.map { " (\($0.prefix(60)))" } ?? ""
        summary = (300..<400).contains(status) ? "a redirect, HTTP \(status)" : "HTTP \(status)\(reason)"
    }

    /// What the XML API's answer to the same question makes of an ambiguous one; nil where the two do not fit together.
    public func refusal(confirmedBy xml: StorageErrorReply) -> StorageRefusal? {
        guard meaning == .ambiguous, case .refused(let refusal) = xml.meaning else { return nil }
        switch (status, refusal) {
        case (400, .requesterPays), (400, .badBucketName), (404, .noSuchBucket): return refusal
        case (401, .denied), (403, .denied), (401, .billingDisabled), (403, .billingDisabled): return refusal
        default: return nil
        }
    }

    private static func meaning(json status: Int, body: StorageErrorBody, to request: Request) -> Meaning {
        switch (status, body.reason) {
        case (401, "required"): .refused(.denied)
        case (400, "required"): .refused(.requesterPays)
        case (403, "accountDisabled"): .refused(.billingDisabled(message: body.message))
        case (404, "notFound") where request == .list: .refused(.noSuchBucket)
        // A get's 404 has the reason notFound for an object and for a bucket alike, or is plain text.
        case (404, "notFound"): .somethingMissing
        case (404, nil) where request == .get: .somethingMissing
        // `invalid` may be about the bucket's name or about any other part of the request.
        case (400, "invalid"), (400, nil), (401, nil), (403, nil): .ambiguous
        // The table has 401 for anonymous callers; 403 `forbidden` is what others get, and says less.
        case (403, "forbidden"): .ambiguous
        case (404, _) where request == .list: .ambiguous
        // A rate or a quota passes; another reason that the table does not know would come again.
        case (403, let reason?): isRateOrQuota(reason) ? .transient : .unusable
        default: meaning(status: status)
        }
    }

    /// Whether a reason names a rate or a quota, as `userRateLimitExceeded` and `quotaExceeded` do.
    private static func isRateOrQuota(_ reason: String) -> Bool {
        let reason = reason.lowercased()
        return reason.contains("limitexceeded") || reason.contains("quota")
    }

    private static func meaning(xml status: Int, body: StorageErrorBody) -> Meaning {
        switch (status, body.reason) {
        case (403, "AccessDenied"): .refused(.denied)
        case (404, "NoSuchBucket"): .refused(.noSuchBucket)
        case (404, "NoSuchKey"): .noSuchObject
        case (400, "UserProjectMissing"): .refused(.requesterPays)
        case (403, "UserProjectAccountProblem"): .refused(.billingDisabled(message: body.message))
        case (400, "InvalidBucketName"): .refused(.badBucketName(message: body.message))
        default: meaning(status: status)
        }
    }

    private static func meaning(status: Int) -> Meaning {
        status == 408 || status == 429 || (500...599).contains(status) ? .transient : .unusable
    }
}
