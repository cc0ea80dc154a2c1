/// Who may ask something.
enum GitHubDoor {
    /// Anybody with a token.
    case anyToken
    /// An App, with the token that its private key signed.
    case app
    /// An installation with a permission, `read` or `write`; a person by the rights in the repository.
    case permission(String, GitHubAccess)
    /// An installation alone with a permission.
    case installation(String, GitHubAccess)
}

/// How far a permission goes.
enum GitHubAccess: String {
    case read, write

    /// Whether a permission of this word is enough.
    func isGranted(by word: String?) -> Bool {
        switch self {
        case .read: word == "read" || word == "write" || word == "admin"
        case .write: word == "write" || word == "admin"
        }
    }
}

/// One operation of GitHub's REST interface.
struct GitHubRoute: Sendable {
    typealias Handler = @Sendable (GitHubExchange) async throws -> GitHubAnswer

    let method: String
    /// The path as GitHub's documentation writes it.
    let template: String
    let door: GitHubDoor
    let handler: Handler
    private let parts: [Part]

    private enum Part {
        case word(String)
        case parameter(String)
        case rest(String)
    }

    /// What takes all parts of the path that are left.
    private static let greedy: Set<String> = ["path", "ref", "basehead"]

    init(_ method: String, _ template: String, _ door: GitHubDoor, _ handler: @escaping Handler) {
        self.method = method
        self.template = template
        self.door = door
        self.handler = handler
        let words = template.split(separator: "/")
        parts = words.enumerated().map { index, word in
            guard word.hasPrefix("{") else { return .word(String(word)) }
            let name = String(word.dropFirst().dropLast())
            return index == words.count - 1 && Self.greedy.contains(name) ? .rest(name) : .parameter(name)
        }
    }

    /// The parameters of a path; nil where this is not its route.
    func parameters(of segments: [String]) -> [String: String]? {
        var values: [String: String] = [:]
        var left = segments[...]
        for part in parts {
            switch part {
            case .word(let word):
                guard left.popFirst() == word else { return nil }
            case .parameter(let name):
                guard let value = left.popFirst() else { return nil }
                values[name] = value
            case .rest(let name):
                guard !left.isEmpty || name == "path" else { return nil }
                values[name] = left.joined(separator: "/")
                left = []
            }
        }
        return left.isEmpty ? values : nil
    }
}
