import Foundation
import Persistence
import Testing

extension Contract {
    /// What the inbox promises to workers.
    static let inboxWorking: [Contract] = [
        Contract("a lane is worked on in order, one at a time; other lanes go on beside it") { store async throws in
            let inbox = store.inbox
            _ = try await inbox.accept([
                delivery("a1", lane: "a"), delivery("a2", lane: "a"), delivery("b1", lane: "b"),
                delivery("b2", lane: "b"),
            ])
            let first = try #require(try await inbox.claim(now: at(1), leaseSeconds: 60))
            #expect(first.record.id.text == "a1")
            #expect(first.attempt == 1)
            #expect(first.lease.until == at(61))
            #expect(try await inbox.claimedID(at: 2) == "b1")
            #expect(try await inbox.claimedID(at: 3) == nil)
            try await inbox.finish(first.lease, now: at(4))
            #expect(try await inbox.claimedID(at: 5) == "a2")
            #expect(try await inbox.find(DeliveryID("a1"))?.state == .finished(at: at(4)))
        },
        Contract("a lease that has run out is over, also where nobody else has it") { store async throws in
            let inbox = store.inbox
            _ = try await inbox.accept([delivery("a"), delivery("b")])
            let old = try #require(try await inbox.claim(now: at(0), leaseSeconds: 60))
            await #expect(throws: LeaseLost.self) { try await inbox.finish(old.lease, now: at(60)) }
            #expect(try await inbox.claim(now: at(59), leaseSeconds: 60) == nil)
            let new = try #require(try await inbox.claim(now: at(60), leaseSeconds: 60))
            #expect(new.record.id.text == "a")
            #expect(new.attempt == 2)
            #expect(new.lease.number > old.lease.number)
            for now in [at(59), at(61)] {
                await #expect(throws: LeaseLost.self) { try await inbox.finish(old.lease, now: now) }
                await #expect(throws: LeaseLost.self) { try await inbox.park(old.lease, because: "x", now: now) }
                await #expect(throws: LeaseLost.self) {
                    try await inbox.postpone(old.lease, Postponement(until: at(99), reason: "x"), now: now)
                }
                await #expect(throws: LeaseLost.self) {
                    _ = try await inbox.renew(old.lease, now: now, leaseSeconds: 60)
                }
            }
            try await inbox.finish(new.lease, now: at(119))
            await #expect(throws: LeaseLost.self) { try await inbox.finish(new.lease, now: at(119)) }
        },
        Contract("a renewed lease holds longer, and replaces the one before") { store async throws in
            let inbox = store.inbox
            _ = try await inbox.accept([delivery("a")])
            let claimed = try #require(try await inbox.claim(now: at(0), leaseSeconds: 60))
            let renewed = try await inbox.renew(claimed.lease, now: at(50), leaseSeconds: 60)
            #expect(renewed.until == at(110))
            #expect(try await inbox.claimedID(at: 100) == nil)
            await #expect(throws: LeaseLost.self) { try await inbox.finish(claimed.lease, now: at(55)) }
            try await inbox.finish(renewed, now: at(109))
        },
        Contract("a postponed delivery holds up its lane until its time, and others not") { store async throws in
            let inbox = store.inbox
            _ = try await inbox.accept([delivery("a1", lane: "a"), delivery("a2", lane: "a"), delivery("b", lane: "b")])
            let first = try #require(try await inbox.claim(now: at(0), leaseSeconds: 60))
            try await inbox.postpone(first.lease, Postponement(until: at(30), reason: "GitHub said 502"), now: at(1))
            #expect(try await inbox.find(DeliveryID("a1"))?.state == .waiting(notBefore: at(30)))
            #expect(try await inbox.nextDue(now: at(1)) == at(30))
            #expect(try await inbox.claimedID(at: 29) == "b")
            #expect(try await inbox.claimedID(at: 29.999) == nil)
            let again = try #require(try await inbox.claim(now: at(30), leaseSeconds: 60))
            #expect(again.record.id.text == "a1")
            #expect(again.attempt == 2)
            #expect(again.lastReason == "GitHub said 502")
            #expect(try await inbox.claimedID(at: 31) == nil)
        },
        Contract(
            "what comes new lets a lane whose work has failed be tried at once, and one that waits for a limit not"
        ) {
            store async throws in
            let inbox = store.inbox
            for isFault in [true, false] {
                let lane = isFault ? "failed" : "limited"
                _ = try await inbox.accept([delivery("\(lane)1", lane: lane)])
                let first = try #require(try await inbox.claim(now: at(0), leaseSeconds: 60))
                let wait = Postponement(until: at(3_600), reason: "GitHub said no", countsAsAttempt: isFault)
                try await inbox.postpone(first.lease, wait, now: at(1))
                #expect(try await inbox.claimedID(at: 2) == nil)
                _ = try await inbox.accept([delivery("\(lane)2", lane: lane)])
                #expect(try await inbox.claimedID(at: 3) == (isFault ? "failed1" : nil))
            }
        },
        Contract("an attempt that was nobody's fault is not counted") { store async throws in
            let inbox = store.inbox
            _ = try await inbox.accept([delivery("a")])
            for _ in 0..<3 {
                let claimed = try #require(try await inbox.claim(now: at(1), leaseSeconds: 60))
                #expect(claimed.attempt == 1)
                let stop = Postponement(until: at(1), reason: "the server stops", countsAsAttempt: false)
                try await inbox.postpone(claimed.lease, stop, now: at(1))
            }
            let claimed = try #require(try await inbox.claim(now: at(1), leaseSeconds: 60))
            #expect(claimed.attempt == 1)
            #expect(claimed.lease.number == 4)
        },
        Contract("a parked delivery lets its lane go on, and stays to be seen") { store async throws in
            let inbox = store.inbox
            _ = try await inbox.accept([delivery("a"), delivery("b")])
            let first = try #require(try await inbox.claim(now: at(0), leaseSeconds: 60))
            try await inbox.park(first.lease, because: "tried 8 times", now: at(1))
            #expect(try await inbox.claimedID(at: 2) == "b")
            let parked = try await inbox.parked(limit: 10)
            #expect(parked.map(\.record.id.text) == ["a"])
            #expect(parked.first?.reason == "tried 8 times")
            #expect(parked.first?.state == .parked(at: at(1)))
            #expect(try await inbox.parked(limit: 0) == [])
        },
        Contract("what waits behind a delivery is told, of the same lane and kind alone") { store async throws in
            let inbox = store.inbox
            _ = try await inbox.accept([
                delivery("a1", lane: "a", kind: "check"), delivery("a2", lane: "a", kind: "check"),
                delivery("a3", lane: "a", kind: "command"), delivery("b", lane: "b", kind: "check"),
                delivery("a4", lane: "a"), delivery("a5", lane: "a", kind: "check", at: 9),
            ])
            let first = try #require(try await inbox.claim(now: at(1), leaseSeconds: 60))
            let newer = try await inbox.newer(than: first.lease)
            #expect(newer.map(\.id.text) == ["a2", "a5"])
            #expect(newer.last?.receivedAt == at(9))
            #expect(newer.last?.event == "pull_request")
        },
        Contract("a delivery without a kind stands for itself") { store async throws in
            _ = try await store.inbox.accept([delivery("a"), delivery("b")])
            let first = try #require(try await store.inbox.claim(now: at(1), leaseSeconds: 60))
            #expect(try await store.inbox.newer(than: first.lease) == [])
        },
        Contract("work may cover what waits in the same lane, and nothing else") { store async throws in
            let inbox = store.inbox
            _ = try await inbox.accept([
                delivery("a1", lane: "a"), delivery("a2", lane: "a"), delivery("a3", lane: "a"),
                delivery("b", lane: "b"),
            ])
            let first = try #require(try await inbox.claim(now: at(1), leaseSeconds: 60))
            let covered = ["a2", "b", "unknown", "a1"].map { DeliveryID($0) }
            try await inbox.finish(first.lease, covering: covered, now: at(2))
            #expect(try await inbox.find(DeliveryID("a2"))?.state == .finished(at: at(2)))
            #expect(try await inbox.find(DeliveryID("a2"))?.reason == "done together with a1")
            #expect(try await inbox.find(DeliveryID("b"))?.state == .waiting(notBefore: nil))
            #expect(try await inbox.claimedID(at: 3) == "a3")
        },
        Contract("a lost lease covers nothing") { store async throws in
            let inbox = store.inbox
            _ = try await inbox.accept([delivery("a1"), delivery("a2")])
            let first = try #require(try await inbox.claim(now: at(1), leaseSeconds: 1))
            await #expect(throws: LeaseLost.self) {
                try await inbox.finish(first.lease, covering: [DeliveryID("a2")], now: at(3))
            }
            #expect(try await inbox.find(DeliveryID("a2"))?.state == .waiting(notBefore: nil))
        },
        Contract("it says when something will be due") { store async throws in
            let inbox = store.inbox
            #expect(try await inbox.nextDue(now: at(0)) == nil)
            _ = try await inbox.accept([delivery("a", lane: "a"), delivery("b", lane: "b")])
            #expect(try await inbox.nextDue(now: at(0)) == nil)
            let first = try #require(try await inbox.claim(now: at(0), leaseSeconds: 60))
            _ = try #require(try await inbox.claim(now: at(0), leaseSeconds: 45))
            #expect(try await inbox.nextDue(now: at(0)) == at(45))
            try await inbox.postpone(first.lease, Postponement(until: at(20), reason: "x"), now: at(1))
            #expect(try await inbox.nextDue(now: at(1)) == at(20))
        },
        Contract("a clock that steps back holds nothing up") { store async throws in
            _ = try await store.inbox.accept([delivery("a", at: 300)])
            #expect(try await store.inbox.claimedID(at: 0) == "a")
        },
        Contract("times beyond any calendar are kept within it") { store async throws in
            let inbox = store.inbox
            _ = try await inbox.accept([delivery("a")])
            let claimed = try #require(try await inbox.claim(now: at(0), leaseSeconds: .max))
            #expect(claimed.lease.until > at(0))
            try await inbox.postpone(claimed.lease, Postponement(until: .distantFuture, reason: "x"), now: .distantPast)
            #expect(try await inbox.claimedID(at: 0) == nil)
        },
    ]
}
