internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Persistence

/// Reads which files a tree has, each tree once and for ever.
struct TreeReader: Sendable {
    /// The repository.
    let github: GitHubRepository
    /// Where trees are kept, beside the contents of files.
    let cache: any BlobCache
    /// The clock of the cache.
    let now: @Sendable () -> Date

    /// The regular files of a tree.
    ///
    /// - Parameter tree: What git calls the tree.
    /// - Returns: What git calls the content of each, by its path.
    /// - Throws: `GitHubError` or `StoreError`.
    func tree(_ tree: GitObjectID) async throws -> FileTree {
        // Not the name of any content: those are digits alone.
        let key = BlobID("tree:\(tree)")
        if let kept = try await cache.find([key], now: now())[key], let files = FileTree(encoded: kept) { return files }
        var blobs: [ExactText: String] = [:]
        for entry in try await github.git.tree(tree) where entry.kind == .blob && !entry.isSymbolicLink {
            blobs[ExactText(entry.path)] = entry.id.text
        }
        let files = FileTree(blobs: blobs)
        try await cache.save([key: files.encoded], now: now())
        return files
    }

    /// The regular files of a commit.
    func tree(ofCommit commit: GitObjectID) async throws -> FileTree {
        try await tree(try await github.git.commit(commit).tree)
    }
}
