import Foundation
import TestSupport
import Testing

@testable import BotCore

@Suite("An outage is told from entries that fell silent")
struct OutageGuardTests {
    private func fixture(_ count: Int, fresh: Int = 0) -> SweepFixture {
        let names = (0..<count).map { "g\($0)" } + (0..<fresh).map { "fresh\($0)" }
        return SweepFixture([
            "config/testgrids/a.yaml": SweepFixture.grid(names + ["control"]),
            "config/testgrids/b.yaml": SweepFixture.grid(["elsewhere"], prefix: "other/"),
        ])
    }

    @Test("ten entries and more than a fifth of those judged before, turning at once, are held until acknowledged")
    func massFlip() throws {
        var world = fixture(10, fresh: 38)
        world.sweep(onDay: 0)
        for index in 0..<10 { world.sights["g\(index)"] = .build(daysAgo: 100) }
        // 10 of 50 is 20 percent, and not more.
        #expect(world.sweep(onDay: 1).outage == nil)

        var other = fixture(10, fresh: 37)
        other.sweep(onDay: 0)
        for index in 0..<10 { other.sights["g\(index)"] = .build(daysAgo: 100) }
        let judgment = other.sweep(onDay: 1)
        #expect(judgment.outage == SweepOutage(cause: .massFlip(flipped: 10, judged: 49), isNew: true))
        for day in 2...9 {
            let next = other.sweep(onDay: day)
            #expect(next.outage == SweepOutage(cause: .unacknowledged(entries: 10), isNew: false))
            #expect(next.proposedNames == [])
        }
        for selector in other.evidence.records.keys { other.evidence.records[selector]?.isHeld = false }
        #expect(other.sweep(onDay: 10).proposedNames.count == 10)
    }

    @Test("nine entries are no mass, however few there are")
    func fewEntries() throws {
        var world = fixture(9)
        world.sweep(onDay: 0)
        for index in 0..<9 { world.sights["g\(index)"] = .build(daysAgo: 100) }
        #expect(world.sweep(onDay: 1).outage == nil)
    }

    @Test("a first observation is no flip")
    func firstObservation() throws {
        var world = fixture(30)
        for index in 0..<30 { world.sights["g\(index)"] = .build(daysAgo: 100) }
        #expect(world.sweep(onDay: 0).outage == nil)
        #expect(world.sweep(onDay: 1).proposedNames.count == 30)
    }

    @Test("all groups of a bucket with more than twenty, turning at once, are held however many others there are")
    func bucketFlip() throws {
        let many = (0..<100).map { "m\($0)" }
        let few = (0..<21).map { "x\($0)" }
        var world = SweepFixture([
            "config/testgrids/a.yaml": SweepFixture.grid(many),
            "config/testgrids/b.yaml": SweepFixture.grid(few, prefix: "other/"),
        ])
        world.sweep(onDay: 0)
        for name in few { world.sights[name] = .build(daysAgo: 100) }
        let judgment = world.sweep(onDay: 1)
        #expect(judgment.outage?.cause == .bucketFlip(bucket: "other", flipped: 21))
        #expect(world.sweep(onDay: 2).outage?.cause == .unacknowledged(entries: 21))
    }

    @Test("without a fresh control location nothing is proposed, and nothing counts as confirmed")
    func controls() throws {
        var world = fixture(2)
        world.policy.controlLocations = ["gs://canary/logs/"]
        for index in 0..<2 { world.sights["g\(index)"] = .build(daysAgo: 100) }
        world.sweep(onDay: 0)
        world.sights["gs://canary/logs/"] = .missing
        let blind = world.sweep(onDay: 1)
        #expect(blind.outage?.stopsEverything == true)
        #expect(try blind.entry("g0").reasonNames == [.unconfirmed, .outage])
        #expect(world.sweep(onDay: 2).outage?.isNew == false)
        world.sights["gs://canary/logs/"] = nil
        #expect(world.sweep(onDay: 3).proposedNames == ["g0", "g1"])
    }

    @Test("Kubernetes' own bucket serves where the policy names none")
    func rootControl() throws {
        var world = fixture(1)
        let root = "gs://kubernetes-ci-logs/logs/"
        world.files["kettle/buckets.yaml"] = "\(root):\n  prefix: \"\"\n"
        world.sights[root] = .outage
        #expect(
            world.sweep(onDay: 0).outage?.cause
                == .noFreshControl([BucketLocation(bucket: "kubernetes-ci-logs", prefix: "logs")]))
        world.sights[root] = nil
        #expect(world.sweep(onDay: 1).outage == nil)
    }

    @Test("with the clock a year ahead nothing is proposed, and with the right one again nothing is held")
    func clockAhead() throws {
        var world = fixture(30)
        world.sweep(onDay: 0)
        // Builds are as old as the clock is ahead.
        let names = world.targets.entries.map(\.selector.name)
        for name in names { world.sights[name] = .build(daysAgo: 366) }
        #expect(world.sweep(onDay: 365).outage?.isNew == true)
        #expect(world.sweep(onDay: 366).proposedNames == [])
        for name in names { world.sights[name] = nil }
        let right = world.sweep(onDay: 1)
        #expect(right.outage == nil)
        #expect(world.evidence.records.values.allSatisfy { !$0.isHeld && $0.confirmations == 0 })
    }

    @Test("whatever storage shows, unknown is never proposed, and what is has been seen to be stale on two days")
    func anyHistory() throws {
        for seed in 0..<100 {
            var random = SplitMix64(seed: UInt64(seed))
            var world = fixture(6)
            world.policy.controlLocations = ["gs://canary/logs/"]
            var staleDays: [String: Int] = [:]
            for day in 0..<8 {
                for index in 0..<6 {
                    let sights: [SweepFixture.Sight] = [
                        .build(daysAgo: 1), .build(daysAgo: 100), .build(daysAgo: 100), .empty, .missing, .denied,
                        .outage,
                    ]
                    world.sights["g\(index)"] = sights.randomElement(using: &random)
                }
                let judgment = world.sweep(onDay: day)
                for entry in judgment.entries {
                    let name = entry.selector.name
                    switch entry.freshness.verdict {
                    case .stale, .never, .gone: staleDays[name, default: 0] += 1
                    case .unknown: break
                    case .fresh, .ageing, .new, .unreadable: staleDays[name] = 0
                    }
                    guard entry.isProposed else { continue }
                    #expect(staleDays[name, default: 0] >= 2, "seed \(seed), day \(day), \(name)")
                }
            }
        }
    }
}
