internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import OpenSSLCrypto
internal import Persistence

extension RemovalPullRequests {
    /// Looks at all removal pull requests again where a push has changed the registry, or the policy, below them.
    ///
    /// Which registry they were looked at with last stands in the store, and what counts is the newest commit by now, whatever
    /// push is told of: pushes that are lost, late or taken together end the same, and those of anything else cost no look.
    ///
    /// - Parameters:
    ///   - github: The repository.
    ///   - branch: Its default branch.
    /// - Throws: `GitHubError` and `StoreError` where it concerns all of them, and why the policy could not be read.
    func follow(_ github: GitHubRepository, branch: String) async throws {
        guard try await hasAnyToFollow(github.name), let commit = try await github.git.branch(branch) else { return }
        let reader = parts.reader(of: github)
        let sorter = RegistryFileSorter(paths: try await reader.policy(of: branch).paths)
        let files = try await reader.trees.tree(ofCommit: commit)
        let lines = files.registryFiles(sorter).map { "\($0.blob) \($0.path)" }
        let policy = files.blobs[ExactText(PolicyFile.path)] ?? "none"
        let seen = hexadecimal(try sha256(Array(([policy] + lines).joined(separator: "\n").utf8)))
        let cursor = CursorName("followed:\(github.name.description.lowercased())")
        guard try await parts.store.cursors.position(of: cursor)?.value != seen else { return }
        // What fails at one of them is in the log, and tried again each day: no push is to be worked on again because of it.
        _ = try await lookAtAll(of: github)
        try await parts.store.cursors.move(cursor, to: seen, now: parts.now())
    }

    /// Whether the store knows of one that is open, or whose entries may come back.
    private func hasAnyToFollow(_ name: RepositoryName) async throws -> Bool {
        try await parts.store.removals.all(in: name.description).contains { removal in
            removal.isOpen || RemovalRecord(body: removal.record)?.entries.contains(where: isWatched) == true
        }
    }
}
