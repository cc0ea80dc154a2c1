/// A person wrote a comment, or changed one, in an issue, a pull request or on a line of a pull request's files.
///
/// Sources: https://docs.github.com/en/webhooks/webhook-events-and-payloads#issue_comment and
/// https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request_review_comment
public struct CommentEvent: Hashable, Sendable {
    /// What happened.
    public enum Action: Hashable, Sendable {
        case created
        /// The text before the change: only what the change added counts as said.
        case edited(oldBody: String)
    }

    /// Which of GitHub's two kinds of comments it is; they are answered and reacted to by different requests.
    public enum Kind: Hashable, Sendable {
        /// In the conversation of an issue or a pull request.
        case conversation
        /// On a line of a pull request's files.
        case reviewOfLine
    }

    /// What happened.
    public let action: Action
    /// Where it stands.
    public let kind: Kind
    /// The repository of the conversation.
    public let repository: EventRepository
    /// The number of the issue or the pull request.
    public let number: Int
    /// Whether that number is a pull request's.
    public let isPullRequest: Bool
    /// Whether that conversation is open.
    public let isOpen: Bool
    /// The comment's number.
    public let commentID: CommentID
    /// The text as it now is, in GitHub's Markdown.
    public let body: String
    /// Who wrote the comment; nil where that account is no more.
    public let author: EventAccount?
    /// Who wrote or changed it now: the one whom a command in it obeys.
    public let sender: EventAccount
    /// The App's installation, where the delivery was made for one.
    public internal(set) var installationID: InstallationID?

    init(_ action: Action, _ kind: Kind, _ payload: PayloadObject) throws(EventProblem) {
        self.action = action
        self.kind = kind
        repository = try EventRepository(payload.object("repository"))
        let comment = try payload.object("comment")
        commentID = CommentID(rawValue: try comment.number("id"))
        body = try comment.textIfAny("body") ?? ""
        author = try comment.accountIfAny("user")
        sender = try EventAccount(payload.object("sender"))
        installationID = try payload.installationID()
        let conversation = try payload.object(kind == .conversation ? "issue" : "pull_request")
        number = try conversation.conversationNumber()
        isPullRequest = kind == .reviewOfLine || conversation.has("pull_request")
        isOpen = try conversation.text("state") == "open"
    }
}
