internal import GitHubAPI

/// Two commits between which a check looks for what has changed.
struct CommitSpan: Sendable {
    /// The branch whose policy holds.
    let baseBranch: String
    /// Where it would be merged.
    let base: GitObjectID
    /// What is checked.
    let head: GitObjectID
    /// The pull request that it is; nil in the merge queue.
    var pullRequest: PullRequest?

    /// Commits that belong to no pull request alone.
    init(baseBranch: String, base: GitObjectID, head: GitObjectID) {
        self.baseBranch = baseBranch
        self.base = base
        self.head = head
    }

    /// A pull request as it is now.
    init(_ pullRequest: PullRequest) {
        self.init(baseBranch: pullRequest.base.branch, base: pullRequest.base.sha, head: pullRequest.head.sha)
        self.pullRequest = pullRequest
    }
}
