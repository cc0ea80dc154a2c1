/// One way in which Google Cloud Storage refuses, in both of its dialects.
///
/// Source: https://cloud.google.com/storage/docs/json_api/v1/status-codes and
/// https://cloud.google.com/storage/docs/xml-api/reference-status.
public struct StorageFailure: Hashable, Sendable {
    /// The status that the JSON API answers.
    public var status: Int
    /// The `reason` of the JSON error, such as `notFound`.
    public var reason: String
    /// What it says in words.
    public var message: String
    /// Where the error lies, as in `header` and `Authorization`; nil says nothing of it.
    public var location: Location?
    /// The status that the XML API answers.
    public var xmlStatus: Int
    /// The `Code` of the XML error, such as `AccessDenied`.
    public var xmlCode: String
    /// What the XML error adds in `Details`; nil leaves it out.
    public var xmlDetails: String?
    /// The value of a `Retry-After` header, in seconds; nil sends none.
    public var retryAfterSeconds: Int?

    /// The part of the request that an error blames.
    public struct Location: Hashable, Sendable {
        /// The kind of place: `header` or `parameter`.
        public let type: String
        /// Its name.
        public let name: String

        /// The header that carries credentials.
        static let authorization = Location(type: "header", name: "Authorization")
    }

    /// A failure; the XML side repeats status and reason unless told otherwise.
    public init(
        status: Int, reason: String, message: String, location: Location? = nil, xmlStatus: Int? = nil,
        xmlCode: String? = nil, xmlDetails: String? = nil, retryAfterSeconds: Int? = nil
    ) {
        self.status = status
        self.reason = reason
        self.message = message
        self.location = location
        self.xmlStatus = xmlStatus ?? status
        self.xmlCode = xmlCode ?? reason
        self.xmlDetails = xmlDetails
        self.retryAfterSeconds = retryAfterSeconds
    }
}

extension StorageFailure {
    /// 429: too many requests, with a time to wait if there is one.
    public static func tooManyRequests(retryAfterSeconds: Int? = nil) -> StorageFailure {
        StorageFailure(
            status: 429, reason: "rateLimitExceeded", message: "Too many requests; reduce the rate.",
            location: nil, xmlCode: "SlowDown", retryAfterSeconds: retryAfterSeconds)
    }

    /// 403 with any reason, such as `userRateLimitExceeded`, `quotaExceeded`, or one that nobody knows.
    public static func forbidden(reason: String) -> StorageFailure {
        StorageFailure(status: 403, reason: reason, message: "The request was refused: \(reason).")
    }

    /// 500, 502, 503, 504 or 408: trouble of the service, not of the bucket.
    public static func trouble(status: Int, retryAfterSeconds: Int? = nil) -> StorageFailure {
        StorageFailure(
            status: status, reason: status == 408 ? "requestTimeout" : "backendError",
            message: "We encountered an internal error. Please try again.", xmlCode: "InternalError",
            retryAfterSeconds: retryAfterSeconds)
    }

    /// No bucket has this name.
    static let noSuchBucket = StorageFailure(
        status: 404, reason: "notFound", message: "The specified bucket does not exist.", xmlCode: "NoSuchBucket")

    /// The bucket has no object of this name.
    static func noSuchObject(_ name: ObjectName, in bucket: String) -> StorageFailure {
        StorageFailure(
            status: 404, reason: "notFound", message: "No such object: \(bucket)/\(name)", xmlCode: "NoSuchKey")
    }

    /// Anonymous callers may not; whether the thing exists is not said.
    static func denied(permission: String, to resource: String) -> StorageFailure {
        let message =
            "Anonymous caller does not have \(permission) access to the Google Cloud Storage \(resource). "
            + "Permission '\(permission)' denied on resource (or it may not exist)."
        return StorageFailure(
            status: 401, reason: "required", message: message, location: .authorization, xmlStatus: 403,
            xmlCode: "AccessDenied", xmlDetails: message)
    }

    /// The reader would have to pay, and named no project.
    static let requesterPays = StorageFailure(
        status: 400, reason: "required",
        message: "Bucket is a requester pays bucket but no user project provided.", xmlCode: "UserProjectMissing")

    /// The billing of the bucket's project is off.
    static func billingDisabled(message: String) -> StorageFailure {
        StorageFailure(
            status: 403, reason: "accountDisabled", message: message, location: .authorization,
            xmlCode: "UserProjectAccountProblem", xmlDetails: message)
    }

    /// The name breaks a rule for bucket names.
    static func badBucketName(_ name: String) -> StorageFailure {
        StorageFailure(
            status: 400, reason: "invalid", message: "Invalid bucket name: '\(name)'", xmlCode: "InvalidBucketName")
    }

    /// A parameter of the request has a value that does not fit.
    static func badParameter(_ name: String, _ message: String) -> StorageFailure {
        StorageFailure(
            status: 400, reason: "invalid", message: message, location: Location(type: "parameter", name: name),
            xmlCode: "InvalidArgument", xmlDetails: message)
    }

    /// The request carries an `Authorization` header, which is not looked at further: even an empty one is refused.
    static let badCredentials = StorageFailure(
        status: 401, reason: "authError", message: "Invalid Credentials", location: .authorization,
        xmlCode: "AuthenticationRequired")
}
