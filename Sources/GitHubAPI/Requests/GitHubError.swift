public import struct Foundation.Date

/// Why GitHub did not do or tell what it was asked.
///
/// No secret is in it: neither headers nor bodies of requests.
public struct GitHubError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The cases, named by what the caller can do.
    public enum Kind: Hashable, Sendable {
        /// There is no such thing, or it may not be seen (404).
        case notFound
        /// It was there once (410), or is withheld by law (451).
        case gone
        /// The App is not installed where the request goes to.
        case notInstalled
        /// The credentials are not accepted, also when they are fresh (401): an operator must act.
        case unauthorized
        /// The credentials do not reach so far (403).
        ///
        /// - Parameter needed: The permissions that GitHub says would do, as in `issues=write`; `nil` where it does not.
        case forbidden(needed: String?)
        /// It contradicts what is there by now (409): read again.
        case conflict
        /// GitHub understood the request and refuses its content (422).
        case unprocessable([GitHubProblem])
        /// The address has moved, and this request is not one that is sent on (301, 302, 307, 308).
        case moved
        /// Any other refusal (4xx), or a request that cannot be sent as it is: the program is wrong.
        case refused
        /// Nothing is asked before that time.
        case rateLimited(until: Date)
        /// No usable answer came, and nothing was done: it may be asked again later.
        case unavailable
        /// A write that may or may not have been carried out: look before doing it again.
        case ambiguous
        /// The answer makes no sense; the message says where.
        case malformed
        /// The answer is larger than what is taken.
        case tooLarge(limitBytes: Int)
        /// The list has more pages than are read.
        case tooManyPages(limit: Int)
    }

    /// What the caller can do.
    public let kind: Kind
    /// Method and path, as in `GET /repos/kubernetes/test-infra`.
    public let request: String
    /// The status that was answered; `nil` where nothing was.
    public let status: Int?
    /// What GitHub said, or what went wrong on the way; at most 500 characters.
    public let message: String

    /// An error; tests and adapters make them by hand.
    public init(_ kind: Kind, request: String, status: Int? = nil, message: String) {
        self.kind = kind
        self.request = request
        self.status = status
        self.message = String(message.prefix(500))
    }

    /// One line for a log.
    public var description: String {
        let answer = status.map { "status \($0)" } ?? "no status"
        return "\(request): \(kind.words) (\(answer)): \(message)"
    }
}

/// One thing that GitHub finds wrong with a request's content.
///
/// Source: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api#validation-failed
public struct GitHubProblem: Hashable, Sendable {
    /// What kind of object it concerns, as in `Issue`.
    public let resource: String?
    /// Which field of it.
    public let field: String?
    /// Why, as in `already_exists` or `custom`.
    public let code: String?
    /// GitHub's words.
    public let message: String?

    /// A problem.
    public init(resource: String? = nil, field: String? = nil, code: String? = nil, message: String? = nil) {
        self.resource = resource
        self.field = field
        self.code = code
        self.message = message
    }
}
