internal import BotCore
internal import Foundation
internal import GitHubAPI

/// Says on a commit what came of its check: by a check run as an App, by a commit status with a personal token.
struct VerdictWriter: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository

    /// What a verdict has beside what was found.
    struct Surroundings: Sendable {
        /// The same for the same words, whenever they are said.
        var print: String
        /// What names the request of somebody who wants to see the check made again; nil where nobody asked.
        var asked: String?
        /// What people can press below it.
        var buttons: [CheckButton] = []
    }

    /// Checks, and says that the check has begun where it takes long.
    ///
    /// - Parameters:
    ///   - head: The commit.
    ///   - check: Checks it.
    /// - Returns: What `check` returns.
    /// - Throws: What `check` throws; `GitHubError`, `StoreError`.
    func whileChecking(
        _ head: GitObjectID, _ check: @escaping @Sendable () async throws -> PullRequestCheck
    ) async throws -> PullRequestCheck {
        let quietSeconds = parts.quietSeconds
        return try await withThrowingTaskGroup(of: PullRequestCheck?.self) { group in
            group.addTask { try await check() }
            group.addTask {
                try await Task.sleep(for: .seconds(quietSeconds))
                return nil
            }
            while let done = try await group.next() {
                if let done {
                    group.cancelAll()
                    return done
                }
                try await begin(on: head)
            }
            throw CancellationError()
        }
    }

    /// Says that the check has begun, unless a result stands there already.
    private func begin(on head: GitObjectID) async throws {
        if parts.github.isApp {
            try await checkRuns.begin(on: head)
        } else {
            try await statuses().begin(on: head)
        }
    }

    /// Says what came of it.
    ///
    /// - Parameters:
    ///   - check: What was found.
    ///   - head: The commit.
    ///   - surroundings: What belongs to it beside that.
    /// - Throws: `GitHubError`, `StoreError`.
    func conclude(_ check: PullRequestCheck, on head: GitObjectID, _ surroundings: Surroundings) async throws {
        let report = CheckRunReport(of: check, templates: parts.words.texts, texts: parts.words.rules)
        guard parts.github.isApp else { return try await statuses().write(CommitStatusDraft(report), on: head) }
        var draft = CheckRunDraft(report, on: head, at: check.asOf)
        draft.actions = surroundings.buttons.map { button in
            let words = button.words(parts.words.texts)
            return CheckRunDraft.Action(
                label: words.label, description: words.description, identifier: button.identifier)
        }
        try await checkRuns.finish(draft, print: surroundings.print, asked: surroundings.asked)
    }

    /// Says that a check that has begun comes to no result; nothing where none has.
    ///
    /// A commit status is left as it is: it knows no word for this but "failure".
    func abandon(_ head: GitObjectID, _ why: AbandonedCheck) async throws {
        guard parts.github.isApp, try await checkRuns.isUnderWay(on: head) else { return }
        let words = why.words(parts.words.texts)
        var draft = CheckRunDraft(name: CheckRunWriter.name, head: head, externalID: "")
        draft.conclusion = .neutral
        draft.completedAt = parts.now()
        draft.title = words.title
        draft.summary = words.summary
        try await checkRuns.finish(draft, print: why.rawValue)
    }

    /// Whether a result was written, as far as the outbox knows.
    func hasConcluded(on head: GitObjectID) async throws -> Bool {
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
