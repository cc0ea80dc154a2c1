internal import BotCore
internal import GitHubAPI
internal import Logging
internal import Persistence

/// Brings the dashboard issue of a repository to what was found; in a dry run what would be written is recorded.
struct DashboardWriter: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository

    private var writes: OutgoingWrites { parts.writes }
    private var key: OutboxKey { OutboxKey("issue:\(github.name.description.lowercased()):\(DashboardIssue.kind)") }

    /// Opens the issue, changes its text, or leaves it alone: where it says so already, and where somebody has closed it.
    ///
    /// - Parameter content: What it is to show.
    /// - Throws: `GitHubError` of what a later attempt may bring about; `StoreError`.
    func bring(_ content: DashboardContent) async throws {
        do {
            let ours = try await parts.github.account()
            let text = DashboardText(templates: parts.words.texts, texts: parts.words.rules)
            try await carryOut((text.title, text.text(of: content)), ours)
        } catch let error as GitHubError where error.isRefusal {
            // An optional page must not keep a sweep from coming to its end.
            parts.logger.warning(
                "The dashboard issue cannot be written; see that the App may write issues, and that there are any here.",
                metadata: ["repository": "\(github.name)", "reason": "\(error)"])
        }
    }

    private func carryOut(_ text: (title: String, body: String), _ ours: GitHubAccount) async throws {
        let (title, body) = text
        let existing = try await existing(by: ours)
        let step = DashboardIssue.step(for: body, existing: existing, ours: ours.ownID)
        let send: @Sendable (OutgoingWrites.Standing?) async throws -> String
        switch step {
        case .nothing:
            // What was cut off before may be why there is nothing left to write.
            return try await writes.settle(key) { write in
                try await find(Marker(startOf: String(decoding: write.body, as: UTF8.self)), by: ours)
            }
        case .create:
            send = { last in
                // What was read back with another text came after the list that the step was planned from.
                if let last, let number = Int(last.remoteID) { return try await update(number, body) }
                return "\(try await github.issues.create(title: title, body: body).number)"
            }
        case .update(let number): send = { _ in try await update(number, body) }
        }
        let write = OutgoingWrite(key: key, kind: "issue", target: github.name.description, body: Array(body.utf8))
        let deed = OutgoingWrites.Deed(
            send: send, find: { try await find(Marker(startOf: body), by: ours) }, isKnownToBeGone: true)
        _ = try await writes.carryOut(write, deed)
    }

    private func update(_ number: Int, _ body: String) async throws -> String {
        "\(try await github.issues.update(IssueNumber(number), body: body).number)"
    }

    private func find(_ marker: Marker?, by ours: GitHubAccount) async throws -> OutgoingWrites.Found? {
        guard let issue = DashboardIssue.find(in: try await existing(by: ours), ours: ours.ownID) else { return nil }
        return OutgoingWrites.Found(remoteID: "\(issue.number)", isSame: Marker(startOf: issue.body) == marker)
    }

    /// Our own issues: those that the list has, and the one that the store knows of, which a list may not have yet.
    private func existing(by ours: GitHubAccount) async throws -> [ExistingIssue] {
        var issues = try await github.issues.all(by: ours.login).filter { !$0.isPullRequest }
        let known = try await writes.outbox.history(of: key).lazy.compactMap { $0.remoteID.flatMap { Int($0) } }.first
        if let known, !issues.contains(where: { $0.number.value == known }),
            let issue = try await github.issues.find(IssueNumber(known))
        {
            issues.append(issue)
        }
        return issues.map { issue in
            ExistingIssue(
                number: issue.number.value, authorID: issue.author.map(\.ownID), isOpen: issue.isOpen, body: issue.body,
                isRemembered: issue.number.value == known)
        }
    }
}

extension GitHubAccount {
    /// The account's number as a value of the core.
    fileprivate var ownID: BotCore.AccountID { BotCore.AccountID(rawValue: Int64(id.value)) }
}

extension GitHubError {
    /// Whether the same request is refused the next time as well, as far as GitHub says.
    fileprivate var isRefusal: Bool {
        switch kind {
        case .notFound, .gone, .notInstalled, .unauthorized, .forbidden, .conflict, .unprocessable, .moved, .refused,
            .tooManyPages:
            true
        case .rateLimited, .unavailable, .ambiguous, .malformed, .tooLarge: false
        }
    }
}
