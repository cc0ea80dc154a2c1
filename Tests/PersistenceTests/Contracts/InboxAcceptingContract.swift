import Foundation
import Persistence
import Testing

extension Contract {
    /// What the inbox promises to those who bring deliveries.
    static let inboxAccepting: [Contract] = [
        Contract("what was accepted is found again, byte for byte") { store async throws in
            var record = delivery("g-1", lane: "o/r#7", kind: "check", at: 12.345, body: Array(0...255))
            record.action = "opened"
            record.repository = "o/r"
            record.headers = ["User-Agent": "GitHub-Hookshot/abc", "X-Ünï": "\"\\\u{1}/"]
            #expect(try await store.inbox.accept([record]) == [.stored])
            let found = try await store.inbox.find(DeliveryID("g-1"))
            #expect(found?.record == record)
            #expect(found?.state == .waiting(notBefore: nil))
            #expect(found?.attempts == 0)
            #expect(found?.reason == nil)
            #expect(try await store.inbox.find(DeliveryID("g-2")) == nil)
        },
        Contract("a known ID is a duplicate, within a batch and after it, and changes nothing") { store async throws in
            let other = delivery("a", lane: "elsewhere", body: [9])
            #expect(
                try await store.inbox.accept([delivery("a"), other, delivery("b")]) == [.stored, .duplicate, .queued])
            #expect(try await store.inbox.accept([other]) == [.duplicate])
            #expect(try await store.inbox.find(DeliveryID("a"))?.record == delivery("a"))
            let claimed = try #require(try await store.inbox.claim(now: at(1), leaseSeconds: 60))
            #expect(try await store.inbox.accept([other]) == [.duplicate])
            try await store.inbox.finish(claimed.lease, now: at(2))
            #expect(try await store.inbox.accept([other]) == [.duplicate])
        },
        Contract("it says whether a worker can take something up because of a delivery") { store async throws in
            var ignored = delivery("ignored")
            ignored.ignoredBecause = "it says nothing"
            let batch = [ignored, delivery("a"), delivery("b"), delivery("c", lane: "other")]
            #expect(try await store.inbox.accept(batch) == [.settled, .stored, .queued, .stored])
            let claimed = try #require(try await store.inbox.claim(now: at(1), leaseSeconds: 60))
            #expect(try await store.inbox.accept([delivery("d")]) == [.queued])
            try await store.inbox.postpone(claimed.lease, Postponement(until: at(900), reason: "x"), now: at(1))
            // What failed may be tried at once because of what came.
            #expect(try await store.inbox.accept([delivery("e"), delivery("f")]) == [.stored, .queued])
            #expect(try await store.inbox.claimedID(at: 2) == "a")
        },
        Contract("an empty batch is no batch") { store async throws in
            #expect(try await store.inbox.accept([]) == [])
        },
        Contract("a full inbox refuses what is new, and knows what it has", { $0.inboxCapacity = 2 }) {
            store async throws in
            let batch = [delivery("a"), delivery("b"), delivery("c"), delivery("a")]
            #expect(try await store.inbox.accept(batch) == [.stored, .queued, .refused, .duplicate])
            #expect(try await store.inbox.find(DeliveryID("c")) == nil)
            let claimed = try #require(try await store.inbox.claim(now: at(1), leaseSeconds: 60))
            #expect(try await store.inbox.accept([delivery("c")]) == [.refused])
            try await store.inbox.finish(claimed.lease, now: at(2))
            #expect(try await store.inbox.accept([delivery("c"), delivery("d")]) == [.queued, .refused])
        },
        Contract("an old delivery that waits does not use up the room of those that are done", { $0.inboxCapacity = 3 })
        {
            let inbox = $0.inbox
            _ = try await inbox.accept([delivery("old", lane: "old")])
            let old = try #require(try await inbox.claim(now: at(1), leaseSeconds: 60))
            try await inbox.postpone(old.lease, Postponement(until: at(900), reason: "x"), now: at(1))
            for index in 0..<9 {
                #expect(try await inbox.accept([delivery("\(index)", lane: "\(index)")]) == [.stored])
                let claimed = try #require(try await inbox.claim(now: at(2), leaseSeconds: 60))
                try await inbox.finish(claimed.lease, now: at(3))
            }
            let batch = ["a", "a", "b", "c"].enumerated().map { delivery("last-\($0)", lane: $1) }
            #expect(try await inbox.accept(batch) == [.stored, .queued, .refused, .refused])
        },
        Contract("what cannot be understood is parked at once, and takes no room", { $0.inboxCapacity = 1 }) {
            store async throws in
            var record = delivery("a", at: 5)
            record.parkedBecause = "not a JSON object"
            #expect(try await store.inbox.accept([record, record]) == [.settled, .duplicate])
            #expect(try await store.inbox.find(DeliveryID("a"))?.state == .parked(at: at(5)))
            #expect(try await store.inbox.find(DeliveryID("a"))?.reason == "not a JSON object")
            #expect(try await store.inbox.claimedID(at: 9) == nil)
            #expect(try await store.inbox.accept([delivery("b"), delivery("c")]) == [.stored, .refused])
        },
        Contract("a parked delivery that comes again is taken up behind the others", { $0.inboxCapacity = 3 }) {
            store in
            _ = try await store.inbox.accept([delivery("a"), delivery("b")])
            let claimed = try #require(try await store.inbox.claim(now: at(1), leaseSeconds: 60))
            try await store.inbox.park(claimed.lease, because: "gave up", now: at(2))
            #expect(try await store.inbox.accept([delivery("a", at: 3, body: [7])]) == [.takenUpAgain])
            let found = try await store.inbox.find(DeliveryID("a"))
            #expect(found?.state == .waiting(notBefore: nil))
            #expect(found?.record.body == [7])
            #expect(found?.attempts == 0)
            #expect(try await store.inbox.claimedID(at: 4) == "b")
            #expect(try await store.inbox.claimedID(at: 5) == nil)
        },
        Contract("a full inbox takes nothing up", { $0.inboxCapacity = 1 }) { store async throws in
            _ = try await store.inbox.accept([delivery("a")])
            let claimed = try #require(try await store.inbox.claim(now: at(1), leaseSeconds: 60))
            try await store.inbox.park(claimed.lease, because: "gave up", now: at(2))
            #expect(try await store.inbox.accept([delivery("b"), delivery("a")]) == [.stored, .refused])
            #expect(try await store.inbox.find(DeliveryID("a"))?.state == .parked(at: at(2)))
        },
        Contract("an operator takes up what is parked or finished, and nothing else") { store async throws in
            _ = try await store.inbox.accept([delivery("a")])
            #expect(try await store.inbox.takeUp(DeliveryID("a")) == false)
            let claimed = try #require(try await store.inbox.claim(now: at(1), leaseSeconds: 60))
            #expect(try await store.inbox.takeUp(DeliveryID("a")) == false)
            try await store.inbox.finish(claimed.lease, now: at(2))
            #expect(try await store.inbox.takeUp(DeliveryID("a")) == true)
            #expect(try await store.inbox.takeUp(DeliveryID("unknown")) == false)
            #expect(try await store.inbox.claimedID(at: 3) == "a")
        },
        Contract("known IDs are told from others") { store async throws in
            _ = try await store.inbox.accept([delivery("a"), delivery("b")])
            let ids = ["a", "b", "c"].map { DeliveryID($0) }
            #expect(try await store.inbox.known(among: ids) == Set(ids.prefix(2)))
            #expect(try await store.inbox.known(among: []) == [])
        },
        Contract("it says how full it is and how far behind") { store async throws in
            let empty = try await store.inbox.counts()
            #expect(empty.waiting == 0 && empty.leased == 0 && empty.parked == 0 && empty.oldestReceivedAt == nil)
            var parked = delivery("p", at: 1)
            parked.parkedBecause = "no"
            let batch = [
                delivery("a", lane: "1", at: 2), delivery("b", lane: "2", at: 3), delivery("c", at: 4), parked,
            ]
            _ = try await store.inbox.accept(batch)
            let claimed = try #require(try await store.inbox.claim(now: at(5), leaseSeconds: 60))
            let counts = try await store.inbox.counts()
            #expect(counts.waiting == 2 && counts.leased == 1 && counts.parked == 1)
            #expect(counts.oldestReceivedAt == at(2))
            try await store.inbox.finish(claimed.lease, now: at(6))
            #expect(try await store.inbox.counts().oldestReceivedAt == at(3))
        },
        Contract("deliveries are forgotten in time, parked ones in theirs") { store async throws in
            _ = try await store.inbox.accept(["a", "b", "c", "d"].map { delivery($0, lane: $0) })
            for (index, id) in ["a", "b", "c"].enumerated() {
                let claimed = try #require(try await store.inbox.claim(now: at(1), leaseSeconds: 60))
                #expect(claimed.lease.id.text == id)
                try await store.inbox.finish(claimed.lease, now: at(10 + Double(index)))
            }
            let last = try #require(try await store.inbox.claim(now: at(1), leaseSeconds: 60))
            try await store.inbox.park(last.lease, because: "no", now: at(2))
            #expect(try await store.inbox.prune(finishedBefore: at(12), parkedBefore: at(2), limit: 1) == 1)
            #expect(try await store.inbox.find(DeliveryID("a")) == nil)
            #expect(try await store.inbox.prune(finishedBefore: at(12), parkedBefore: at(2), limit: 10) == 1)
            #expect(try await store.inbox.prune(finishedBefore: at(12), parkedBefore: at(2), limit: 10) == 0)
            #expect(try await store.inbox.find(DeliveryID("c")) != nil)
            #expect(try await store.inbox.parked(limit: 10).map(\.record.id.text) == ["d"])
            #expect(try await store.inbox.accept([delivery("a")]) == [.stored])
            #expect(try await store.inbox.prune(finishedBefore: at(99), parkedBefore: at(99), limit: 1) == 1)
            #expect(try await store.inbox.prune(finishedBefore: at(99), parkedBefore: at(99), limit: 9) == 1)
            #expect(try await store.inbox.parked(limit: 10) == [])
        },
        Contract("a parked delivery gives way to what is about the same or signed for the same alone") {
            store async throws in
            func offered(_ repository: String?, _ signedFor: String?, _ body: UInt8) -> DeliveryRecord {
                var record = delivery("a", body: [body])
                (record.repository, record.signedFor) = (repository, signedFor)
                return record
            }
            func parked(_ record: DeliveryRecord) async throws -> any Inbox {
                let inbox = store.inbox
                _ = try await inbox.accept([record])
                let claimed = try #require(try await inbox.claim(now: at(1), leaseSeconds: 60))
                try await inbox.park(claimed.lease, because: "gave up", now: at(2))
                return inbox
            }
            let inbox = try await parked(offered("o/r", "o", 1))
            #expect(try await inbox.accept([offered("x/r", "x", 2)]) == [.duplicate])
            #expect(try await inbox.accept([offered(nil, "x", 2)]) == [.duplicate])
            #expect(try await inbox.find(DeliveryID("a"))?.record.body == [1])
            #expect(try await inbox.accept([offered("O/R", "*", 3)]) == [.takenUpAgain])
            #expect(try await inbox.find(DeliveryID("a"))?.record.signedFor == "*")
            _ = try await parked(offered("o/r", "*", 3))
            #expect(try await inbox.accept([offered(nil, "*", 4)]) == [.takenUpAgain])
            #expect(try await inbox.find(DeliveryID("a"))?.record.body == [4])
        },
        Contract("claims are counted anew when a delivery is taken up, leases are not") { store async throws in
            let inbox = store.inbox
            _ = try await inbox.accept([delivery("a")])
            for count in 1...3 {
                let claimed = try #require(try await inbox.claim(now: at(1), leaseSeconds: 60))
                #expect(claimed.claims == count)
                let later = Postponement(until: at(1), reason: "x", countsAsAttempt: false)
                try await inbox.postpone(claimed.lease, later, now: at(1))
            }
            let last = try #require(try await inbox.claim(now: at(1), leaseSeconds: 60))
            try await inbox.park(last.lease, because: "no", now: at(2))
            #expect(try await inbox.takeUp(DeliveryID("a")))
            let again = try #require(try await inbox.claim(now: at(3), leaseSeconds: 60))
            #expect(again.claims == 1)
            #expect(again.lease.number == 5)
        },
    ]
}
