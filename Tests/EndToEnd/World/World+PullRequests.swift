import Playground
import Testing

/// A pull request together with the branch that it is of.
struct OpenedPull: Sendable {
    /// Which it is.
    let issue: IssueReference
    /// Its branch.
    let branch: BranchReference
    /// Who opened it.
    let author: StandInAccount
}

extension World {
    /// Opens a pull request from a fork.
    ///
    /// - Parameters:
    ///   - files: What it changes; nil deletes.
    ///   - branch: The branch's name; another for each pull request.
    ///   - text: What it says.
    ///   - parent: The commit that the branch starts from; nil for the newest of the base branch.
    /// - Returns: The pull request.
    /// - Throws: Why git refused.
    func openPullRequest(
        _ files: [String: String?], branch: String = "add-results", text: PullRequestText = PullRequestText(),
        on parent: String? = nil
    ) async throws -> OpenedPull {
        let fork = example.fork.branch(branch)
        var base = parent
        if base == nil { base = try await gitHub.head(of: example.fork.branch("master")) }
        try await gitHub.push(changes(files), to: fork, by: contributor, on: base)
        let issue = try await gitHub.openPullRequest(text, from: fork, into: repository, by: contributor)
        return OpenedPull(issue: issue, branch: fork, author: contributor)
    }

    /// Opens a pull request from a branch of the repository itself.
    func openPullRequest(
        _ files: [String: String?], by person: StandInAccount, branch: String = "own-branch"
    ) async throws -> OpenedPull {
        let own = repository.branch(branch)
        let base = try await gitHub.head(of: repository.branch("master"))
        try await gitHub.push(changes(files), to: own, by: person, on: base)
        let issue = try await gitHub.openPullRequest(from: own, into: repository, by: person)
        return OpenedPull(issue: issue, branch: own, author: person)
    }

    /// Adds a commit to a pull request.
    @discardableResult
    func push(_ files: [String: String?], to pull: OpenedPull) async throws -> String {
        try await gitHub.push(changes(files), to: pull.branch, by: pull.author)
    }

    /// Puts other commits in the place of a pull request's.
    @discardableResult
    func forcePush(_ files: [String: String?], to pull: OpenedPull) async throws -> String {
        let base = try await gitHub.head(of: repository.branch("master"))
        if pull.branch.repository != repository, let base {
            // A fork may not have the newest commit of the repository.
            let own = try await gitHub.head(of: example.fork.branch("master"))
            return try await gitHub.push(changes(files), to: pull.branch, by: pull.author, on: own ?? base)
        }
        return try await gitHub.push(changes(files), to: pull.branch, by: pull.author, on: base)
    }

    /// Adds a commit to the repository's default branch.
    @discardableResult
    func pushToMaster(_ files: [String: String?]) async throws -> String {
        try await gitHub.push(changes(files), to: repository.branch("master"), by: maintainer)
    }

    /// Opens a pull request that adds one entry, and has the bot look at it.
    func openedPullRequest(adding bucket: String = "globex-results") async throws -> OpenedPull {
        let pull = try await openPullRequest([bucketsFile: buckets(adding: entry(bucket))])
        try await deliver()
        return pull
    }

    private func changes(_ files: [String: String?]) -> GitChanges {
        GitChanges(files.mapValues { text in text.map { Array($0.utf8) } })
    }
}
