import BotCore
import Foundation
import GitHubAPI
import Logging
import Persistence
import Synchronization
import TestSupport
import Testing

@testable import Bot

@Suite("Writes that leave for GitHub")
struct OutgoingWritesTests {
    /// What stands on the other side: contents by their number, and what went wrong on the way.
    private final class Wall: Sendable {
        enum Mishap { case none, refused, lostBefore, lostAfter }

        struct State {
            var contents: [String] = []
            var sends = 0
            var mishap = Mishap.none
        }

        let state = Mutex(State())

        func deed(_ body: String, gone: Bool = false) -> OutgoingWrites.Deed {
            OutgoingWrites.Deed(
                send: { last in
                    try self.state.withLock { state in
                        state.sends += 1
                        let mishap = state.mishap
                        state.mishap = .none
                        if mishap == .refused {
                            throw GitHubError(.forbidden(needed: nil), request: "POST /", status: 403, message: "no")
                        }
                        if mishap == .lostBefore {
                            throw GitHubError(.ambiguous, request: "POST /", message: "reset")
                        }
                        var number = state.contents.count
                        if let last, let index = Int(last.remoteID), state.contents.indices.contains(index) {
                            number = index
                            state.contents[index] = body
                        } else {
                            state.contents.append(body)
                        }
                        if mishap == .lostAfter {
                            throw GitHubError(.ambiguous, request: "POST /", message: "reset")
                        }
                        return "\(number)"
                    }
                },
                find: {
                    self.state.withLock { state in
                        state.contents.indices.last.map {
                            OutgoingWrites.Found(remoteID: "\($0)", isSame: state.contents[$0] == body)
                        }
                    }
                },
                isKnownToBeGone: gone)
        }
    }

    private func withWrites(
        isDryRun: Bool = false, _ body: (OutgoingWrites, Wall, any Outbox) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let store = try await SQLiteStore(path: folder.appending(path: "b.sqlite").path)
            let writes = OutgoingWrites(
                outbox: store.outbox, isDryRun: isDryRun, now: { Date(timeIntervalSince1970: 1_800_000_000) },
                logger: Logger(label: "test"))
            try await body(writes, Wall(), store.outbox)
            try await store.close()
        }
    }

    private func write(_ body: String) -> OutgoingWrite {
        OutgoingWrite(
            key: OutboxKey("comment:o/r#1:report"), kind: "comment", target: "o/r#1", body: Array(body.utf8))
    }

    @Test("A write is sent once, then changed, and not sent where nothing changed")
    func once() async throws {
        try await withWrites { writes, wall, _ in
            try await #expect(writes.carryOut(write("a"), wall.deed("a")) == .stands("0"))
            try await #expect(writes.carryOut(write("a"), wall.deed("a")) == .stands("0"))
            try await #expect(writes.carryOut(write("b"), wall.deed("b")) == .stands("0"))
            #expect(wall.state.withLock(\.contents) == ["b"])
            #expect(wall.state.withLock(\.sends) == 2)
        }
    }

    @Test("An answer that was lost is looked for before anything is sent again")
    func lostAnswer() async throws {
        try await withWrites { writes, wall, outbox in
            wall.state.withLock { $0.mishap = .lostAfter }
            await #expect(throws: GitHubError.self) { try await writes.carryOut(write("a"), wall.deed("a")) }
            try await #expect(outbox.unsettled(limit: 9).count == 1)
            try await #expect(writes.carryOut(write("a"), wall.deed("a")) == .stands("0"))
            #expect(wall.state.withLock(\.sends) == 1)
            try await #expect(outbox.unsettled(limit: 9).isEmpty)
        }
    }

    @Test("A request that was lost is sent again after nothing was found")
    func lostRequest() async throws {
        try await withWrites { writes, wall, _ in
            wall.state.withLock { $0.mishap = .lostBefore }
            await #expect(throws: GitHubError.self) { try await writes.carryOut(write("a"), wall.deed("a")) }
            try await #expect(writes.carryOut(write("a"), wall.deed("a")) == .stands("0"))
            #expect(wall.state.withLock(\.contents) == ["a"])
        }
    }

    @Test("What was perhaps sent with another content is changed, not doubled")
    func lostAnswerOfAnother() async throws {
        try await withWrites { writes, wall, _ in
            wall.state.withLock { $0.mishap = .lostAfter }
            await #expect(throws: GitHubError.self) { try await writes.carryOut(write("a"), wall.deed("a")) }
            try await #expect(writes.carryOut(write("b"), wall.deed("b")) == .stands("0"))
            #expect(wall.state.withLock(\.contents) == ["b"])
        }
    }

    @Test("A refusal is final for this attempt, and the next one sends again")
    func refused() async throws {
        try await withWrites { writes, wall, outbox in
            wall.state.withLock { $0.mishap = .refused }
            await #expect(throws: GitHubError.self) { try await writes.carryOut(write("a"), wall.deed("a")) }
            try await #expect(outbox.unsettled(limit: 9).isEmpty)
            try await #expect(writes.carryOut(write("a"), wall.deed("a")) == .stands("0"))
        }
    }

    @Test("What somebody deleted is made anew")
    func gone() async throws {
        try await withWrites { writes, wall, _ in
            try await #expect(writes.carryOut(write("a"), wall.deed("a")) == .stands("0"))
            wall.state.withLock { $0.contents = [] }
            try await #expect(writes.carryOut(write("a"), wall.deed("a", gone: true)) == .stands("0"))
            #expect(wall.state.withLock(\.contents) == ["a"])
        }
    }

    @Test("In a dry run everything is recorded and nothing is sent")
    func dryRun() async throws {
        try await withWrites(isDryRun: true) { writes, wall, outbox in
            try await #expect(writes.carryOut(write("a"), wall.deed("a")) == .recorded)
            try await #expect(writes.carryOut(write("a"), wall.deed("a")) == .recorded)
            #expect(wall.state.withLock(\.sends) == 0)
            try await #expect(outbox.history(of: write("a").key).map(\.state) == [.recorded])
        }
    }
}
