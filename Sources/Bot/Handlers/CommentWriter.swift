internal import BotCore
internal import GitHubAPI
internal import Persistence

/// Writes comments below an issue or a pull request, each under the marker that it starts with.
struct CommentWriter: Sendable {
    /// Where they are written.
    let github: GitHubRepository
    /// Below what.
    let number: IssueNumber
    /// Our own account: a marker in anybody else's comment counts for nothing.
    let ours: GitHubAccount
    /// Carries it out.
    let writes: OutgoingWrites

    /// The lane of the conversation, which keys start with.
    private var lane: String { Event.lane(of: github.name, number: number.value) }

    /// Carries out what was planned from a listing that was read just now.
    ///
    /// - Parameters:
    ///   - steps: Of `StickyComment.steps`.
    ///   - kind: The marker's kind.
    /// - Throws: `GitHubError`, `StoreError`.
    func carryOut(_ steps: [CommentStep], kind: String) async throws {
        let key = Self.stickyKey(lane: lane, kind: kind)
        if !steps.contains(where: \.isWritten) {
            // What was cut off before may be why there is nothing left to write.
            try await writes.settle(key) { write in
                try await find(kind: kind, marker: Marker(startOf: String(decoding: write.body, as: UTF8.self)))
            }
        }
        for step in steps {
            switch step {
            case .create(let body):
                _ = try await write(body, under: key, kind: kind) { last in
                    // What was read back with another text came after the listing that the step was planned from.
                    guard let last, let id = Int(last.remoteID) else { return try await create(body) }
                    return "\(try await github.issueComments.update(IssueCommentID(id), body: body).id)"
                }
            case .update(let id, let body):
                _ = try await write(body, under: key, kind: kind) { _ in
                    "\(try await github.issueComments.update(IssueCommentID(id), body: body).id)"
                }
            case .delete(let id):
                let write = OutgoingWrite(
                    key: OutboxKey("\(key.text):delete:\(id.rawValue)"), kind: "deletion of a comment", target: lane,
                    body: [])
                let deed = OutgoingWrites.Deed(
                    send: { _ in
                        try await github.issueComments.delete(IssueCommentID(id))
                        return "\(id.rawValue)"
                    },
                    find: { nil })
                _ = try await writes.carryOut(write, deed)
            }
        }
    }

    /// The key of the one comment that is edited in place.
    static func stickyKey(lane: String, kind: String) -> OutboxKey { OutboxKey("comment:\(lane):\(kind)") }

    private func write(
        _ body: String, under key: OutboxKey, kind: String,
        send: @escaping @Sendable (OutgoingWrites.Standing?) async throws -> String
    ) async throws -> OutgoingWrites.Outcome {
        let write = OutgoingWrite(key: key, kind: "comment", target: lane, body: Array(body.utf8))
        let deed = OutgoingWrites.Deed(
            send: send, find: { try await find(kind: kind, marker: Marker(startOf: body)) }, isKnownToBeGone: true)
        return try await writes.carryOut(write, deed)
    }

    private func create(_ body: String) async throws -> String {
        "\(try await github.issueComments.create(on: number, body: body).id)"
    }

    private func find(kind: String, marker: Marker?) async throws -> OutgoingWrites.Found? {
        let mine = try await github.issueComments.list(on: number).compactMap { comment in
            comment.author?.id == ours.id ? Marker(startOf: comment.body).map { (comment.id, $0) } : nil
        }
        guard let first = mine.first(where: { $0.1.kind == kind }) else { return nil }
        return OutgoingWrites.Found(remoteID: "\(first.0)", isSame: first.1 == marker)
    }

    // MARK: - Replies

    /// Whether a reply stands, is recorded in a dry run, or is found on GitHub.
    ///
    /// - Parameter marker: What the reply starts with.
    /// - Returns: Whether there is nothing left to write.
    /// - Throws: `GitHubError`, `StoreError`.
    func hasReply(_ marker: Marker) async throws -> Bool {
        let key = replyKey(marker)
        for entry in try await writes.outbox.history(of: key) {
            switch entry.state {
            case .sent, .confirmed: return true
            case .recorded where writes.isDryRun: return true
            case .recorded, .prepared, .failed: continue
            }
        }
        guard let found = try await findReply(marker) else { return false }
        try await writes.settle(key) { _ in OutgoingWrites.Found(remoteID: "\(found)", isSame: true) }
        return true
    }

    /// Writes a reply, once for its marker.
    func reply(_ body: String, _ marker: Marker) async throws {
        let write = OutgoingWrite(key: replyKey(marker), kind: "reply", target: lane, body: Array(body.utf8))
        let deed = OutgoingWrites.Deed(
            send: { last in try await send(body, over: last) },
            find: {
                // A reply tells what was seen at its time: one that stands is not put right.
                try await findReply(marker).map { OutgoingWrites.Found(remoteID: "\($0)", isSame: true) }
            })
        _ = try await writes.carryOut(write, deed)
    }

    private func replyKey(_ marker: Marker) -> OutboxKey { OutboxKey("reply:\(lane):\(marker.text)") }

    private func send(_ body: String, over last: OutgoingWrites.Standing?) async throws -> String {
        if let last { return last.remoteID }
        return try await create(body)
    }

    private func findReply(_ marker: Marker) async throws -> IssueCommentID? {
        try await github.issueComments.list(on: number).first {
            $0.author?.id == ours.id && Marker(startOf: $0.body) == marker
        }?.id
    }
}

extension CommentStep {
    /// Whether it gives the one comment its text.
    fileprivate var isWritten: Bool {
        switch self {
        case .create, .update: true
        case .delete: false
        }
    }
}

extension IssueCommentID {
    /// The number that the core knows it by.
    init(_ id: CommentID) { self.init(Int(clamping: id.rawValue)) }
}

extension ExistingComment {
    /// A comment as GitHub's list has it.
    init(_ comment: IssueComment) {
        self.init(
            id: CommentID(rawValue: Int64(comment.id.value)),
            authorID: comment.author.map { BotCore.AccountID(rawValue: Int64($0.id.value)) }, body: comment.body)
    }
}
