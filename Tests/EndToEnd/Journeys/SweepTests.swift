import BotCore
import Foundation
import GitHubAPI
import Persistence
import Playground
import Testing

@testable import Bot

extension World {
    /// Sweeps the repository once.
    ///
    /// - Parameters:
    ///   - due: The time for which it is due; nil for now.
    ///   - reconciles: Whether pull requests are opened.
    /// - Returns: What it came to.
    /// - Throws: Why it could not be swept.
    func sweep(due: Date? = nil, reconciles: Bool = false) async throws -> SweepEngine.Result {
        var sweep = try repositorySweep()
        sweep.reconciles = reconciles
        let outcome = try await sweep.run(dueAt: due ?? clock.now)
        guard case .swept(let result) = outcome else { throw NotSwept() }
        return result
    }

    /// Who sweeps the repository.
    func repositorySweep() throws -> RepositorySweep {
        let name = try #require(RepositoryName(repository.fullName))
        var sweep = RepositorySweep(parts: bot.parts, github: bot.parts.github.repository(name))
        // What is proposed is held here; what becomes of it, in the journeys of removals.
        sweep.reconciles = false
        return sweep
    }

    private struct NotSwept: Error {}
}

@Suite("A sweep")
struct SweepTests {
    /// Sweeps on three days, so that everything that can be confirmed is.
    private func sweptOnThreeDays(
        _ body: @escaping @Sendable (World, SweptRegistry) async throws -> Void
    ) async throws {
        let registry = SweptRegistry.everything
        var plan = WorldPlan()
        plan.files = registry.files
        try await withWorld(plan) { world in
            for (bucket, access) in [
                ("sweep-d", AccessMode.private), ("sweep-x", .missing),
                ("sweep-o", .failing(.forbidden(reason: "odd"))),
            ] {
                world.storage.add(StandInBucket(bucket, access: access))
            }
            registry.fill(world.storage, at: world.clock.now)
            #expect(try await world.sweep().proposals.isEmpty)
            // A hundred days later everything is known to be old.
            for _ in 0..<2 {
                world.clock.advance(seconds: 50 * 86_400)
                registry.fill(world.storage, at: world.clock.now)
                _ = try await world.sweep()
            }
            world.clock.advance(seconds: 86_400)
            registry.fill(world.storage, at: world.clock.now)
            try await body(world, registry)
        }
    }

    @Test(
        "three hundred entries of every verdict: what can go is proposed, within the limits, and the rest says why not")
    func everything() async throws {
        try await sweptOnThreeDays { world, _ in
            let result = try await world.sweep()
            #expect(result.report.entries.count == 300)
            let counts: [Verdict: Int] = [
                .fresh: 100, .ageing: 20, .stale: 135, .never: 15, .gone: 10, .unreadable: 10, .unknown: 10, .new: 0,
            ]
            for verdict in Verdict.allCases { #expect(result.report.count(verdict) == counts[verdict], "\(verdict)") }
            let first = Dictionary(grouping: result.report.entries) { $0.suspensions.first?.suspension }
            #expect(first[.generated]?.count == 20)
            #expect(first[.protected]?.count == 10)
            #expect(first[.prowBacked]?.count == 10)
            #expect(first[.kept]?.count == 1)
            #expect(first[.outage] == nil)
            #expect(result.report.outage == nil)
            #expect(result.proposals.count == 3)
            #expect(result.proposals.allSatisfy { $0.openPullRequest == nil && $0.entries.count <= 50 })
            let proposed = Set(result.proposals.flatMap(\.selectors))
            #expect(proposed == Set(result.report.proposed.map(\.selector)))
            for proposal in result.proposals {
                #expect(proposal.branch.contains(#/^bucketbot/remove-[a-z0-9-]+-[0-9a-f]{8}$/#), "\(proposal.branch)")
                #expect(proposal.whole.edits.allSatisfy { $0.inserted.isEmpty })
            }
        }
    }

    @Test("the next sweep that finds the same proposes the same, with one request for each entry")
    func again() async throws {
        try await sweptOnThreeDays { world, registry in
            let first = try await world.sweep()
            world.clock.advance(seconds: 86_400)
            world.storage.clearJournal()
            let second = try await world.sweep()
            #expect(second.proposals.map(\.branch) == first.proposals.map(\.branch))
            #expect(second.proposals.map(\.whole.edits) == first.proposals.map(\.whole.edits))
            let most = second.report.entries.filter { $0.freshness.verdict == .fresh }.map(\.requests).max()
            #expect(most == 1)
            #expect(world.storage.journal.count == second.report.requestCount)
        }
    }

    @Test("what it proposes is opened; the sweeps after it write nothing, with an empty database neither")
    func pullRequests() async throws {
        try await sweptOnThreeDays { world, _ in
            world.preparedForRemovals()
            let first = try await world.sweep(reconciles: true)
            try await world.deliver()
            let pulls = world.gitHub.pulls(in: world.repository).filter { $0.branch.hasPrefix("bucketbot/remove-") }
            #expect(pulls.map(\.branch).sorted() == first.proposals.map(\.branch).sorted())
            for pull in pulls { _ = try await world.story(of: pull) }
            for _ in 0..<2 {
                world.clock.advance(seconds: 86_400)
                let asked = try await world.requests {
                    let again = try await world.sweep(reconciles: true)
                    #expect(again.proposals.compactMap(\.openPullRequest).count == pulls.count)
                    #expect(Set(again.proposals.flatMap(\.selectors)) == Set(first.proposals.flatMap(\.selectors)))
                    try await world.deliver()
                }
                #expect(asked.writes == [])
            }
            try await world.withLostDatabase { restored in
                let asked = try await restored.requests {
                    let again = try await restored.sweep(reconciles: true)
                    #expect(again.proposals.compactMap(\.openPullRequest).count == pulls.count)
                }
                #expect(asked.writes == [])
            }
        }
    }

    @Test("one sweep is done for each time at which one is due, however often it is asked for")
    func onceADay() async throws {
        try await withWorld { world in
            let due = world.clock.now.addingTimeInterval(-600)
            _ = try await world.sweep(due: due)
            world.storage.clearJournal()
            guard case .notOurs(.finished(_)) = try await world.repositorySweep().run(dueAt: due) else {
                Issue.record("it was swept twice")
                return
            }
            #expect(world.storage.journal.count == 0)
        }
    }

    @Test("a sweep that was cut off goes on where it was, and asks nothing twice")
    func cutOff() async throws {
        let registry = SweptRegistry(batches: [
            SweptRegistry.Batch(
                path: "config/testgrids/many.yaml", names: SweptRegistry.names("m", 400), bucket: "sweep-many", age: 1)
        ])
        var plan = WorldPlan()
        plan.files = registry.files
        try await withWorld(plan) { world in
            registry.fill(world.storage, at: world.clock.now)
            let due = world.clock.now
            // Everything behind the first three hundred answers waits in vain.
            world.storage.misbehave(.latency(.seconds(60)), skipCount: 300)
            let sweep = try world.repositorySweep()
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { _ = try await sweep.run(dueAt: due) }
                while try await world.storedLooks() < 200 { await Task.yield() }
                group.cancelAll()
                while let result = await group.nextResult() {
                    if case .success = result { Issue.record("the sweep was not cut off") }
                }
            }
            world.storage.behave()
            let known = try await world.storedLooks()
            world.storage.clearJournal()
            world.clock.advance(seconds: 301)
            let result = try await world.sweep(due: due)
            #expect(result.report.count(.fresh) == 402)
            #expect(result.report.asOf == due)
            #expect(world.storage.journal.count == 401 - known)
        }
    }

    @Test("the schedule sweeps once for each time, and makes up once for what was missed while nothing ran")
    func schedule() async throws {
        try await withWorld { world in
            let sweeps = ScheduledSweeps(schedule: try CronSchedule("0 6 * * *"), parts: world.bot.parts, delay: 0.5)
            func swept(_ body: () async throws -> Void) async throws -> Bool {
                world.storage.clearJournal()
                try await body()
                return world.storage.journal.count > 0
            }
            // 08:00: the sweep of 06:00 was missed.
            let isMadeUpFor = try await swept {
                let wait = try await sweeps.runOnce()
                #expect(wait == .seconds(22 * 3_600 + 150))
            }
            #expect(isMadeUpFor)
            #expect(try await !swept { _ = try await sweeps.runOnce() })
            // 06:01 two and a half weeks later: not yet, and then once.
            world.clock.advance(seconds: 17 * 86_400 + 22 * 3_600 + 60)
            #expect(try await swept { _ = try await sweeps.runOnce() })
            world.clock.advance(seconds: 120)
            #expect(try await swept { _ = try await sweeps.runOnce() })
            #expect(try await !swept { _ = try await sweeps.runOnce() })
        }
    }
}

extension World {
    /// Looks of sweeps that are under way.
    fileprivate func storedLooks() async throws -> Int {
        try await bot.store.sweeps.looks(of: SweepID(1)).count
    }
}
