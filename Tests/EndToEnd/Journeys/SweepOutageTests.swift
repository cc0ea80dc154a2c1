import BotCore
import Foundation
import Persistence
import Playground
import Testing

@testable import Bot

@Suite("An outage proposes nothing, and is told once")
struct SweepOutageTests {
    /// What goes wrong.
    enum Drill: Hashable, Sendable, CustomTestStringConvertible {
        case trouble(Int)
        case refusal(String)
        case emptyBucket, controlGone, clockAhead

        var testDescription: String { "\(self)" }

        static let all: [Drill] =
            [500, 503, 429, 408].map { .trouble($0) }
            + [
                "rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded", "accountDisabled",
                "forbidden", "insufficientPermissions", "countryBlocked", "sslRequired", "unheardOf",
            ]
            .map { .refusal($0) } + [.emptyBucket, .controlGone, .clockAhead]

        /// Makes it go wrong.
        func begin(in world: World) {
            switch self {
            case .trouble(let status): world.storage.misbehave(.failure(.trouble(status: status)))
            case .refusal(let reason): world.storage.misbehave(.failure(.forbidden(reason: reason)))
            case .emptyBucket: world.storage.update(bucket: "drill-results") { $0.remove(prefix: ObjectName("logs/")) }
            case .controlGone: world.storage.update(bucket: "canary-results") { $0.access = .missing }
            case .clockAhead: world.clock.advance(seconds: 366 * 86_400)
            }
        }
    }

    private static let registry = SweptRegistry(batches: [
        SweptRegistry.Batch(
            path: "config/testgrids/drill.yaml", names: SweptRegistry.names("d", 30), bucket: "drill-results", age: 1),
        SweptRegistry.Batch(
            path: "config/testgrids/old.yaml", names: SweptRegistry.names("old", 3), bucket: "old-results", age: 150),
        SweptRegistry.Batch(
            path: "config/testgrids/canary.yaml", names: ["canary"], bucket: "canary-results", age: 1),
    ])

    private func drilled(_ body: @escaping @Sendable (World) async throws -> Void) async throws {
        var plan = WorldPlan(
            policy: "version: 1\nconfirmations: 1\ncontrolLocations: [\"gs://canary-results/logs/canary/\"]\n")
        plan.files = Self.registry.files
        plan.mayFail = true
        try await withWorld(plan) { world in
            for _ in 0..<2 {
                Self.registry.fill(world.storage, at: world.clock.now)
                _ = try await world.sweep()
                // Long enough for every entry to be known as an old one.
                world.clock.advance(seconds: 50 * 86_400)
            }
            Self.registry.fill(world.storage, at: world.clock.now)
            #expect(try await world.sweep().proposals.count == 1)
            world.clock.advance(seconds: 86_400)
            try await body(world)
        }
    }

    @Test("whatever goes wrong, and on the day after as well", arguments: Drill.all)
    func drill(_ drill: Drill) async throws {
        try await drilled { world in
            world.preparedForRemovals()
            drill.begin(in: world)
            for day in 0..<2 {
                let result = try await world.sweep(reconciles: true)
                try await world.deliver()
                #expect(result.report.outage != nil)
                let pulls = world.gitHub.pulls(in: world.repository)
                let taken = pulls.compactMap { RemovalRecord(body: $0.body) }.flatMap(\.proposed)
                #expect(taken.allSatisfy { $0.name.hasPrefix("old") }, "\(taken)")
                if day == 0 { #expect(pulls.isEmpty) }
                #expect(world.outageAlerts.count == 1, "\(world.outageAlerts)")
                world.clock.advance(seconds: 86_400)
            }
            for pull in world.gitHub.pulls(in: world.repository) { _ = world.comments(on: pull.issue) }
        }
    }

    @Test("what turned in an outage waits for an operator, and is proposed when one has looked")
    func acknowledged() async throws {
        try await drilled { world in
            Drill.emptyBucket.begin(in: world)
            // Old enough that an empty listing is no accident.
            world.clock.advance(seconds: 95 * 86_400)
            world.storage.update(bucket: "canary-results") { bucket in
                bucket.put(
                    SyntheticJob(
                        ObjectName("logs/canary"), ids: .snowflake, count: 2, newest: world.clock.now,
                        intervalSeconds: 3_600))
            }
            for _ in 0..<3 {
                let result = try await world.sweep()
                #expect(result.report.proposed.allSatisfy { !$0.selector.name.hasPrefix("d") })
                world.clock.advance(seconds: 86_400)
            }
            let last = try #require(try await world.bot.store.sweeps.last(of: world.repository.fullName.lowercased()))
            #expect(try await world.bot.store.sweeps.acknowledge(last.id, now: world.clock.now))
            let result = try await world.sweep()
            #expect(result.report.outage == nil)
            #expect(result.report.proposed.count { $0.selector.name.hasPrefix("d") } == 30)
        }
    }
}

extension World {
    /// What was told of outages.
    fileprivate var outageAlerts: [String] { bot.log.errors.filter { $0.contains("looks like an outage") } }
}
