import BotCore
import Foundation
import Playground
import Testing

@testable import Bot

@Suite("A job whose results go on under ids of another form")
struct SweepMovedJobTests {
    private static let registry = SweptRegistry(batches: [
        SweptRegistry.Batch(
            path: "config/testgrids/moved/m.yaml", names: SweptRegistry.names("m", 3), bucket: "moved-results", age: 150
        )
    ])

    /// One job counts its builds by now, one names them by the second; ids of both sort before those that are known.
    private func moveOn(_ world: World) {
        let now = world.clock.now
        world.storage.update(bucket: "moved-results") { bucket in
            for build in ["m0/1711", "m1/\(Int(now.timeIntervalSince1970))"] {
                bucket.put(StandInObject(ObjectName("logs/\(build)/finished.json"), "{}", at: now))
            }
        }
    }

    private func nextSweep(of world: World) async throws -> SweepEngine.Result {
        world.clock.advance(seconds: 86_400)
        world.storage.clearJournal()
        let result = try await world.sweep(reconciles: true)
        #expect(world.storage.journal.count == result.report.requestCount)
        try await world.deliver()
        return result
    }

    private func verdicts(_ result: SweepEngine.Result) -> [Verdict] {
        result.report.entries.filter { $0.selector.name.hasPrefix("m") }.map(\.freshness.verdict)
    }

    private func withMovedJobs(_ body: @escaping @Sendable (World) async throws -> Void) async throws {
        var plan = WorldPlan()
        plan.files = Self.registry.files
        try await withWorld(plan) { world in
            world.preparedForRemovals()
            Self.registry.fill(world.storage, at: world.clock.now)
            #expect(try await world.sweep(reconciles: true).proposals.isEmpty)
            try await body(world)
        }
    }

    @Test("is looked at closely before it is proposed, and not before that")
    func beforeProposed() async throws {
        try await withMovedJobs { world in
            moveOn(world)
            let second = try await nextSweep(of: world)
            #expect(verdicts(second) == [.fresh, .fresh, .stale])
            #expect(second.proposals.flatMap(\.selectors) == [.testGroup("m2")])
            // What is fresh is known to be, and costs no more than before.
            let third = try await nextSweep(of: world)
            #expect(verdicts(third) == [.fresh, .fresh, .stale])
            _ = world.comments(on: try world.onlyRemoval().issue)
        }
    }

    @Test("leaves the pull request that would have taken it out")
    func afterProposed() async throws {
        try await withMovedJobs { world in
            #expect(try await nextSweep(of: world).proposals.flatMap(\.selectors).count == 3)
            moveOn(world)
            #expect(verdicts(try await nextSweep(of: world)) == [.fresh, .fresh, .stale])
            let pull = try world.onlyRemoval()
            #expect(RemovalRecord(body: pull.body)?.proposed == [.testGroup("m2")])
            _ = world.comments(on: pull.issue)
        }
    }
}
