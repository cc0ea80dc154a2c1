/// Something happened to a pull request that may change what is to be said about it.
///
/// What it says was true when it was sent; whoever acts reads the pull request again.
/// Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request
public struct PullRequestEvent: Hashable, Sendable {
    /// What happened.
    public enum Action: Hashable, Sendable {
        case opened
        /// Commits were pushed to it.
        case synchronized
        case reopened
        /// It is no draft any more.
        case readyForReview
        /// It is to be merged into another branch than before.
        case baseChanged
        /// Merged or not.
        case closed
        /// A label was set or taken off; told only of pull requests that the bot may have opened to remove entries.
        case labelsChanged
    }

    /// What happened.
    public let action: Action
    /// Where it would be merged.
    public let repository: EventRepository
    /// Its number in that repository.
    public let number: Int
    /// What it brings.
    public let head: EventBranch
    /// What it is to be merged into.
    public let base: EventBranch
    /// Whether its author says that it is not ready.
    public let isDraft: Bool
    /// Whether it has been merged.
    public let isMerged: Bool
    /// Who opened it; nil where that account is no more.
    public let author: EventAccount?
    /// Who caused the event.
    public let sender: EventAccount
    /// The App's installation, where the delivery was made for one.
    public internal(set) var installationID: InstallationID?

    /// Whether the bot may have opened it to remove entries, which its branch tells; who did is to be looked up.
    public var isOnRemovalBranch: Bool { head.ref.hasPrefix(RemovalRecord.branchPrefix) }

    init(_ action: Action, _ payload: PayloadObject) throws(EventProblem) {
        let pullRequest = try payload.object("pull_request")
        self.action = action
        repository = try EventRepository(payload.object("repository"))
        number = try pullRequest.conversationNumber()
        head = try EventBranch(pullRequest.object("head"))
        base = try EventBranch(pullRequest.object("base"))
        isDraft = try pullRequest.flag("draft")
        isMerged = try pullRequest.flag("merged")
        author = try pullRequest.accountIfAny("user")
        sender = try EventAccount(payload.object("sender"))
        installationID = try payload.installationID()
    }
}
