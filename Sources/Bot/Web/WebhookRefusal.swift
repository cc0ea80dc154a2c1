internal import HTTPTypes
internal import Logging

/// Why a request to the webhook is not stored, and what its sender is told.
///
/// The texts hold nothing of the request but the name of a header.
enum WebhookRefusal: Error, Hashable, Sendable {
    /// The method is not POST.
    case notPost
    /// A header that each delivery has is missing, is there twice, or has a value that no delivery has.
    case header(name: String)
    /// The body is neither JSON nor a form, or it is encoded.
    case mediaType
    /// There is no signature that could be checked.
    case signatureHeader
    /// The body is larger than any that GitHub sends.
    case tooLarge(limitBytes: Int)
    /// The body did not arrive in time.
    case tooSlow
    /// The sender broke off.
    case brokenOff
    /// No secret fits the signature.
    case signature
    /// A secret fits that may not sign for this.
    case scope(secretName: String)
    /// It cannot be taken now.
    case unavailable(reason: String)

    /// The answer's status.
    var status: HTTPResponse.Status {
        switch self {
        case .notPost: .methodNotAllowed
        case .header, .brokenOff: .badRequest
        case .mediaType: .unsupportedMediaType
        case .signatureHeader, .signature, .scope: .forbidden
        case .tooLarge: .contentTooLarge
        case .tooSlow: .requestTimeout
        case .unavailable: .serviceUnavailable
        }
    }

    /// The answer's text.
    var text: String {
        switch self {
        case .notPost: "Send a POST."
        case .header(let name): "\(name) must be there once, with 1 to 100 printable ASCII characters."
        case .mediaType: "Send application/json or application/x-www-form-urlencoded, without a Content-Encoding."
        case .signatureHeader: "X-Hub-Signature-256 must be there once: sha256= and 64 hexadecimal digits."
        case .tooLarge(let limitBytes): "The body has more than \(limitBytes) bytes."
        case .tooSlow: "The body took too long."
        case .brokenOff: "The body ended too early."
        case .signature: "The signature fits no secret."
        case .scope: "The secret is not configured for this repository."
        case .unavailable: "Nothing was stored; send it again later."
        }
    }

    /// How loud a log is about it: what others do wrong is no alarm, what we cannot do is one.
    var logLevel: Logger.Level {
        if case .unavailable = self { .error } else { .notice }
    }

    /// What a log says of it beyond the text.
    var metadata: Logger.Metadata {
        switch self {
        case .scope(let secretName): ["secret.name": "\(secretName)"]
        case .unavailable(let reason): ["reason": "\(reason)"]
        default: [:]
        }
    }
}
