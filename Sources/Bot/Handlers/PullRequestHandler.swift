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
    /// Which look it is, 0 for one that somebody caused.
    var round = 0
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
    private var again: LookingAgain { LookingAgain(schedules: parts.store.schedules, now: parts.now) }

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
            guard after.state == .open else { return try await closed() }
            guard after.head.sha == reading.head, after.base.branch == pullRequest.base.branch else { continue }
            if reminder != nil {
                check.nextProbeAt = try await again.dueAt(after: check, round: attempt == 0 ? round : 0)
            }
            // First, so that whoever is cut off while it speaks names the same time when it speaks again.
            try await remind(check, reading)
            try await say(check, reading, comments)
            return .checked(check, reading)
        }
        return .movedOn
    }

    private func closed() async throws -> Look {
        try await again.forget(lane: lane)
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

    /// Checks, and lets the check run say that it has begun where it takes long.
    private func checked(_ reading: PullRequestReading, _ comments: [IssueComment]) async throws -> PullRequestCheck {
        let checker = PullRequestChecker(storage: parts.storage, links: parts.links)
        let now = parts.now()
        let contacts = ContactQuestions(
            github: github, author: reading.pullRequest.author, comments: comments, now: now)
        let quietSeconds = parts.quietSeconds
        return try await withThrowingTaskGroup(of: PullRequestCheck?.self) { group in
            group.addTask { try await checker.check(reading, contacts: contacts, in: github.name, now: now) }
            group.addTask {
                try await Task.sleep(for: .seconds(quietSeconds))
                return nil
            }
            while let done = try await group.next() {
                if let done {
                    group.cancelAll()
                    return done
                }
                try await begin(on: reading.head)
            }
            throw CancellationError()
        }
    }

    // MARK: - Saying

    private func begin(on head: GitObjectID) async throws {
        if parts.github.isApp {
            try await checkRuns.begin(on: head)
        } else {
            try await statuses().begin(on: head)
        }
    }

    private func say(
        _ check: PullRequestCheck, _ reading: PullRequestReading, _ comments: [IssueComment]
    ) async throws {
        let text = CheckComment(templates: parts.words.texts, texts: parts.words.rules).text(of: check)
        try await conclude(check, on: reading.head, print: Marker(startOf: text)?.fields["print"] ?? "")
        var wish = reading.policy.comment.wish(for: check, text: text)
        // A comment that is there already does not go on saying what is no longer so.
        if reading.isBetterLeftAlone, case .text(let text) = wish { wish = .textIfThere(text) }
        try await comment(wish, comments)
    }

    private func comment(_ wish: StickyComment.Wish, _ comments: [IssueComment]) async throws {
        let ours = try await parts.github.account()
        let steps = StickyComment.steps(
            for: wish, existing: comments.map(ExistingComment.init),
            ours: BotCore.AccountID(rawValue: Int64(ours.id.value)))
        let writer = CommentWriter(github: github, number: number, ours: ours, writes: parts.writes)
        try await writer.carryOut(steps, kind: "check")
    }

    private func conclude(_ check: PullRequestCheck, on head: GitObjectID, print: String) async throws {
        let report = CheckRunReport(of: check, templates: parts.words.texts, texts: parts.words.rules)
        if parts.github.isApp {
            try await checkRuns.finish(CheckRunDraft(report, on: head, at: check.asOf), print: print)
        } else {
            try await statuses().write(CommitStatusDraft(report), on: head)
        }
    }

    private func hasConcluded(on head: GitObjectID) async throws -> Bool {
        parts.github.isApp
            ? try await checkRuns.hasSpoken(on: head)
            : try await statuses().hasSpoken(on: head)
    }

    private var checkRuns: CheckRunWriter {
        CheckRunWriter(github: github, writes: parts.writes, appID: parts.github.appID)
    }

    private func statuses() async throws -> CommitStatusWriter {
        CommitStatusWriter(github: github, writes: parts.writes, account: try await parts.github.account())
    }

    private func remind(_ check: PullRequestCheck, _ reading: PullRequestReading) async throws {
        guard let reminder else { return }
        guard let dueAt = check.nextProbeAt else { return try await again.forget(lane: lane) }
        let event = LookAgainEvent(
            repository: reminder.repository, number: number.value, head: check.headSHA, round: round + 1,
            installationID: reminder.installationID)
        try await again.remind(of: event, at: dueAt)
    }

    // MARK: - Taking back

    /// Takes back what was said when the pull request touched the registry.
    private func withdraw(_ reading: PullRequestReading) async throws {
        let key = CommentWriter.stickyKey(lane: lane, kind: "check")
        if try await parts.store.outbox.history(of: key).contains(where: { $0.remoteID != nil }) {
            try await comment(.none, try await github.issueComments.list(on: number))
        }
        try await again.forget(lane: lane)
        guard try await hasConcluded(on: reading.head) else { return }
        let empty = PullRequestCheck(
            repository: github.name, number: number.value, headSHA: try reading.head.checked, asOf: parts.now(),
            links: parts.links)
        try await conclude(empty, on: reading.head, print: "nothing of the registry")
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
        pullRequest.isDraft || pullRequest.author?.kind == .bot || touch.isGeneratedOnly
    }
}

extension CheckRunDraft {
    /// A report as a check run of a commit.
    init(_ report: CheckRunReport, on head: GitObjectID, at time: Date) {
        self.init(name: CheckRunWriter.name, head: head, externalID: "")
        status = .completed
        conclusion =
            switch report.conclusion {
            case .failure: .failure
            case .neutral: .neutral
            case .success: .success
            }
        completedAt = time
        title = report.title
        summary = report.summary
        text = report.text.isEmpty ? nil : report.text
        annotations = report.annotations.map { annotation in
            Annotation(
                path: annotation.path, startLine: annotation.startLine, endLine: annotation.endLine,
                level: Annotation.Level(annotation.level), title: annotation.title, message: annotation.message)
        }
    }
}

extension CheckRunDraft.Annotation.Level {
    init(_ level: CheckAnnotation.Level) {
        switch level {
        case .failure: self = .failure
        case .warning: self = .warning
        case .notice: self = .notice
        }
    }
}

extension CommitStatusDraft {
    /// A report as a commit status.
    init(_ report: CheckRunReport) {
        let state: CommitStatus.State =
            switch report.statusState {
            case .failure: .failure
            case .pending: .pending
            case .success: .success
            }
        self.init(state: state, context: CommitStatusWriter.context, description: report.description)
    }
}
