/// What a delivery of GitHub's tells: every event that something depends on, and the rest as ignored.
///
/// Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads
public enum Event: Hashable, Sendable {
    case pullRequest(PullRequestEvent)
    case comment(CommentEvent)
    /// Only of the default branch.
    case push(PushEvent)
    case installation(InstallationEvent)
    /// Somebody wants a check made once more.
    case checkAgain(CheckAgainEvent)
    /// The merge queue wants a verdict.
    case mergeGroup(MergeGroupEvent)
    /// None of GitHub's: the bot's own reminder.
    case lookAgain(LookAgainEvent)
    /// GitHub tries a new hook out.
    case ping
    case ignored(IgnoredEvent)

    /// Decodes a delivery.
    ///
    /// - Parameters:
    ///   - name: What the header `X-GitHub-Event` says.
    ///   - payload: The JSON body, whose signature has been checked.
    /// - Throws: `EventProblem` where the body is no object, whatever the name, or lacks what the event needs.
    public init(name: String, payload: some Collection<UInt8>) throws(EventProblem) {
        try self.init(name: name, PayloadObject(payload: payload))
    }

    /// Decodes a delivery whose body was read.
    init(name: String, _ object: PayloadObject) throws(EventProblem) {
        switch name {
        case "pull_request": self = try Self.pullRequest(object)
        case "issue_comment": self = try Self.comment(.conversation, name, object)
        case "pull_request_review_comment": self = try Self.comment(.reviewOfLine, name, object)
        case "push": self = try Self.push(object)
        case "installation": self = try Self.installation(object)
        case "installation_repositories": self = try Self.repositoriesOfInstallation(object)
        case "check_run": self = try Self.checkRun(object)
        case "check_suite": self = try Self.checkSuite(object)
        case "merge_group": self = try Self.mergeGroup(object)
        case LookAgainEvent.name: self = .lookAgain(try LookAgainEvent(object))
        case "ping": self = .ping
        default: self = .ignored(.event(name: name))
        }
    }

    /// What must happen in order: the conversation, else the commit or the repository, else all installations together.
    ///
    /// Shape: `owner/repo#12`, `owner/repo@COMMIT`, `owner/repo`, `installation`, `ping` or `ignored`, in lower case, because GitHub's names
    /// have none.
    public var lane: String {
        switch self {
        case .pullRequest(let event): Self.lane(of: event.repository.name, number: event.number)
        case .comment(let event): Self.lane(of: event.repository.name, number: event.number)
        case .lookAgain(let event): Self.lane(of: event.repository.name, number: event.number)
        case .push(let event): event.repository.name.description.lowercased()
        case .checkAgain(let event): Self.lane(of: event.repository.name, commit: event.head)
        case .mergeGroup(let event): Self.lane(of: event.repository.name, commit: event.head)
        case .installation: "installation"
        case .ping: "ping"
        case .ignored: "ignored"
        }
    }

    /// The lane of one issue or pull request.
    public static func lane(of repository: RepositoryName, number: Int) -> String {
        "\(repository.description.lowercased())#\(number)"
    }

    /// The lane of one commit.
    private static func lane(of repository: RepositoryName, commit: ObjectSHA) -> String {
        "\(repository.description.lowercased())@\(commit)"
    }

    /// The repository that it happened in, where there is one.
    public var repository: EventRepository? {
        switch self {
        case .pullRequest(let event): event.repository
        case .comment(let event): event.repository
        case .push(let event): event.repository
        case .lookAgain(let event): event.repository
        case .checkAgain(let event): event.repository
        case .mergeGroup(let event): event.repository
        case .installation, .ping, .ignored: nil
        }
    }

    /// The installation that it was delivered for, where there is one.
    public var installationID: InstallationID? {
        switch self {
        case .pullRequest(let event): event.installationID
        case .comment(let event): event.installationID
        case .push(let event): event.installationID
        case .installation(let event): event.installationID
        case .lookAgain(let event): event.installationID
        case .checkAgain(let event): event.installationID
        case .mergeGroup(let event): event.installationID
        case .ping, .ignored: nil
        }
    }
}

extension Event {
    private static func pullRequest(_ payload: PayloadObject) throws(EventProblem) -> Event {
        let actions: [String: PullRequestEvent.Action] = [
            "opened": .opened, "synchronize": .synchronized, "reopened": .reopened,
            "ready_for_review": .readyForReview, "edited": .baseChanged, "closed": .closed,
            "labeled": .labelsChanged, "unlabeled": .labelsChanged,
        ]
        let name = try payload.text("action")
        guard let action = actions[name] else { return .ignored(.action(event: "pull_request", action: name)) }
        if action == .baseChanged, try payload.objectIfAny("changes")?.has("base") != true {
            return .ignored(.sameText(event: "pull_request"))
        }
        let event = try PullRequestEvent(action, payload)
        // What labels say matters to nobody but who holds pull requests of its own with one.
        if action == .labelsChanged, !event.isOnRemovalBranch {
            return .ignored(.action(event: "pull_request", action: name))
        }
        return .pullRequest(event)
    }

    private static func comment(
        _ kind: CommentEvent.Kind, _ name: String, _ payload: PayloadObject
    ) throws(EventProblem) -> Event {
        let action: CommentEvent.Action
        switch try payload.text("action") {
        case "created": action = .created
        case "edited":
            guard let old = try payload.objectIfAny("changes")?.objectIfAny("body") else {
                return .ignored(.sameText(event: name))
            }
            action = .edited(oldBody: try old.textIfAny("from") ?? "")
        case let other: return .ignored(.action(event: name, action: other))
        }
        let event = try CommentEvent(action, kind, payload)
        for account in [event.author, event.sender] {
            if let account, account.isBot { return .ignored(.writtenByBot(login: account.login)) }
        }
        return .comment(event)
    }

    private static func push(_ payload: PayloadObject) throws(EventProblem) -> Event {
        let ref = try payload.text("ref")
        let branch = try payload.object("repository").text("default_branch")
        let isDeleted = try payload.flag("deleted")
        guard ref == "refs/heads/\(branch)", !isDeleted else { return .ignored(.otherRef(ref)) }
        return .push(try PushEvent(branch: branch, payload))
    }

    private static func installation(_ payload: PayloadObject) throws(EventProblem) -> Event {
        let changes: [String: InstallationEvent.Change] = [
            "created": .installed, "deleted": .uninstalled, "suspend": .suspended, "unsuspend": .unsuspended,
            "new_permissions_accepted": .permissionsAccepted,
        ]
        let action = try payload.text("action")
        guard let change = changes[action] else { return .ignored(.action(event: "installation", action: action)) }
        return .installation(try InstallationEvent(change, payload))
    }

    private static func repositoriesOfInstallation(_ payload: PayloadObject) throws(EventProblem) -> Event {
        let action = try payload.text("action")
        guard ["added", "removed"].contains(action) else {
            return .ignored(.action(event: "installation_repositories", action: action))
        }
        return .installation(try InstallationEvent(.repositoriesChanged, payload))
    }

    private static func checkRun(_ payload: PayloadObject) throws(EventProblem) -> Event {
        switch try payload.text("action") {
        case "rerequested": return .checkAgain(try CheckAgainEvent(.runAgain, payload))
        case "requested_action":
            let identifier = try payload.object("requested_action").text("identifier")
            return .checkAgain(try CheckAgainEvent(.button(identifier), payload))
        case let other: return .ignored(.action(event: "check_run", action: other))
        }
    }

    private static func checkSuite(_ payload: PayloadObject) throws(EventProblem) -> Event {
        let action = try payload.text("action")
        // A new commit is told of by the pull request it is in.
        guard action == "rerequested" else { return .ignored(.action(event: "check_suite", action: action)) }
        return .checkAgain(try CheckAgainEvent(.suiteAgain, payload))
    }

    private static func mergeGroup(_ payload: PayloadObject) throws(EventProblem) -> Event {
        let action = try payload.text("action")
        guard action == "checks_requested" else { return .ignored(.action(event: "merge_group", action: action)) }
        return .mergeGroup(try MergeGroupEvent(payload))
    }
}
