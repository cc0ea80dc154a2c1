import Foundation
import GRDB
import TestSupport
import Testing

@testable import Persistence

@Suite("Deliveries that come together are stored together, and each gets its own answer")
struct InboxBatcherTests {
    @Test("every caller gets the outcome of its own delivery")
    func ownOutcome() async throws {
        try await withStore { store, _ in
            _ = try await store.inbox.accept([delivery("known")])
            let batcher = InboxBatcher(inbox: store.inbox)
            try await withThrowingTaskGroup(of: (String, AcceptOutcome)?.self) { group in
                group.addTask {
                    await batcher.run()
                    return nil
                }
                for index in 0..<300 {
                    let id = index.isMultiple(of: 3) ? "known" : "\(index)"
                    group.addTask { (id, try await batcher.accept(delivery(id))) }
                }
                for _ in 0..<300 {
                    let (id, outcome) = try #require(try await group.next() ?? nil)
                    #expect(outcome == (id == "known" ? .duplicate : .queued))
                }
                batcher.drain()
                try await group.waitForAll()
            }
            #expect(try await store.inbox.counts().waiting == 201)
        }
    }

    @Test("one transaction takes 128, the next what is left")
    func batchCount() async throws {
        try await withStore { store, _ in
            let batcher = InboxBatcher(inbox: store.inbox)
            try await withThrowingTaskGroup(of: AcceptOutcome.self) { group in
                for index in 0..<300 { group.addTask { try await batcher.accept(delivery("\(index)")) } }
                #expect(await batcher.arrival(of: 300))
                #expect(await batcher.commitOnce() == 128)
                #expect(try await store.inbox.counts().waiting == 128)
                #expect(await batcher.commitOnce() == 128)
                #expect(await batcher.commitOnce() == 44)
                #expect(await batcher.commitOnce() == 0)
                for try await outcome in group { #expect(outcome.isNew) }
            }
        }
    }

    @Test("a batch that is full does not wait any longer, and neither does one when the program stops")
    func fullBatch() async throws {
        try await withStore { store, _ in
            var limits = InboxBatchLimits()
            limits.maxBatchCount = 3
            limits.gatherTime = .seconds(86_400)
            let batcher = InboxBatcher(inbox: store.inbox, limits: limits)
            try await withThrowingTaskGroup(of: AcceptOutcome?.self) { group in
                group.addTask {
                    await batcher.run()
                    return nil
                }
                for index in 0..<6 { group.addTask { try await batcher.accept(delivery("\(index)")) } }
                for _ in 0..<6 { #expect(try await group.next()??.isNew == true) }
                group.addTask { try await batcher.accept(delivery("last")) }
                // Whether it arrives before or after the end, it is answered: stored, or told that it is too late.
                batcher.drain()
                do {
                    try await group.waitForAll()
                } catch InboxBatcherError.closed {
                    #expect(try await store.inbox.find(DeliveryID("last")) == nil)
                }
            }
        }
    }

    @Test("when the transaction fails, all in it hear the same, and the next one is tried all the same")
    func failure() async throws {
        try await withStore { store, _ in
            let batcher = InboxBatcher(inbox: store.inbox)
            try await withThrowingTaskGroup(of: (any Error)?.self) { group in
                let pages = "PRAGMA max_page_count = "
                try await store.database.pool.writeWithoutTransaction { try $0.execute(sql: pages + "1") }
                var generator = SplitMix64(seed: 1)
                for index in 0..<20 {
                    // Random bytes, which compressing makes no fewer.
                    let body = (0..<50_000).map { _ in UInt8.random(in: 0...255, using: &generator) }
                    group.addTask { await refusal(batcher, delivery("\(index)", body: body)) }
                }
                #expect(await batcher.arrival(of: 20))
                #expect(await batcher.commitOnce() == 20)
                for try await error in group { #expect(error as? StoreError == .diskFull) }
                #expect(try await store.inbox.counts().waiting == 0)
                try await store.database.pool.writeWithoutTransaction { try $0.execute(sql: pages + "100000") }
                group.addTask { await refusal(batcher, delivery("0")) }
                #expect(await batcher.arrival())
                await batcher.commitOnce()
                #expect(try await group.next().flatMap(\.self) == nil)
            }
            #expect(try await store.inbox.counts().waiting == 1)
        }
    }

    @Test("a caller that is cancelled while it waits is let go, and its delivery is not stored")
    func cancelledWhileWaiting() async throws {
        try await withStore { store, _ in
            let batcher = InboxBatcher(inbox: store.inbox)
            await withTaskGroup(of: (any Error)?.self) { group in
                group.addTask { await refusal(batcher, delivery("a")) }
                #expect(await batcher.arrival())
                group.cancelAll()
                #expect(await group.next().flatMap(\.self) is CancellationError)
                group.addTask { await refusal(batcher, delivery("b")) }
                #expect(await group.next().flatMap(\.self) is CancellationError)
            }
            #expect(await batcher.commitOnce() == 0)
            let waiting = try await store.inbox.counts().waiting
            #expect(waiting == 0)
        }
    }

    @Test("a caller that is cancelled during the transaction does not wait for its end")
    func cancelledDuringTransaction() async throws {
        try await withStore { store, folder in
            let batcher = InboxBatcher(inbox: store.inbox)
            let other = try await lockedDatabase(in: folder)
            async let committed = batcher.arrival() ? batcher.commitOnce() : 0
            await withTaskGroup(of: (any Error)?.self) { group in
                group.addTask { await refusal(batcher, delivery("a")) }
                group.cancelAll()
                #expect(await group.next().flatMap(\.self) is CancellationError)
            }
            batcher.drain()
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            // It was in time for the transaction or it was not; either way the store is whole.
            let count = await committed
            let waiting = try await store.inbox.counts().waiting
            #expect(waiting == count)
            try other.close()
        }
    }

    @Test("draining stores what waits, then takes nothing more")
    func drain() async throws {
        try await withStore { store, _ in
            let batcher = InboxBatcher(inbox: store.inbox)
            await withTaskGroup(of: (any Error)?.self) { group in
                for index in 0..<200 { group.addTask { await refusal(batcher, delivery("\(index)")) } }
                #expect(await batcher.arrival(of: 200))
                batcher.drain()
                await batcher.run()
                for await error in group { #expect(error == nil) }
            }
            let waiting = try await store.inbox.counts().waiting
            #expect(waiting == 200)
            #expect(await refusal(batcher, delivery("late")) as? InboxBatcherError == .closed)
        }
    }

    @Test("when its task is cancelled, whoever waits is told")
    func cancelledRun() async throws {
        try await withStore { store, _ in
            let batcher = InboxBatcher(inbox: store.inbox)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { await batcher.run() }
                group.cancelAll()
                await group.waitForAll()
            }
            #expect(await refusal(batcher, delivery("late")) as? InboxBatcherError == .closed)
        }
    }

    @Test("so many may wait, and no more")
    func tooMany() async throws {
        try await withStore { store, _ in
            var limits = InboxBatchLimits()
            limits.maxWaitingCount = 2
            let batcher = InboxBatcher(inbox: store.inbox, limits: limits)
            await withTaskGroup(of: (any Error)?.self) { group in
                for index in 0..<2 { group.addTask { await refusal(batcher, delivery("\(index)")) } }
                #expect(await batcher.arrival(of: 2))
                #expect(await refusal(batcher, delivery("third")) as? InboxBatcherError == .tooManyWaiting(limit: 2))
                await batcher.commitOnce()
                for await error in group { #expect(error == nil) }
            }
        }
    }
}

/// How a delivery was not accepted; nil where it was.
private func refusal(_ batcher: InboxBatcher, _ record: DeliveryRecord) async -> (any Error)? {
    do {
        _ = try await batcher.accept(record)
        return nil
    } catch {
        return error
    }
}
