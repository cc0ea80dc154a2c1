import Foundation
import Persistence
import Testing

/// A write of a comment.
private func comment(_ body: String, key: String = "comment:o/r#1") -> OutgoingWrite {
    OutgoingWrite(key: OutboxKey(key), kind: "comment", target: "o/r#1", body: Array(body.utf8))
}

extension OutboxStanding {
    /// The entry that is to be sent; nil where none is.
    fileprivate var toSend: OutboxEntry? { if case .send(let entry, _) = self { entry } else { nil } }
    /// What the key last made.
    fileprivate var lastSent: OutboxEntry? { if case .send(_, let last) = self { last } else { nil } }
    fileprivate var toReadBack: OutboxEntry? { if case .readBack(let entry) = self { entry } else { nil } }
    fileprivate var unchanged: OutboxEntry? { if case .unchanged(let entry) = self { entry } else { nil } }
    fileprivate var recorded: OutboxEntry? { if case .recorded(let entry) = self { entry } else { nil } }
}

extension Outbox {
    fileprivate func prepare(_ write: OutgoingWrite, at seconds: Double) async throws -> OutboxStanding {
        try await prepare(write, isDryRun: false, now: at(seconds))
    }
}

extension Contract {
    /// What the outbox promises.
    static let outbox: [Contract] = [
        Contract("a new write is stored before it is sent, and found at start until somebody says what came of it") {
            let outbox = $0.outbox
            let entry = try #require(try await outbox.prepare(comment("one"), at: 1).toSend)
            #expect(entry.write == comment("one"))
            #expect(entry.state == .prepared && entry.preparedAt == at(1) && entry.settledAt == nil)
            #expect(try await outbox.unsettled(limit: 10) == [entry])
            try await outbox.markSent(entry.id, remoteID: "99", now: at(2))
            #expect(try await outbox.unsettled(limit: 10) == [])
            let kept = try #require(try await outbox.history(of: entry.write.key).first)
            #expect(kept.state == .sent(remoteID: "99") && kept.settledAt == at(2) && kept.remoteID == "99")
        },
        Contract("after an ambiguous failure the same key is read back before anything is sent") { store async throws in
            let outbox = store.outbox
            let entry = try #require(try await outbox.prepare(comment("one"), at: 1).toSend)
            #expect(try await outbox.prepare(comment("one"), at: 2).toReadBack == entry)
            #expect(try await outbox.prepare(comment("two"), at: 3).toReadBack == entry)
            try await outbox.markConfirmed(entry.id, remoteID: "99", now: at(4))
            #expect(try await outbox.prepare(comment("one"), at: 5).unchanged?.id == entry.id)
            let next = try await outbox.prepare(comment("two"), at: 6)
            #expect(next.toSend?.write == comment("two"))
            #expect(next.lastSent?.state == .confirmed(remoteID: "99"))
        },
        Contract("what was looked for and not found is sent again") { store async throws in
            let outbox = store.outbox
            let first = try #require(try await outbox.prepare(comment("one"), at: 1).toSend)
            try await outbox.markFailed(first.id, because: "not there", now: at(2))
            let second = try await outbox.prepare(comment("one"), at: 3)
            #expect(second.toSend != nil && second.lastSent == nil)
            #expect(
                try await outbox.history(of: first.write.key).map(\.state) == [.prepared, .failed(reason: "not there")])
        },
        Contract("what was sent and has gone since is sent again") { store async throws in
            let outbox = store.outbox
            let first = try #require(try await outbox.prepare(comment("one"), at: 1).toSend)
            try await outbox.markSent(first.id, remoteID: "99", now: at(2))
            try await outbox.markFailed(first.id, because: "somebody deleted it", now: at(3))
            let second = try await outbox.prepare(comment("one"), at: 4)
            #expect(second.toSend != nil && second.lastSent == nil)
        },
        Contract("a change that failed is tried again, also back to the bytes before it") { store async throws in
            let outbox = store.outbox
            let first = try #require(try await outbox.prepare(comment("one"), at: 1).toSend)
            try await outbox.markSent(first.id, remoteID: "99", now: at(2))
            let second = try #require(try await outbox.prepare(comment("two"), at: 3).toSend)
            try await outbox.markFailed(second.id, because: "422", now: at(4))
            let third = try await outbox.prepare(comment("one"), at: 5)
            #expect(third.toSend != nil)
            #expect(third.lastSent?.id == first.id)
        },
        Contract("keys do not disturb each other") { store async throws in
            let outbox = store.outbox
            #expect(try await outbox.prepare(comment("one", key: "a"), at: 1).toSend != nil)
            #expect(try await outbox.prepare(comment("one", key: "b"), at: 1).toSend != nil)
            #expect(try await outbox.unsettled(limit: 10).map(\.write.key.text) == ["a", "b"])
            #expect(try await outbox.unsettled(limit: 1).map(\.write.key.text) == ["a"])
            #expect(try await outbox.latest(limit: 10).map(\.write.key.text) == ["b", "a"])
        },
        Contract("a dry run records, once for the same bytes, and sends nothing") { store async throws in
            let outbox = store.outbox
            let first = try #require(try await outbox.prepare(comment("one"), isDryRun: true, now: at(1)).recorded)
            #expect(first.state == .recorded && first.settledAt == at(1))
            #expect(try await outbox.prepare(comment("one"), isDryRun: true, now: at(2)).unchanged == first)
            #expect(try await outbox.prepare(comment("two"), isDryRun: true, now: at(3)).recorded != nil)
            #expect(try await outbox.unsettled(limit: 10) == [])
        },
        Contract("going live sends what a dry run had recorded") { store async throws in
            let outbox = store.outbox
            _ = try await outbox.prepare(comment("one"), isDryRun: true, now: at(1))
            let live = try #require(try await outbox.prepare(comment("one"), at: 2).toSend)
            try await outbox.markSent(live.id, remoteID: "99", now: at(3))
            #expect(try await outbox.prepare(comment("one"), isDryRun: true, now: at(4)).unchanged?.id == live.id)
            #expect(try await outbox.prepare(comment("two"), isDryRun: true, now: at(5)).recorded != nil)
            #expect(try await outbox.prepare(comment("one"), at: 6).unchanged?.id == live.id)
        },
        Contract("of one key so many are kept, and always the last that was sent", { $0.outboxEntriesPerKey = 3 }) {
            let outbox = $0.outbox
            let first = try #require(try await outbox.prepare(comment("0"), at: 0).toSend)
            try await outbox.markSent(first.id, remoteID: "99", now: at(0))
            for index in 1...8 {
                let entry = try #require(try await outbox.prepare(comment("\(index)"), at: Double(index)).toSend)
                try await outbox.markFailed(entry.id, because: "422", now: at(Double(index)))
            }
            let bodies = try await outbox.history(of: first.write.key).map {
                String(decoding: $0.write.body, as: UTF8.self)
            }
            #expect(bodies == ["8", "7", "6", "0"])
        },
        Contract("settled entries are forgotten in time, prepared ones never") { store async throws in
            let outbox = store.outbox
            for index in 0..<4 {
                let entry = try #require(try await outbox.prepare(comment("x", key: "\(index)"), at: 0).toSend)
                if index < 3 { try await outbox.markSent(entry.id, remoteID: "1", now: at(Double(index))) }
            }
            #expect(try await outbox.prune(settledBefore: at(2), limit: 1) == 1)
            #expect(try await outbox.prune(settledBefore: at(2), limit: 5) == 1)
            #expect(try await outbox.prune(settledBefore: at(2), limit: 5) == 0)
            #expect(try await outbox.latest(limit: 10).map(\.write.key.text) == ["3", "2"])
        },
    ]
}
