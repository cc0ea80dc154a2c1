internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Persistence

/// Writes the one commit status of a commit, for the owner of a personal token: only Apps can make check runs.
struct CommitStatusWriter: Sendable {
    /// Whose word it is.
    static let context = CheckRunWriter.name

    /// Where it is written.
    let github: GitHubRepository
    /// Carries it out.
    let writes: OutgoingWrites
    /// The account of the token: what others set in our name does not count.
    let account: GitHubAccount

    /// Whether anything was said of a commit, as far as the outbox knows.
    func hasSpoken(on head: GitObjectID) async throws -> Bool {
        try await writes.outbox.history(of: key(head)).contains { $0.remoteID != nil }
    }

    /// Says that the check has begun, unless a result stands there already.
    func begin(on head: GitObjectID) async throws {
        guard try await !hasSpoken(on: head) else { return }
        let words = "Looking at the buckets"
        try await write(CommitStatusDraft(state: .pending, context: Self.context, description: words), on: head)
    }

    /// Writes the result.
    func write(_ draft: CommitStatusDraft, on head: GitObjectID) async throws {
        var draft = draft
        draft.context = Self.context
        let said = draft
        let body = "\(said.state.rawValue) \(said.description)"
        let write = OutgoingWrite(
            key: key(head), kind: "commit status", target: "\(github.name)@\(head)", body: Array(body.utf8))
        _ = try await writes.carryOut(
            write,
            OutgoingWrites.Deed(
                send: { last in
                    // The database may have been lost; the same words are not said twice.
                    if last == nil, let standing = try await find(said, on: head), standing.isSame {
                        return standing.remoteID
                    }
                    let made = try await github.commitStatuses.create(on: head, said)
                    return "\(made.createdAt.timeIntervalSince1970)"
                },
                find: { try await find(said, on: head) }))
    }

    private func key(_ head: GitObjectID) -> OutboxKey { OutboxKey("status:\(github.name):\(head)".lowercased()) }

    private func find(_ draft: CommitStatusDraft, on head: GitObjectID) async throws -> OutgoingWrites.Found? {
        let ours = try await github.commitStatuses.list(on: head).first {
            $0.context == Self.context && $0.creator?.id == account.id
        }
        guard let ours else { return nil }
        let isSame =
            ours.state == draft.state
            && ours.description.prefix(CommitStatusDraft.maxDescriptionCharacters - 1)
                == draft.description.prefix(CommitStatusDraft.maxDescriptionCharacters - 1)
        return OutgoingWrites.Found(remoteID: "\(ours.createdAt.timeIntervalSince1970)", isSame: isSame)
    }
}
