import BotCore
import Foundation
import Persistence
import Synchronization
import TestSupport
import Testing

@testable import Bot

@Suite("The work on deliveries")
struct DeliveryWorkersTests {
    @Test("what failed is tried again after a while, and parked after too many attempts")
    func backoffAndPark() async throws {
        try await withWorkshop(FailingHandler()) { shop in
            try await shop.accept("g-1")
            var waits: [Double] = []
            for _ in 1..<12 {
                #expect(try await shop.workers.runOnce())
                let due = try #require(try await shop.store.inbox.nextDue(now: shop.now))
                waits.append(due.timeIntervalSince(shop.now))
                #expect(try await shop.workers.runOnce() == false)
                shop.move(to: due)
            }
            #expect(waits == [10, 30, 90, 270, 810, 2430, 3600, 3600, 3600, 3600, 3600])
            #expect(try await shop.workers.runOnce())
            let stored = try #require(try await shop.store.inbox.find(DeliveryID("g-1")))
            #expect(stored.state == .parked(at: shop.now))
            #expect(stored.reason == "12 attempts failed: the moon is full")
            #expect(FailingHandler.lastAttempts.withLock { $0 } == [12])
        }
    }

    @Test("the wait before another attempt grows threefold up to an hour, and chance spreads it")
    func backoff() {
        let limits = WorkLimits()
        #expect(limits.backoffSeconds(afterAttempt: 1, jitter: 0) == 5)
        #expect(limits.backoffSeconds(afterAttempt: 1, jitter: 1) == 15)
        #expect(limits.backoffSeconds(afterAttempt: 2, jitter: 0.5) == 30)
        #expect(limits.backoffSeconds(afterAttempt: .max, jitter: 7) == 5400)
        #expect(limits.backoffSeconds(afterAttempt: .min, jitter: -7) == 5)
    }

    @Test("a delivery whose work ended the program each time is parked in the end")
    func poison() async throws {
        try await withWorkshop(IdleHandler()) { shop in
            try await shop.accept("g-1")
            for _ in 0..<WorkLimits().maxBegun {
                #expect(try await shop.store.inbox.claim(now: shop.now, leaseSeconds: 60) != nil)
                shop.move(by: 61)
            }
            #expect(try await shop.workers.runOnce())
            #expect(try await shop.store.inbox.counts().parked == 1)
        }
    }

    @Test("what waits for a time is no failed attempt, and has an end all the same")
    func postponed() async throws {
        try await withWorkshop(WaitingHandler(), { $0.maxClaims = 20 }) { shop in
            try await shop.accept("g-1")
            for _ in 0..<20 {
                #expect(try await shop.workers.runOnce())
                #expect(try await shop.store.inbox.counts().waiting == 1)
                shop.move(by: 60)
            }
            #expect(try await shop.workers.runOnce())
            #expect(try await shop.store.inbox.counts().parked == 1)
            // Whoever takes it up gives it all of that again.
            #expect(try await shop.store.inbox.takeUp(DeliveryID("g-1")))
            for _ in 0..<20 {
                #expect(try await shop.workers.runOnce())
                #expect(try await shop.store.inbox.counts().waiting == 1)
                shop.move(by: 60)
            }
        }
    }

    @Test("a reminder that waits with what somebody caused is done along and not in its place")
    func reminderBesideNews() async throws {
        let repository = EventRepository(
            id: RepositoryID(rawValue: 21), name: try #require(RepositoryName("acme/registry")), isPrivate: false)
        let reminder = LookAgainEvent(
            repository: repository, number: 7, head: try #require(ObjectSHA(String(repeating: "a", count: 40))),
            round: 1,
            installationID: nil
        ).payload
        let seen = SeenEvents()
        try await withWorkshop(seen) { shop in
            let news = pullRequestPayload("synchronize", head: String(repeating: "5", count: 40))
            try await shop.accept("g-1", news)
            try await shop.accept("again-1", reminder, event: LookAgainEvent.name)
            #expect(try await shop.workers.runOnce())
            try await shop.accept("again-2", reminder, event: LookAgainEvent.name)
            try await shop.accept("g-2", news)
            try await shop.accept("again-3", reminder, event: LookAgainEvent.name)
            #expect(try await shop.workers.runOnce())
            #expect(try await shop.workers.runOnce() == false)
            #expect(seen.all == ["g-1 head 5555555", "again-2 head 5555555"])
        }
    }

    @Test("checks of one pull request that wait are done as one, by the newest; commands are not")
    func coalesced() async throws {
        let seen = SeenEvents()
        try await withWorkshop(seen) { shop in
            try await shop.accept("g-1", pullRequestPayload(head: String(repeating: "1", count: 40)))
            try await shop.accept("g-2", commentPayload("/check-bucket"), event: "issue_comment")
            try await shop.accept("g-3", pullRequestPayload("synchronize", head: String(repeating: "3", count: 40)))
            try await shop.accept("g-4", commentPayload("/check-bucket help"), event: "issue_comment")
            try await shop.accept("g-5", pullRequestPayload("synchronize", head: String(repeating: "5", count: 40)))
            try await shop.accept("other", pullRequestPayload(number: 8))
            while try await shop.workers.runOnce() {}
            #expect(
                seen.all == [
                    "g-1 head 5555555", "g-2 /check-bucket", "g-4 /check-bucket help", "other head aaaaaaa",
                ])
            #expect(try await shop.store.inbox.counts().waiting == 0)
        }
    }

    @Test("a lane's deliveries are worked on in order and one at a time, several lanes at once")
    func lanes() async throws {
        let handler = MeetingHandler()
        var plan = ServerPlan()
        plan.handler = handler
        plan.settings.work.workers = 4
        try await withBotServer(plan) { bot in
            for round in 0..<5 {
                for number in 1...4 {
                    let body = commentPayload("/check-bucket \(round)", number: number)
                    let request = try WebhookRequest(id: "g-\(number)-\(round)", event: "issue_comment", body: body)
                    #expect(try await bot.answer(to: request).status == 200)
                }
            }
            // The handler lets nobody on until two lanes are worked on at once.
            await handler.finished(20)
            #expect(handler.order.allSatisfy { $0.value == Array(0..<5) })
            #expect(handler.order.count == 4)
            #expect(!handler.hasOverlapped)
        }
    }

    @Test("at a stop work that goes on for too long is handed back, and no attempt is counted")
    func handedBack() async throws {
        let handler = StuckHandler()
        var plan = ServerPlan()
        plan.handler = handler
        plan.settings.work.workers = 1
        plan.settings.work.stopSeconds = 0
        try await withBotServer(plan) { bot in
            _ = try await bot.answer(to: try WebhookRequest(event: "pull_request", body: pullRequestPayload()))
            await handler.begun()
        } afterwards: { store in
            let stored = try #require(try await store.inbox.find(DeliveryID("g-1")))
            #expect(stored.state == .waiting(notBefore: testTime))
            #expect(stored.attempts == 0)
        }
    }

    @Test("work on a delivery that another process has taken is broken off, and changes nothing")
    func leaseLost() async throws {
        let handler = StuckHandler()
        try await withWorkshop(handler, { $0.leaseSeconds = 0 }) { shop in
            try await shop.accept("g-1")
            // A lease of no length is over at once, so the first renewal finds it lost.
            #expect(try await shop.workers.runOnce())
            #expect(try await shop.store.inbox.find(DeliveryID("g-1"))?.attempts == 1)
            #expect(shop.log.lines.contains { $0.contains("taken by another process") })
        }
    }
}
