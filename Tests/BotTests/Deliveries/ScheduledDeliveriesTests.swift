import BotCore
import Foundation
import Persistence
import Testing

@testable import Bot

@Suite("What the bot wants to look at later, and what it forgets")
struct ScheduledDeliveriesTests {
    private func later(_ id: String) -> LaterDelivery {
        LaterDelivery(
            id: id, event: "pull_request", repository: "acme/registry", lane: "acme/registry#7",
            payload: pullRequestPayload("synchronize"))
    }

    private func scheduled(_ shop: Workshop) -> ScheduledDeliveries {
        ScheduledDeliveries(
            schedules: shop.store.schedules, inbox: shop.store.inbox, bell: WorkBell(), now: { shop.now },
            logger: shop.log.logger())
    }

    @Test("it is stored when its time has come, and worked on as any other delivery")
    func due() async throws {
        let seen = SeenEvents()
        try await withWorkshop(seen) { shop in
            let key = JobKey("reprobe:acme/registry#7")
            try await shop.store.schedules.schedule(
                try later("reprobe-1").job(key: key, dueAt: testTime.addingTimeInterval(600)))
            #expect(try await scheduled(shop).runOnce() == .seconds(600))
            #expect(try await shop.workers.runOnce() == false)
            shop.move(by: 600)
            #expect(try await scheduled(shop).runOnce() == nil)
            #expect(try await shop.workers.runOnce())
            #expect(seen.all == ["reprobe-1 head aaaaaaa"])
            #expect(try await shop.store.inbox.find(DeliveryID("reprobe-1"))?.record.source == "schedule")
        }
    }

    @Test("a kill between storing it and striking it off stores it once")
    func storedTwice() async throws {
        let seen = SeenEvents()
        try await withWorkshop(seen) { shop in
            let delivery = later("reprobe-1")
            try await shop.store.schedules.schedule(try delivery.job(key: JobKey("k"), dueAt: testTime))
            _ = try await shop.store.inbox.accept([delivery.record(receivedAt: testTime)])
            _ = try await scheduled(shop).runOnce()
            while try await shop.workers.runOnce() {}
            #expect(seen.all.count == 1)
            #expect(try await shop.store.schedules.all(limit: 10).isEmpty)
        }
    }

    @Test("a job that cannot be read is dropped with a line in the log")
    func unreadable() async throws {
        try await withWorkshop(IdleHandler()) { shop in
            try await shop.store.schedules.schedule(ScheduledJob(key: JobKey("k"), dueAt: testTime, payload: [1, 2]))
            _ = try await scheduled(shop).runOnce()
            #expect(try await shop.store.schedules.all(limit: 10).isEmpty)
            #expect(shop.log.lines.contains { $0.contains(" error ") && $0.contains("job=k") })
        }
    }

    @Test("what is done is forgotten after its days, in portions, and what waits or is parked is kept")
    func pruned() async throws {
        try await withWorkshop(IdleHandler()) { shop in
            let count = InboxPruning.batchCount + 10
            let old = (0..<count).map { number in
                var record = DeliveryRecord(
                    id: DeliveryID("old-\(number)"), event: "star", source: "s", lane: Lane("ignored"),
                    receivedAt: testTime, body: [])
                record.ignoredBecause = "nothing depends on it"
                return record
            }
            _ = try await shop.store.inbox.accept(old)
            var parked = DeliveryRecord(
                id: DeliveryID("parked"), event: "star", source: "s", lane: Lane("p"), receivedAt: testTime, body: [])
            parked.parkedBecause = "it is no JSON"
            _ = try await shop.store.inbox.accept([parked])
            try await shop.accept("waiting")
            let pruning = InboxPruning(
                store: shop.store, retentionDays: 30, now: { shop.now }, logger: shop.log.logger())
            shop.move(by: 30 * 86_400)
            #expect(try await pruning.runOnce() == 0)
            shop.move(by: 1)
            #expect(try await pruning.runOnce() == count)
            #expect(try await shop.store.inbox.counts().parked == 1)
            #expect(try await shop.store.inbox.counts().waiting == 1)
            shop.move(by: 60 * 86_400)
            #expect(try await pruning.runOnce() == 1)
            #expect(try await shop.store.inbox.counts().parked == 0)
            #expect(try await shop.store.inbox.counts().waiting == 1)
        }
    }

    @Test("rates that count nothing any more are forgotten, other places are not")
    func prunedRates() async throws {
        try await withWorkshop(IdleHandler()) { shop in
            let rates = StoredRates(cursors: shop.store.cursors, now: { shop.now })
            let subject = StoredRates.Subject.conversation(lane: "acme/registry#7")
            _ = try await rates.take(Marker(kind: "command", fields: ["comment": "1"]), for: subject)
            #expect(try await rates.isNews(subject, until: shop.now))
            try await shop.store.cursors.move(MissedDeliveries.cursor, to: "1", now: shop.now)
            let pruning = InboxPruning(
                store: shop.store, retentionDays: 30, now: { shop.now }, logger: shop.log.logger())
            let names = ["commands:acme/registry#7", "told:commands:acme/registry#7", MissedDeliveries.cursor.text]
            func known() async throws -> [String] {
                var known: [String] = []
                for name in names where try await shop.store.cursors.position(of: CursorName(name)) != nil {
                    known.append(name)
                }
                return known
            }
            try await pruning.runOnce()
            let before = try await known()
            #expect(before == names)
            shop.move(by: 86_401)
            try await pruning.runOnce()
            #expect(try await known() == [MissedDeliveries.cursor.text])
        }
    }

    @Test("commands that are counted at the same time are all counted")
    func ratesAtOnce() async throws {
        try await withWorkshop(IdleHandler()) { shop in
            let rates = StoredRates(cursors: shop.store.cursors, now: { shop.now })
            let refused = try await withThrowingTaskGroup(of: Date?.self) { group in
                for number in 0..<50 {
                    group.addTask {
                        try await rates.take(
                            Marker(kind: "command", fields: ["comment": "\(number)"]),
                            for: .person(AccountID(rawValue: 1)))
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 == nil ? 0 : 1 }
            }
            #expect(refused == 50 - CommandRate.perPersonPerHour)
        }
    }
}
