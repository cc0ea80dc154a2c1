internal import BotCore
internal import Foundation
internal import GitHubAPI

/// Reads registries of commits for removals: with all that a removal has to know of the tree around them.
struct RemovalGround: Sendable {
    /// The repository.
    let github: GitHubRepository
    /// Who reads.
    let reader: PullRequestReader

    /// One commit, read for removals.
    struct Reading: Sendable {
        /// The commit.
        let commit: GitObjectID
        /// What git calls its tree.
        let tree: GitObjectID
        /// Its regular files.
        let files: FileTree
        /// Its registry.
        let registry: Registry
        /// The policy that it was read by.
        let policy: Policy
    }

    /// Bytes of one document that is searched for names.
    private static let documentByteLimit = 1 << 20
    /// Documents of one tree that are searched.
    private static let documentLimit = 1_000

    init(parts: HandlerParts, github: GitHubRepository) {
        self.github = github
        reader = parts.reader(of: github)
    }

    /// A branch with its newest commit; where there is no such branch any more, the default branch.
    ///
    /// A pull request that is decided names the branch as it was called then.
    ///
    /// - Throws: `GitHubError`.
    func base(called branch: String) async throws -> (branch: String, commit: GitObjectID) {
        if let commit = try await github.git.branch(branch) { return (branch, commit) }
        let branch = try await github.details().defaultBranch
        return (branch, try await github.git.ref("heads/\(branch)").object)
    }

    /// The registry of a commit.
    ///
    /// - Throws: `GitHubError`, `StoreError`, `RegistryTooLarge`; `UnreadableRegistry` where GitHub does not have a file.
    func read(_ commit: GitObjectID, _ policy: Policy) async throws -> Reading {
        let tree = try await github.git.commit(commit).tree
        let files = try await reader.trees.tree(tree)
        let reading = try await reader.registries.read(files, policy: policy)
        // A file that is not known may name anything: nothing is decided without it.
        if let unread = reading.unreadFiles.first { throw UnreadableRegistry(path: unread.path) }
        return Reading(commit: commit, tree: tree, files: files, registry: reading.registry, policy: policy)
    }

    /// Who plans removals from a commit.
    func planner(on reading: Reading, _ policy: Policy) async throws -> RemovalPlanner {
        var surroundings = RemovalSurroundings()
        surroundings.paths = Set(reading.files.blobs.keys.map(\.text))
        let documents = reading.files.blobs.filter { $0.key.text.hasSuffix(".md") }.sorted { $0.key < $1.key }
            .prefix(Self.documentLimit)
        let contents = try await github.blobs.read(Array(Set(documents.compactMap { GitObjectID($0.value) })))
        for (path, blob) in documents {
            guard let id = GitObjectID(blob), case .bytes(let bytes)? = contents[id],
                bytes.count <= Self.documentByteLimit
            else { continue }
            surroundings.documents[path.text] = bytes
        }
        return RemovalPlanner(registry: reading.registry, policy: policy, surroundings: surroundings)
    }

    /// The modes of files as git writes them, by path; what is not there is `100644`.
    func modes(of tree: GitObjectID) async throws -> [String: String] {
        let entries = try await github.git.tree(tree)
        return Dictionary(
            entries.filter { $0.kind == .blob && $0.mode != "100644" }.map { ($0.path, $0.mode) },
            uniquingKeysWith: { $1 })
    }
}

/// A file of the registry that GitHub names and does not have.
struct UnreadableRegistry: Error, CustomStringConvertible {
    let path: String

    var description: String { "GitHub has no content for \(path), so nothing is decided about the registry" }
}
