internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Persistence

/// Looks at one pull request and says what it found: the comment, the check run, the reminder to look again.
///
/// It acts on what is, and not on what the event said: the pull request is read when the work begins, and once more before
/// anything is written. Doing it again comes out the same.
struct PullRequestHandler: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository
    /// The pull request.
    let number: IssueNumber
    /// The reminder that caused the look; nil where somebody did.
    var again: LookAgainEvent?
    /// What names the request of somebody who asked for a new check run; nil where nobody did.
    var asked: String?
    /// Whether it is not tried again when it fails.
    var isLastAttempt = false
    /// How the repository is called in a reminder; nil where none is wanted.
    var reminder: Reminder?

    /// What a reminder needs beside the pull request.
    struct Reminder: Sendable {
        let repository: EventRepository
        let installationID: BotCore.InstallationID?
    }

    /// What became of a look.
    enum Look: Sendable {
        /// The pull request is not open; nothing is said.
        case closed
        /// It touches nothing of the registry; nothing is said.
        case untouched(PullRequestReading)
        /// It was checked, and what was found is said.
        case checked(PullRequestCheck, PullRequestReading)
        /// Its head moved each time it was looked at; the newest is looked at later.
        case movedOn
    }

    /// Heads that are followed in one go.
    private static let headLimit = 3

    private var lane: String { Event.lane(of: github.name, number: number.value) }
    private var lookingAgain: LookingAgain { LookingAgain(schedules: parts.store.schedules, now: parts.now) }

    /// Looks, and writes what is to be written.
    ///
    /// - Throws: `HeadVanished`, `GitHubError`, `StoreError`.
    func look() async throws -> Look {
        for attempt in 0..<Self.headLimit {
            let pullRequest = try await github.pullRequests.get(number)
            guard pullRequest.state == .open else { return try await closed() }
            let reading = try await read(pullRequest)
            guard reading.touch.isAny else {
                try await withdraw(reading)
                return .untouched(reading)
            }
            let comments = try await github.issueComments.list(on: number)
            var check = try await checked(reading, comments)
            let after = try await github.pullRequests.get(number)
            guard after.state == .open else {
                try await verdicts.abandon(reading.head, .closed)
                return try await closed()
            }
            guard after.head.sha == reading.head, after.base.branch == pullRequest.base.branch else {
                if after.head.sha != reading.head { try await verdicts.abandon(reading.head, .movedOn) }
                continue
            }
            let round = attempt == 0 ? round(at: check.headSHA) : 0
            if reminder != nil { check.nextProbeAt = try await lookingAgain.dueAt(after: check, round: round) }
            // First, so that whoever is cut off while it speaks names the same time when it speaks again.
            try await remind(check, round)
            try await say(check, reading, comments)
            return .checked(check, reading)
        }
        return .movedOn
    }

    /// Which look at a head it is, 0 for the first: a reminder counts for the head that it was set for.
    private func round(at head: ObjectSHA) -> Int {
        guard let again, again.head == head else { return 0 }
        return again.round
    }

    private func closed() async throws -> Look {
        try await lookingAgain.forget(lane: lane)
        return .closed
    }

    private func read(_ pullRequest: PullRequest) async throws -> PullRequestReading {
        do {
            return try await parts.reader(of: github).read(pullRequest)
        } catch let error as GitHubError where error.kind == .notFound {
            throw HeadVanished(lane: lane, head: pullRequest.head.sha, reason: error.description)
        }
    }

    // MARK: - Checking

    private func checked(_ reading: PullRequestReading, _ comments: [IssueComment]) async throws -> PullRequestCheck {
        let checker = PullRequestChecker(
            storage: parts.storage, observations: parts.store.observations, links: parts.links)
        let now = parts.now()
        let contacts = ContactQuestions(
            github: github, contacts: parts.store.contacts, author: reading.pullRequest?.author, comments: comments,
            now: now)
        let (name, number) = (github.name, number.value)
        do {
            return try await verdicts.whileChecking(reading.head) {
                try await checker.check(reading, contacts: contacts, of: (name, number), now: now)
            }
        } catch  where isLastAttempt && !(error is CancellationError) {
            try await verdicts.abandon(reading.head, .givenUp)
            throw error
        }
    }

    // MARK: - Saying

    private func say(
        _ check: PullRequestCheck, _ reading: PullRequestReading, _ comments: [IssueComment]
    ) async throws {
        let text = CheckComment(templates: parts.words.texts, texts: parts.words.rules).text(of: check)
        try await conclude(check, reading, print: Marker(startOf: text)?.fields["print"] ?? "")
        var wish = reading.policy.comment.wish(for: check, text: text)
        // A comment that is there already does not go on saying what is no longer so.
        if reading.isBetterLeftAlone, case .text(let text) = wish { wish = .textIfThere(text) }
        try await comment(wish, comments)
        // Whoever gets no comment gets no review either.
        guard case .text = wish else { return }
        let ours = try await parts.github.account()
        // The comment comes first: where there was none, there can be no review.
        let mayHaveSpoken = comments.contains { $0.author?.id == ours.id }
        try await SuggestionWriter(parts: parts, github: github, number: number, ours: ours)
            .offer(reading.suggestions(for: check.findings), on: reading.head, mayHaveSpoken: mayHaveSpoken)
    }

    private func comment(_ wish: StickyComment.Wish, _ comments: [IssueComment]) async throws {
        let ours = try await parts.github.account()
        let steps = StickyComment.steps(
            for: wish, existing: comments.map(ExistingComment.init),
            ours: BotCore.AccountID(rawValue: Int64(ours.id.value)))
        let writer = CommentWriter(github: github, number: number, ours: ours, writes: parts.writes)
        try await writer.carryOut(steps, kind: "check")
    }

    private var verdicts: VerdictWriter { VerdictWriter(parts: parts, github: github) }

    private func conclude(_ check: PullRequestCheck, _ reading: PullRequestReading, print: String) async throws {
        var surroundings = VerdictWriter.Surroundings(print: print, asked: asked)
        if check.entries.contains(where: { !$0.locations.isEmpty }) { surroundings.buttons.append(.probeAgain) }
        if try await isRemoval(reading) {
            surroundings.buttons.append(.keep(days: reading.policy.removals.snoozeDays))
        }
        try await verdicts.conclude(check, on: reading.head, surroundings)
    }

    /// Whether it is one of our own pull requests that take entries away.
    private func isRemoval(_ reading: PullRequestReading) async throws -> Bool {
        guard let pullRequest = reading.pullRequest, pullRequest.head.branch.hasPrefix("bucketbot/remove-"),
            pullRequest.head.repository == github.name, let author = pullRequest.author
        else { return false }
        return try await parts.github.account().id == author.id
    }

    private func remind(_ check: PullRequestCheck, _ round: Int) async throws {
        guard let reminder else { return }
        guard let dueAt = check.nextProbeAt else { return try await lookingAgain.forget(lane: lane) }
        let event = LookAgainEvent(
            repository: reminder.repository, number: number.value, head: check.headSHA, round: round + 1,
            installationID: reminder.installationID)
        try await lookingAgain.remind(of: event, at: dueAt)
    }

    // MARK: - Taking back

    /// Takes back what was said when the pull request touched the registry.
    private func withdraw(_ reading: PullRequestReading) async throws {
        let key = CommentWriter.stickyKey(lane: lane, kind: "check")
        if try await parts.store.outbox.history(of: key).contains(where: { $0.remoteID != nil }) {
            try await comment(.none, try await github.issueComments.list(on: number))
        }
        try await lookingAgain.forget(lane: lane)
        // Whoever asks sees a check there already.
        if asked == nil { guard try await verdicts.hasConcluded(on: reading.head) else { return } }
        let empty = PullRequestCheck(
            repository: github.name, number: number.value, headSHA: try reading.head.checked, asOf: parts.now(),
            links: parts.links)
        try await conclude(empty, reading, print: "nothing of the registry")
    }
}

/// A commit that GitHub names and does not have: it was pushed away and cleaned up, or is not there yet.
struct HeadVanished: Error, CustomStringConvertible {
    let lane: String
    let head: GitObjectID
    let reason: String

    var description: String { "the head \(head) of \(lane) is not there: \(reason)" }
}

extension PullRequestReading {
    /// Whether nobody is to be written to: the author is not ready, is a program, or has run a generator.
    var isBetterLeftAlone: Bool {
        pullRequest?.isDraft == true || pullRequest?.author?.kind == .bot || touch.isGeneratedOnly
    }
}
