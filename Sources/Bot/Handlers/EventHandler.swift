internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import Persistence

/// Sends each event to whom it concerns.
struct EventHandler: DeliveryHandler {
    /// What all handlers work with.
    let parts: HandlerParts

    /// Attempts after which a head that is not there counts as gone: GitHub may tell of a commit before it shows it.
    private static let attemptsForLateCommits = 3
    /// Attempts, within some 10 minutes, after which whoever gave a command is told that it came to nothing.
    private static let attemptsForCommands = 5

    func handle(_ event: Event, of delivery: DeliveryInHand) async throws -> DeliveryOutcome {
        var parts = parts
        parts = parts.logging(delivery.id.text)
        let event = delivery.origin.isHook(of: parts.github.appID) ? event : event.withoutInstallation
        if let repository = event.repository, !parts.scope.covers(repository.name) {
            parts.logger.debug("Nothing is done for \(repository.name), which BUCKETBOT_REPOSITORIES does not name.")
            return .finished
        }
        do {
            return try await act(on: event, parts, delivery)
        } catch let error as HeadVanished where !event.isComment && delivery.attempt >= Self.attemptsForLateCommits {
            parts.logger.notice("Nothing is said about a commit that is gone.", metadata: ["reason": "\(error)"])
            return .finished
        } catch let error as GitHubError {
            return try outcome(of: error, parts, delivery)
        }
    }

    private func act(
        on event: Event, _ parts: HandlerParts, _ delivery: DeliveryInHand
    ) async throws -> DeliveryOutcome {
        switch event {
        case .pullRequest(let event):
            if event.isOnRemovalBranch {
                let github = parts.repository(event.repository.name, installation: event.installationID)
                _ = try await RemovalPullRequests(parts: parts).drive(github, IssueNumber(event.number))
                if event.action == .labelsChanged { return .finished }
            }
            let home = PullRequestHandler.Reminder(
                repository: event.repository, installationID: event.installationID)
            return try await look(by: pullRequest(event.number, in: home, parts), delivery)
        case .lookAgain(let event):
            let home = PullRequestHandler.Reminder(
                repository: event.repository, installationID: event.installationID)
            var handler = pullRequest(event.number, in: home, parts)
            handler.again = event
            handler.asked = event.asked
            return try await look(by: handler, delivery)
        case .comment(let event):
            let handler = CommandHandler(
                parts: parts, github: parts.repository(event.repository.name, installation: event.installationID),
                event: event,
                isLastAttempt: delivery.isLastAttempt || delivery.attempt >= Self.attemptsForCommands)
            try await handler.answer()
            return .finished
        case .push(let event):
            try await refresh(after: event, parts)
            let github = parts.repository(
                event.repository.name, installation: event.installationID, priority: .background)
            try await RemovalPullRequests(parts: parts).follow(github, branch: event.branch)
            return .finished
        case .checkAgain(let event):
            let github = parts.repository(event.repository.name, installation: event.installationID)
            return try await CheckAgainHandler(parts: parts, github: github, event: event, delivery: delivery.id)
                .answer()
        case .mergeGroup(let event):
            let github = parts.repository(event.repository.name, installation: event.installationID)
            try await MergeGroupHandler(parts: parts, github: github, event: event).look()
            return .finished
        case .installation, .ping, .ignored:
            // Where the App is installed is asked of GitHub when it matters.
            return .finished
        }
    }

    /// Reads what the default branch holds by now, so that the next pull request finds it.
    private func refresh(after event: PushEvent, _ parts: HandlerParts) async throws {
        let name = event.repository.name
        parts.memory.policies.outdate(Policies.Key(repository: name, branch: event.branch))
        // Where no pull request has been looked at, nothing is known that could be out of date.
        guard parts.memory.bases.isUsed, let commit = GitObjectID(event.after.text) else { return }
        let github = parts.repository(name, installation: event.installationID, priority: .background)
        let reader = parts.reader(of: github)
        let policy = try await reader.policy(of: event.branch)
        do {
            _ = try await reader.registry(of: try await github.git.commit(commit).tree, policy)
        } catch let error as RegistryTooLarge {
            parts.logger.notice("The registry of \(name) is not kept.", metadata: ["reason": "\(error)"])
        }
    }

    private func pullRequest(
        _ number: Int, in home: PullRequestHandler.Reminder, _ parts: HandlerParts
    ) -> PullRequestHandler {
        PullRequestHandler(
            parts: parts, github: parts.repository(home.repository.name, installation: home.installationID),
            number: IssueNumber(number), reminder: home)
    }

    private func look(by handler: PullRequestHandler, _ delivery: DeliveryInHand) async throws -> DeliveryOutcome {
        var handler = handler
        handler.isLastAttempt = delivery.isLastAttempt
        switch try await handler.look() {
        case .closed, .untouched, .checked: return .finished
        case .movedOn:
            let until = handler.parts.now().addingTimeInterval(10)
            return .postponed(until: until, why: "commits are pushed faster than they are looked at")
        }
    }

    /// What a failure of GitHub's means for the delivery; those that may be over soon are thrown, and tried again.
    private func outcome(
        of error: GitHubError, _ parts: HandlerParts, _ delivery: DeliveryInHand
    ) throws -> DeliveryOutcome {
        switch error.kind {
        case .rateLimited(let until):
            return .postponed(until: until, why: error.description)
        case .notInstalled:
            parts.logger.notice("The App is not installed there any more.", metadata: ["reason": "\(error)"])
            return .finished
        case .forbidden where error.isReadOnly:
            parts.logger.notice("Nothing can be written there any more.", metadata: ["reason": "\(error)"])
            return .finished
        case .forbidden:
            return .parked(why: "a permission is missing: \(error)")
        case .notFound, .gone:
            // GitHub tells of things a moment before it shows them.
            if delivery.attempt < Self.attemptsForLateCommits { throw error }
            parts.logger.notice("What the event tells of is gone.", metadata: ["reason": "\(error)"])
            return .finished
        case .unprocessable, .moved:
            // A commit may be there for reading and not yet for a check run; what else is wrong stays so.
            if delivery.attempt < Self.attemptsForLateCommits { throw error }
            return .parked(why: "GitHub does not take it: \(error)")
        case .unauthorized, .conflict, .refused, .unavailable, .ambiguous, .malformed,
            .tooLarge, .tooManyPages:
            throw error
        }
    }
}

extension Event {
    /// Whether somebody may wait for an answer.
    fileprivate var isComment: Bool {
        if case .comment = self { true } else { false }
    }
}

extension GitHubError {
    /// Whether it is refused because a conversation is locked or a repository archived.
    ///
    /// GitHub tells them from a missing permission by the message alone.
    fileprivate var isReadOnly: Bool {
        let message = message.lowercased()
        return message.contains("locked") || message.contains("archived")
    }
}

extension HandlerParts {
    /// The same, telling of one delivery.
    fileprivate func logging(_ delivery: String) -> HandlerParts {
        var logger = logger
        logger[metadataKey: "delivery.id"] = "\(delivery)"
        var parts = self
        parts.logger = logger
        return parts
    }
}
