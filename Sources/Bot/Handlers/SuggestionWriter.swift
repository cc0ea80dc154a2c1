internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import Persistence

/// Offers corrections as one review of a head, each correction once in the life of a pull request.
struct SuggestionWriter: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository
    /// The pull request.
    let number: IssueNumber
    /// Our own account: a marker in anybody else's comment counts for nothing.
    let ours: GitHubAccount

    /// Keys of suggestions that are remembered of one pull request.
    private static let keysKept = 500

    private var lane: String { Event.lane(of: github.name, number: number.value) }
    private var cursor: CursorName { CursorName("suggested:\(lane)") }

    /// Offers what has not been offered.
    ///
    /// - Parameters:
    ///   - suggestions: What can be mended, the worst first.
    ///   - head: The commit that was judged.
    ///   - mayHaveSpoken: Whether GitHub may hold suggestions of ours that the store does not know.
    /// - Throws: `GitHubError`, `StoreError`; what GitHub does not take is told to the operator alone.
    func offer(_ suggestions: [Suggestion], on head: GitObjectID, mayHaveSpoken: Bool) async throws {
        let key = OutboxKey("review:\(lane):\(head)")
        guard !suggestions.isEmpty, try await !hasSpoken(key) else { return }
        var known =
            try await parts.store.cursors.position(of: cursor)?.value.split(separator: " ").map(String.init) ?? []
        var open = suggestions.filter { !known.contains($0.key) }
        guard !open.isEmpty else { return }
        if mayHaveSpoken {
            let markers = try await markers()
            guard !markers.contains(where: { $0.marker.fields["head"] == head.text }) else {
                return try await parts.writes.settle(key) { _ in try await find(head) }
            }
            known += markers.compactMap { $0.marker.fields["key"] }
            open = suggestions.filter { !known.contains($0.key) }
            guard !open.isEmpty else { return }
        }
        let offered = Array(open.prefix(SuggestionPlan.perReview))
        let draft = try draft(offered, omittedCount: open.count - offered.count, head)
        do {
            try await write(draft, under: key, head)
        } catch let error as GitHubError {
            guard case .unprocessable = error.kind else { throw error }
            // The head has moved, or GitHub shows other lines: the comment has it all, and the next head is another.
            parts.logger.notice("No suggestions were made.", metadata: ["reason": "\(error)"])
            return
        }
        guard !parts.isDryRun else { return }
        let keys = (known + offered.map(\.key)).suffix(Self.keysKept)
        try await parts.store.cursors.move(cursor, to: keys.joined(separator: " "), now: parts.now())
    }

    /// Whether a head has had its review, or would have had it.
    private func hasSpoken(_ key: OutboxKey) async throws -> Bool {
        try await parts.store.outbox.history(of: key).contains { entry in
            switch entry.state {
            case .sent, .confirmed: true
            case .recorded: parts.isDryRun
            case .prepared, .failed: false
            }
        }
    }

    private func draft(
        _ suggestions: [Suggestion], omittedCount: Int, _ head: GitObjectID
    ) throws -> ReviewDraft {
        let texts = SuggestionText(templates: parts.words.texts, texts: parts.words.rules)
        let sha = try head.checked
        let ordered = suggestions.sorted { ($0.path, $0.lines.lowerBound) < ($1.path, $1.lines.lowerBound) }
        let comments = ordered.map { suggestion in
            ReviewDraft.Comment(
                path: suggestion.path, startLine: suggestion.lines.lowerBound, line: suggestion.lines.upperBound,
                body: texts.comment(suggestion, head: sha))
        }
        return ReviewDraft(
            commit: head, body: texts.review(count: comments.count, omittedCount: omittedCount), comments: comments)
    }

    private func write(_ draft: ReviewDraft, under key: OutboxKey, _ head: GitObjectID) async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let write = OutgoingWrite(key: key, kind: "review", target: lane, body: Array(try encoder.encode(draft)))
        let deed = OutgoingWrites.Deed(
            send: { _ in "\(try await github.reviews.create(on: number, draft).id)" },
            find: { try await find(head) })
        _ = try await parts.writes.carryOut(write, deed)
    }

    private func find(_ head: GitObjectID) async throws -> OutgoingWrites.Found? {
        try await markers().first { $0.marker.fields["head"] == head.text }
            .map { OutgoingWrites.Found(remoteID: "\($0.id)", isSame: true) }
    }

    /// The markers of our comments on lines, those that are resolved or out of date among them.
    private func markers() async throws -> [(id: ReviewCommentID, marker: Marker)] {
        try await github.reviewComments.list(on: number).compactMap { comment in
            guard comment.author?.id == ours.id, let marker = Marker(startOf: comment.body),
                marker.kind == SuggestionText.markerKind
            else { return nil }
            return (comment.id, marker)
        }
    }
}
