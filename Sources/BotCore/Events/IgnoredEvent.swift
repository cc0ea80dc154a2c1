/// Why an event needs nothing to be done.
public enum IgnoredEvent: Hashable, Sendable {
    /// Nothing depends on events of this name.
    case event(name: String)
    /// Nothing depends on this action of an event that is otherwise heard.
    case action(event: String, action: String)
    /// A pull request's title or text was edited, or a comment without its text: neither changes an answer.
    case sameText(event: String)
    /// A push to a branch or a tag that is not the default branch, or that deleted it.
    case otherRef(String)
    /// A bot wrote it: its words are never commands, so that two bots cannot talk for ever.
    case writtenByBot(login: String)
    /// An installation of another App.
    case otherApp
}

extension IgnoredEvent: CustomStringConvertible {
    /// Half a sentence for a log.
    public var description: String {
        switch self {
        case .event(let name): "nothing depends on \(name.prefix(100))"
        case .action(let event, let action): "nothing depends on \(action.prefix(100)) of \(event)"
        case .sameText(let event): "the edit that \(event) tells of changes no answer"
        case .otherRef(let ref): "\(ref.prefix(300)) is not the default branch"
        case .writtenByBot(let login): "\(login.prefix(100)) is a bot"
        case .otherApp: "the installation is another App's"
        }
    }
}
