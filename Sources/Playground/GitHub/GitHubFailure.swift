/// A refusal, as GitHub words it.
struct GitHubFailure: Error {
    let status: Int
    let message: String
    var errors: [JSON] = []
    /// Whether nobody should have asked, so that a test must fail.
    var isSurprising = false
    var headers: [StandInHeader] = []

    /// The body.
    var body: JSON {
        var members: [String: JSON] = [
            "message": .string(message), "documentation_url": "https://docs.github.com/rest",
            "status": .string("\(status)"),
        ]
        if !errors.isEmpty { members["errors"] = .array(errors) }
        return .object(members)
    }

    static let notFound = GitHubFailure(status: 404, message: "Not Found")
    static let badCredentials = GitHubFailure(status: 401, message: "Bad credentials")
    static let notAccessible = GitHubFailure(status: 403, message: "Resource not accessible by integration")

    /// 422: the request is understood, and its values do not fit.
    static func invalid(_ resource: String, _ field: String, _ code: String = "invalid") -> GitHubFailure {
        GitHubFailure(
            status: 422, message: "Validation Failed",
            errors: [["resource": .string(resource), "field": .string(field), "code": .string(code)]])
    }

    /// 422: with a sentence that callers know.
    static func refused(_ message: String) -> GitHubFailure { GitHubFailure(status: 422, message: message) }

    /// A body that nobody should send.
    static func misshapen(_ what: String) -> GitHubFailure {
        GitHubFailure(status: 422, message: "Invalid request.\n\n\(what)", isSurprising: true)
    }
}
