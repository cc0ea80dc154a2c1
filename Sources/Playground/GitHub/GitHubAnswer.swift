/// What a handler answers, before the wire.
struct GitHubAnswer {
    var status = 200
    var body: Body = .none
    var headers: [StandInHeader] = []

    enum Body {
        case none
        case json(JSON)
        case bytes([UInt8], contentType: String)
    }

    /// JSON with a status.
    static func json(_ value: JSON, status: Int = 200) -> GitHubAnswer {
        GitHubAnswer(status: status, body: .json(value))
    }

    /// A file's bytes.
    static func raw(_ bytes: [UInt8]) -> GitHubAnswer {
        GitHubAnswer(body: .bytes(bytes, contentType: "application/vnd.github.raw+json; charset=utf-8"))
    }

    /// 204.
    static let nothing = GitHubAnswer(status: 204)
}
