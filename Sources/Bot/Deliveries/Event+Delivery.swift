internal import BotCore

extension Event {
    /// Those of one lane and kind are done as one, by the newest, because whoever works on them reads what is true by then;
    /// nil where each says something of its own, as commands do.
    var kind: String? {
        switch self {
        case .lookAgain(let event) where event.asked != nil: "asked"
        // Not of the kind of those that check: a check that waits is not done by what came because of a label.
        case .pullRequest(let event) where event.action == .labelsChanged: "labels"
        case .pullRequest, .lookAgain: "pull-request"
        case .push: "push"
        case .mergeGroup: "merge-group"
        case .comment, .installation, .checkAgain, .ping, .ignored: nil
        }
    }

    /// Names of events of which something depends on some; all others are ignored whatever they say.
    static let heardNames: Set<String> = [
        "pull_request", "issue_comment", "pull_request_review_comment", "push", "installation",
        "installation_repositories", "check_run", "check_suite", "merge_group",
    ]
}
