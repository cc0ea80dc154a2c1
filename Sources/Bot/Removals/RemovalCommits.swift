internal import BotCore
internal import GitHubAPI
internal import Persistence

/// Makes the commits and the branch of a pull request without a clone.
///
/// Commits are stored first, where nobody sees them, and the branch is made or moved once, at the end.
struct RemovalCommits: Sendable {
    /// The repository.
    let github: GitHubRepository
    /// Our own account.
    let ours: GitHubAccount
    /// Carries writes out.
    let writes: OutgoingWrites

    /// What writes of a branch are found by.
    func key(of branch: String) -> OutboxKey {
        OutboxKey("branch:\(github.name.description.lowercased()):\(branch)")
    }

    /// One commit to be.
    struct Draft: Sendable {
        /// What it says.
        let message: String
        /// What it changes.
        let edits: [FileEdit]
    }

    /// Stores commits, one on the other.
    ///
    /// - Parameters:
    ///   - drafts: What they change, in order.
    ///   - base: The commit to build on.
    ///   - modes: The modes of its files, but for `100644`.
    /// - Returns: The commits, in order.
    /// - Throws: `GitHubError`.
    func store(
        _ drafts: [Draft], on base: RemovalGround.Reading, modes: [String: String]
    ) async throws -> [GitObjectID] {
        var (parent, tree) = (base.commit, base.tree)
        var commits: [GitObjectID] = []
        for draft in drafts {
            var changes: [GitData.TreeChange] = []
            for edit in draft.edits {
                let blob: GitObjectID? = if let new = edit.new { try await github.git.storeBlob(new) } else { nil }
                changes.append(.init(path: edit.path, mode: modes[edit.path] ?? "100644", blob: blob))
            }
            tree = try await github.git.storeTree(on: tree, changes)
            parent = try await github.git.storeCommit(draft.message, tree: tree, on: parent)
            commits.append(parent)
        }
        return commits
    }

    /// Dry run: records what the branch would hold.
    func show(_ branch: String, _ plans: ContributionPlans) async throws {
        let diff = String(decoding: UnifiedDiff.text(of: plans.plans.flatMap(\.removal.edits)), as: UTF8.self)
        let write = OutgoingWrite(
            key: key(of: branch), kind: "branch",
            target: github.name.description, body: Array("\(branch)\n\(diff)".utf8))
        _ = try await writes.carryOut(write, .init(send: { _ in branch }, find: { nil }))
    }

    /// Has a branch point to a commit, unless somebody else's commit is there.
    ///
    /// - Throws: `ForeignBranch`, `GitHubError`, `StoreError`.
    func point(_ branch: String, to commit: GitObjectID) async throws {
        let standing = try await github.git.branch(branch)
        guard standing != commit else { return }
        if let standing, try await !isOurs(standing) { throw ForeignBranch(name: branch) }
        let write = OutgoingWrite(
            key: key(of: branch), kind: "branch",
            target: github.name.description, body: Array("\(branch) at \(commit)".utf8))
        let deed = OutgoingWrites.Deed(
            send: { _ in
                guard standing != nil else {
                    return try await github.git.createBranch(branch, at: commit).object.text
                }
                return try await github.git.moveBranch(branch, to: commit).object.text
            },
            find: {
                try await github.git.branch(branch).map { .init(remoteID: $0.text, isSame: $0 == commit) }
            }, isKnownToBeGone: true)
        _ = try await writes.carryOut(write, deed)
    }

    /// Deletes a branch; one that is gone is deleted already, and one with somebody else's commit stays.
    func delete(_ branch: String) async throws {
        guard let standing = try await github.git.branch(branch), try await isOurs(standing) else { return }
        let write = OutgoingWrite(
            key: key(of: branch), kind: "branch",
            target: github.name.description, body: Array("\(branch) deleted at \(standing)".utf8))
        let deed = OutgoingWrites.Deed(
            send: { _ in
                do {
                    try await github.git.deleteBranch(branch)
                } catch let error as GitHubError {
                    // Somebody else was faster.
                    guard case .unprocessable = error.kind, try await github.git.branch(branch) == nil else {
                        throw error
                    }
                }
                return "deleted"
            },
            find: {
                try await github.git.branch(branch) == nil ? .init(remoteID: "deleted", isSame: true) : nil
            }, isKnownToBeGone: true)
        _ = try await writes.carryOut(write, deed)
    }

    /// Whether the bot made a commit.
    func isOurs(_ commit: GitObjectID) async throws -> Bool {
        isOurs(try await github.git.ownership(of: commit))
    }

    /// Whether the bot made a commit.
    ///
    /// GitHub commits in its own name what it signs for an App. A commit that a person changed keeps its author and gets
    /// another committer.
    func isOurs(_ commit: PullRequestCommit) -> Bool {
        guard commit.author?.id == ours.id else { return false }
        guard let committer = commit.committer else { return true }
        return committer.id == ours.id || committer.login == "web-flow"
    }
}

/// Somebody else's commit is on a branch of ours: it is left alone.
struct ForeignBranch: Error, CustomStringConvertible {
    let name: String

    var description: String { "the branch \(name) has a commit that is not ours, so it is left alone" }
}
