import Foundation
import Persistence
import Synchronization
import TestSupport
import Testing

@Suite("Lanes are kept in order whatever happens")
struct LaneOrderTests {
    @Test("for any schedule of storing, working, failing and dying the inbox does what a simple list does")
    func likeAList() async throws {
        try await withStore { store, _ in
            for seed in UInt64(0)..<40 {
                var run = LaneRun(inbox: store.inbox, seed: seed)
                for _ in 0..<60 { try await run.step() }
                try await run.drain()
                #expect(run.model.open.isEmpty, "seed \(seed)")
                let counts = try await store.inbox.counts()
                #expect(counts.waiting + counts.leased == 0, "seed \(seed)")
            }
            #expect(try await store.integrityIssues() == [])
        }
    }

    @Test("eight workers over two connections to one file lose nothing, and never have one lane twice")
    func manyWorkers() async throws {
        try await withStore { first, folder in
            let second = try await SQLiteStore(path: folder.appending(path: "test.sqlite").path)
            let all = (0..<240).map { delivery("\($0)", lane: "\($0 % 7)") }
            _ = try await first.inbox.accept(all)
            let log = LaneLog()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for worker in 0..<8 {
                    let inbox = worker.isMultiple(of: 2) ? first.inbox : second.inbox
                    group.addTask {
                        while true {
                            guard let claimed = try await inbox.claim(now: at(1), leaseSeconds: 60) else {
                                // Nothing is left, or what is left stands in lanes that others have.
                                if try await inbox.counts().waiting == 0 { return }
                                continue
                            }
                            let lane = claimed.record.lane.name
                            #expect(log.begin(lane, claimed.lease.id.text), "lane \(lane) was given out twice")
                            await Task.yield()
                            log.end(lane)
                            try await inbox.finish(claimed.lease, now: at(2))
                        }
                    }
                }
                try await group.waitForAll()
            }
            for lane in 0..<7 {
                let expected = (0..<240).filter { $0 % 7 == lane }.map { "\($0)" }
                #expect(log.seen("\(lane)") == expected)
            }
            try await second.close()
        }
    }
}

/// What several workers saw.
private final class LaneLog: Sendable {
    private let order = Mutex<[String: [String]]>([:])
    private let busy = Mutex<Set<String>>([])

    /// Notes that work on a lane begins; whether nobody else is at it.
    func begin(_ lane: String, _ id: String) -> Bool {
        order.withLock { $0[lane, default: []].append(id) }
        return busy.withLock { $0.insert(lane).inserted }
    }

    func end(_ lane: String) { _ = busy.withLock { $0.remove(lane) } }

    func seen(_ lane: String) -> [String]? { order.withLock { $0[lane] } }
}

/// One random schedule, held against the model step by step.
private struct LaneRun {
    let inbox: any Inbox
    let seed: UInt64
    var random: SplitMix64
    var model = LaneModel()
    var leases: [String: DeliveryLease] = [:]
    var parked: [LaneModel.Entry] = []
    var now = 0
    var stored = 0

    init(inbox: any Inbox, seed: UInt64) {
        self.inbox = inbox
        self.seed = seed
        random = SplitMix64(seed: seed)
    }

    private var time: Date { at(Double(now)) }

    mutating func step() async throws {
        switch Int.random(in: 0..<10, using: &random) {
        case 0...2: try await accept()
        case 3...6: try await claim()
        case 7...8: try await endOne()
        default: now += Int.random(in: 1...80, using: &random)
        }
    }

    mutating func drain() async throws {
        for _ in 0..<1_000 where !model.open.isEmpty {
            now += 10
            try await claim()
            for id in leases.keys.sorted() { try await finish(id) }
        }
    }

    private mutating func accept() async throws {
        if Bool.random(using: &random), let entry = parked.popLast() {
            #expect(try await inbox.accept([delivery(entry.id, lane: entry.lane)]) == [.takenUpAgain], "seed \(seed)")
            model.open.append(LaneModel.Entry(id: entry.id, lane: entry.lane))
            return
        }
        let batch = (0..<Int.random(in: 1...4, using: &random)).map { index in
            LaneModel.Entry(id: "\(seed)-\(stored + index)", lane: "\(seed)-\(Int.random(in: 0..<4, using: &random))")
        }
        stored += batch.count
        // Everything here was put off because it failed, and what comes new lets it be tried at once.
        for waiting in model.open where waiting.leaseUntil == nil && batch.contains(where: { $0.lane == waiting.lane })
        {
            model.change(waiting.id) { $0.notBefore = 0 }
        }
        model.open += batch
        let outcomes = try await inbox.accept(batch.map { delivery($0.id, lane: $0.lane, at: Double(now)) })
        #expect(outcomes.allSatisfy { $0.isNew }, "seed \(seed)")
    }

    private mutating func claim() async throws {
        let expected = model.next(now: now)
        let claimed = try await inbox.claim(now: time, leaseSeconds: 50)
        #expect(claimed?.lease.id.text == expected, "seed \(seed) at \(now)")
        guard let claimed else { return }
        leases[claimed.lease.id.text] = claimed.lease
        model.change(claimed.lease.id.text) { $0.leaseUntil = now + 50 }
    }

    private mutating func endOne() async throws {
        guard let id = leases.keys.sorted().randomElement(using: &random), let lease = leases[id] else { return }
        let way = Int.random(in: 0..<4, using: &random)
        if way < 2 { return try await finish(id) }
        leases[id] = nil
        let isOver = lease.until <= time
        do {
            if way == 2 {
                let until = now + Int.random(in: 0...40, using: &random)
                let postponement = Postponement(until: at(Double(until)), reason: "again")
                try await inbox.postpone(lease, postponement, now: time)
                model.change(id) { entry in
                    entry.leaseUntil = nil
                    entry.notBefore = until
                }
            } else {
                try await inbox.park(lease, because: "enough", now: time)
                if let entry = model.remove(id) { parked.append(entry) }
            }
            #expect(!isOver, "seed \(seed)")
        } catch is LeaseLost {
            #expect(isOver, "seed \(seed)")
        }
    }

    private mutating func finish(_ id: String) async throws {
        guard let lease = leases.removeValue(forKey: id) else { return }
        let isOver = lease.until <= time
        do {
            try await inbox.finish(lease, now: time)
            #expect(!isOver, "seed \(seed)")
            _ = model.remove(id)
        } catch is LeaseLost {
            #expect(isOver, "seed \(seed)")
        }
    }
}
