internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import OpenSSLCrypto
internal import Persistence

/// Writes the one check run of a commit.
///
/// Its external id, `bucketbot:WORDS` or `bucketbot:WORDS:REQUEST`, says what it says and who asked for it, so that the same
/// result is never written twice, whoever comes back to it. Who asks gets a run of his own, as GitHub wants it. A result
/// that differs goes over the last one where no annotation of it would stay that does not belong there, else it is a new
/// run of the same name, which GitHub shows in the place of the old one.
struct CheckRunWriter: Sendable {
    /// The name that branch protection knows it by.
    static let name = "bucketbot"
    /// What the external ids of our runs start with.
    private static let idPrefix = "bucketbot:"
    /// What the outbox keeps of a check that has begun.
    private static let begun = Array("begun".utf8)

    /// Where it is written.
    let github: GitHubRepository
    /// Carries it out.
    let writes: OutgoingWrites
    /// Our App: a run of the same name by another one is not ours to change; nil where only its client id is known.
    let appID: Int?

    /// Whether a result was written on a commit, as far as the outbox knows.
    func hasSpoken(on head: GitObjectID) async throws -> Bool {
        try await writes.outbox.history(of: key(head)).contains { $0.remoteID != nil }
    }

    /// Whether the last that was said of a commit is that its check has begun.
    func isUnderWay(on head: GitObjectID) async throws -> Bool {
        guard let last = try await writes.outbox.history(of: key(head)).first(where: { $0.remoteID != nil }) else {
            return false
        }
        return last.write.body == Self.begun
    }

    /// Says that the check has begun, unless a result stands there already.
    ///
    /// - Parameter head: The commit.
    /// - Throws: `GitHubError`, `StoreError`.
    func begin(on head: GitObjectID) async throws {
        guard try await !hasSpoken(on: head) else { return }
        let draft = CheckRunDraft(name: Self.name, head: head, externalID: Self.idPrefix + "begun")
        _ = try await carryOut(draft, stored: Self.begun)
    }

    /// Writes the result.
    ///
    /// - Parameters:
    ///   - draft: What it says; the name and the external id are filled in here.
    ///   - print: The same for the same words, whenever they are said.
    ///   - asked: What names the request of somebody who wants to see a new run; nil where nobody asked.
    /// - Throws: `GitHubError`, `StoreError`.
    func finish(_ draft: CheckRunDraft, print: String, asked: String? = nil) async throws {
        var stored = StoredCheckRun(draft, print: print)
        let digest = hexadecimal(Array(try sha256(Array(try stored.encoded())).prefix(12)))
        var draft = draft
        draft.name = Self.name
        draft.externalID = Self.idPrefix + digest
        draft.status = .completed
        stored.asked = asked
        if asked == nil {
            // Who asked once has got his run; the same words need no other.
            let last = try await writes.outbox.history(of: key(draft.head)).first { $0.remoteID != nil }
            stored.asked = last.flatMap { StoredCheckRun(encoded: $0.write.body)?.asked }
        }
        if let asked = stored.asked { draft.externalID += ":\(asked)" }
        _ = try await carryOut(draft, stored: Array(try stored.encoded()))
    }

    private func carryOut(_ draft: CheckRunDraft, stored: [UInt8]) async throws -> OutgoingWrites.Outcome {
        let write = OutgoingWrite(
            key: key(draft.head), kind: "check run", target: "\(github.name)@\(draft.head)", body: stored)
        return try await writes.carryOut(
            write,
            OutgoingWrites.Deed(
                send: { last in try await send(draft, over: last) },
                find: { try await find(draft) }))
    }

    private func key(_ head: GitObjectID) -> OutboxKey { OutboxKey("check:\(github.name):\(head)".lowercased()) }

    private func send(_ draft: CheckRunDraft, over last: OutgoingWrites.Standing?) async throws -> String {
        let standing: GitHubAPI.CheckRun?
        if let last, let id = Int(last.remoteID) {
            standing = try await known(CheckRunID(id))
        } else {
            // The database may have been lost: what was written then is found on GitHub.
            standing = try await ours(on: draft.head)
        }
        guard let standing, Self.request(of: draft) == nil || Self.request(of: draft) == Self.request(of: standing)
        else {
            return "\(try await github.checkRuns.create(draft).id)"
        }
        if Self.isSame(standing, draft) {
            return "\(try await github.checkRuns.appendAnnotations(of: draft, to: standing).id)"
        }
        if standing.annotationCount == 0 {
            return "\(try await github.checkRuns.update(standing.id, to: draft).id)"
        }
        if let body = last?.body,
            StoredCheckRun(draft, print: "").annotations == StoredCheckRun(encoded: body)?.annotations
        {
            var rest = draft
            rest.annotations = []
            return "\(try await github.checkRuns.update(standing.id, to: rest).id)"
        }
        return "\(try await github.checkRuns.create(draft).id)"
    }

    private func find(_ draft: CheckRunDraft) async throws -> OutgoingWrites.Found? {
        guard let found = try await ours(on: draft.head) else { return nil }
        guard Self.isSame(found, draft) else {
            return OutgoingWrites.Found(remoteID: "\(found.id)", isSame: false)
        }
        // Those annotations that did not arrive with the first request.
        let whole = try await github.checkRuns.appendAnnotations(of: draft, to: found)
        return OutgoingWrites.Found(remoteID: "\(whole.id)", isSame: true)
    }

    /// Whether a run says what a draft does, and to whom it has to be said.
    private static func isSame(_ run: GitHubAPI.CheckRun, _ draft: CheckRunDraft) -> Bool {
        run.externalID == draft.externalID
            || request(of: draft) == nil && run.externalID.hasPrefix(draft.externalID + ":")
    }

    private static func request(of draft: CheckRunDraft) -> Substring? { request(in: draft.externalID) }
    private static func request(of run: GitHubAPI.CheckRun) -> Substring? { request(in: run.externalID) }

    private static func request(in externalID: String) -> Substring? {
        let parts = externalID.split(separator: ":")
        return parts.count > 2 ? parts.last : nil
    }

    private func known(_ id: CheckRunID) async throws -> GitHubAPI.CheckRun? {
        do {
            return try await github.checkRuns.get(id)
        } catch let error as GitHubError where error.kind == .notFound || error.kind == .gone {
            return nil
        }
    }

    /// The newest run of ours on a commit.
    private func ours(on head: GitObjectID) async throws -> GitHubAPI.CheckRun? {
        try await github.checkRuns.list(on: head, named: Self.name)
            .filter { $0.externalID.hasPrefix(Self.idPrefix) && (appID == nil || $0.appID == appID) }.max {
                $0.id.value < $1.id.value
            }
    }
}

/// What a check run says, as the outbox keeps it.
struct StoredCheckRun: Codable, Hashable, Sendable {
    /// One remark on lines.
    struct Annotation: Codable, Hashable, Sendable {
        let path: String
        let lines: [Int]
        let columns: [Int]?
        let level: String
        let title: String?
        let message: String
    }

    let conclusion: String?
    let title: String?
    /// Stands for the summary and the text, which also tell when it was looked.
    let print: String
    let annotations: [Annotation]
    /// What stands on the buttons; nil in rows of older versions.
    let buttons: [String]?
    /// What names the request that it answers; nil where nobody asked.
    var asked: String?

    /// What a draft says.
    init(_ draft: CheckRunDraft, print: String) {
        conclusion = draft.conclusion?.rawValue
        title = draft.title
        self.print = print
        annotations = draft.annotations.map {
            Annotation(
                path: $0.path, lines: [$0.startLine, $0.endLine],
                columns: $0.columns.map { [$0.lowerBound, $0.upperBound] }, level: $0.level.rawValue,
                title: $0.title, message: $0.message)
        }
        buttons = draft.actions.isEmpty ? nil : draft.actions.map(\.label)
    }

    /// What was kept; nil where it is none, as of a check that had only begun.
    init?(encoded: [UInt8]) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(encoded))
        } catch {
            // The text that says that a check has begun, or a row of another version: there is nothing to compare with.
            return nil
        }
    }

    /// As it is kept: the same bytes for the same words.
    func encoded() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(self)
    }
}
