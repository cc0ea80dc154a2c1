internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import Persistence

/// Carries out the commands of one comment, each with a reply of its own.
///
/// The reply's marker names the comment and the command, so that a delivery that comes again finds what was answered.
struct CommandHandler: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository
    /// The comment.
    let event: CommentEvent
    /// Whether nothing is tried after this.
    let isLastAttempt: Bool

    private var number: IssueNumber { IssueNumber(event.number) }
    private var lane: String { Event.lane(of: github.name, number: event.number) }

    /// Answers what has not been answered.
    ///
    /// - Throws: `GitHubError`, `StoreError`.
    func answer() async throws {
        let found = CommentCommands(of: event)
        let ours = try await parts.github.account()
        // With a personal token the bot is no bot to GitHub, and hears itself.
        guard !found.commands.isEmpty, event.sender.id.rawValue != Int64(ours.id.value) else { return }
        let writer = CommentWriter(github: github, number: number, ours: ours, writes: parts.writes)
        var open: [(command: WrittenCommand, marker: Marker)] = []
        for command in found.commands {
            let marker = CommandReply.marker(event.kind, comment: event.commentID, command: command)
            if try await !writer.hasReply(marker) { open.append((command, marker)) }
        }
        guard !open.isEmpty else { return }
        try await react(.eyes)
        var refusal: Refusal?
        var allowed: [(command: WrittenCommand, marker: Marker)] = []
        for one in open where refusal == nil {
            refusal = try await tooOften(one.marker)
            if refusal == nil { allowed.append(one) }
        }
        let desk = CommandDesk(parts: parts, github: github, event: event)
        do {
            if !allowed.isEmpty {
                try await reply(allowed, writer, omittedCount: found.omittedCount) { try await desk.answer($0) }
            }
            guard let refusal else { return }
            guard refusal.isNews else { return try await react(.confused) }
            let rest = Array(open.dropFirst(allowed.count).prefix(1))
            try await reply(rest, writer, omittedCount: 0) { _ in .tooOften(again: refusal.again) }
        } catch  where isLastAttempt && !(error is CancellationError) && (error as? GitHubError)?.isLimit != true {
            try await reply(allowed, writer, omittedCount: 0) { _ in .gaveUp }
            throw error
        }
    }

    private func reply(
        _ commands: [(command: WrittenCommand, marker: Marker)], _ writer: CommentWriter, omittedCount: Int,
        _ answer: (SlashCommand) async throws -> CommandAnswer
    ) async throws {
        var isUnderstood = true
        for (index, (command, marker)) in commands.enumerated() {
            let said = try await answer(command.command)
            isUnderstood = isUnderstood && said.isUnderstood
            let words = CommandReply(templates: parts.words.texts, texts: parts.words.rules)
            let isLast = index == commands.count - 1
            let text = words.text(
                of: said, to: command, marker: marker, omittedCount: isLast ? omittedCount : 0)
            // Before the last reply: if that is cut off, it is found the next time, and nobody comes here again.
            if isLast { try await react(isUnderstood ? .plusOne : .confused) }
            try await writer.reply(text, marker)
        }
    }

    /// A command for which there is no room.
    private struct Refusal {
        /// When there is room again.
        let again: Date
        /// Whether that has yet to be said.
        let isNews: Bool
    }

    /// Counts a command; nil where there is room for it.
    private func tooOften(_ marker: Marker) async throws -> Refusal? {
        let rates = StoredRates(cursors: parts.store.cursors, now: parts.now)
        for subject in [StoredRates.Subject.person(event.sender.id), .conversation(lane: lane)] {
            guard let again = try await rates.take(marker, for: subject) else { continue }
            return Refusal(again: again, isNews: try await rates.isNews(subject, until: again))
        }
        return nil
    }

    /// Reacts to the comment, which GitHub takes twice without doing it twice, and tells nobody of.
    private func react(_ content: Reaction.Content) async throws {
        guard !parts.isDryRun else { return }
        let id = Int(clamping: event.commentID.rawValue)
        do {
            switch event.kind {
            case .conversation:
                _ = try await github.reactions.create(content, on: .issueComment(IssueCommentID(id)))
            case .reviewOfLine:
                _ = try await github.reactions.create(content, on: .reviewComment(ReviewCommentID(id)))
            }
        } catch let error as GitHubError where !error.isLimit {
            // The comment was deleted meanwhile, or reactions are locked: the reply says it all.
            parts.logger.debug("A reaction was not taken.", metadata: ["reason": "\(error)"])
        }
    }
}

extension CommandAnswer {
    /// Whether the command could be carried out as it was given.
    var isUnderstood: Bool {
        switch self {
        case .checked, .help: true
        case .removal(let answer): answer.isDone
        case .nothingToCheck, .closed, .misused, .unknownEntry, .notAllowed, .permissionUnknown, .tooOften,
            .nothingToRemove,
            .gaveUp:
            false
        }
    }
}

extension GitHubError {
    /// Whether it is over by itself after a while.
    var isLimit: Bool {
        if case .rateLimited = kind { true } else { false }
    }
}
