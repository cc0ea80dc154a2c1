/// One entry of a tree.
public struct GitTreeEntry: Hashable, Sendable {
    /// What lies there.
    public enum Kind: Hashable, Sendable {
        /// A file's content.
        case blob
        /// A folder.
        case tree
        /// A commit of another repository: a submodule.
        case commit
    }

    /// Where it lies, from the root of what was asked for.
    public let path: String
    /// The mode as git writes it, as in `100644` or `120000`.
    public let mode: String
    /// What lies there.
    public let kind: Kind
    /// Its hash.
    public let id: GitObjectID
    /// Bytes of a file; `nil` for others.
    public let byteCount: Int?

    /// An entry; tests make them by hand.
    public init(path: String, mode: String, kind: Kind, id: GitObjectID, byteCount: Int?) {
        self.path = path
        self.mode = mode
        self.kind = kind
        self.id = id
        self.byteCount = byteCount
    }

    /// Whether it is a symbolic link, whose content is a path.
    public var isSymbolicLink: Bool { mode == "120000" }
}

extension GitData {
    /// Everything below a tree, folders included.
    ///
    /// GitHub cuts a listing at 100,000 entries or 7 MB; then the tree is walked, one request a folder, and a folder that
    /// does not matter is left out.
    /// Source: https://docs.github.com/en/rest/git/trees#get-a-tree
    ///
    /// - Parameters:
    ///   - id: A tree's hash, or that of a commit.
    ///   - matters: Whether a folder has to be read; asked only where GitHub cuts.
    /// - Returns: The entries, in git's order within each folder.
    /// - Throws: `GitHubError`; `tooManyPages` where there are more folders than `maxTreeRequests`.
    public func tree(
        _ id: GitObjectID, where matters: (String) -> Bool = { _ in true }
    ) async throws -> [GitTreeEntry] {
        let whole = try await listing(of: id, isRecursive: true)
        guard whole.isTruncated else { return whole.entries.map(\.entry) }
        var found: [GitTreeEntry] = []
        var waiting = [(path: "", id: id)]
        var requests = 1
        while let folder = waiting.popLast() {
            guard requests < Self.maxTreeRequests else {
                throw GitHubError(
                    .tooManyPages(limit: Self.maxTreeRequests), request: "GET trees of \(repository.name)",
                    message: "the tree \(id) has more folders than are read")
            }
            // The root was cut as a whole; a folder of it may fit.
            if !folder.path.isEmpty {
                requests += 1
                let below = try await listing(of: folder.id, isRecursive: true)
                if !below.isTruncated {
                    found += below.entries.map { $0.entry.below(folder.path) }
                    continue
                }
            }
            requests += 1
            let direct = try await listing(of: folder.id, isRecursive: false)
            guard !direct.isTruncated else {
                throw GitHubError(
                    .malformed, request: "GET trees of \(repository.name)",
                    message: "the folder \(folder.path) alone is larger than GitHub lists")
            }
            let entries = direct.entries.map { $0.entry.below(folder.path) }
            found += entries
            waiting += entries.filter { $0.kind == .tree && matters($0.path) }.map { ($0.path, $0.id) }
        }
        return found
    }

    /// What lies directly in a folder.
    ///
    /// - Parameter id: The folder's tree.
    /// - Returns: Its entries, in git's order.
    /// - Throws: `GitHubError`, `CancellationError`.
    public func folder(_ id: GitObjectID) async throws -> [GitTreeEntry] {
        try await listing(of: id, isRecursive: false).entries.map(\.entry)
    }

    /// Requests that walking one tree may take.
    public static let maxTreeRequests = 2_000

    private func listing(of id: GitObjectID, isRecursive: Bool) async throws -> TreeAnswer {
        try await repository.requester.get(
            repository.path("git", "trees", id.text), query: isRecursive ? [("recursive", "1")] : [],
            keeping: .forever, byteLimit: repository.requester.connection.settings.treeByteLimit)
    }
}

extension GitTreeEntry {
    /// The entry as it lies in a folder.
    func below(_ folder: String) -> GitTreeEntry {
        guard !folder.isEmpty else { return self }
        return GitTreeEntry(path: "\(folder)/\(path)", mode: mode, kind: kind, id: id, byteCount: byteCount)
    }
}

/// GitHub's answer to the request for a tree.
struct TreeAnswer: Decodable, Sendable {
    let isTruncated: Bool
    let entries: [Element]

    struct Element: Decodable, Sendable {
        let entry: GitTreeEntry

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let kind: GitTreeEntry.Kind =
                switch try container.decode(String.self, forKey: .type) {
                case "blob": .blob
                case "tree": .tree
                case "commit": .commit
                case let other:
                    throw DecodingError.dataCorruptedError(
                        forKey: .type, in: container, debugDescription: "no such type: \(other.prefix(40))")
                }
            entry = GitTreeEntry(
                path: try container.decode(String.self, forKey: .path),
                mode: try container.decode(String.self, forKey: .mode), kind: kind,
                id: try container.decode(GitObjectID.self, forKey: .sha),
                byteCount: try container.count(forKey: .size))
        }

        private enum CodingKeys: String, CodingKey {
            case path, mode, type, sha, size
        }
    }

    private enum CodingKeys: String, CodingKey {
        case isTruncated = "truncated"
        case entries = "tree"
    }
}
