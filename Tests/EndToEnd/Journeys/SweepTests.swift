import BotCore
import Foundation
import GitHubAPI
import Persistence
import Playground
import Testing

@testable import Bot

@Suite("A sweep")
struct SweepTests {
    @Test(
        "three hundred entries of every verdict: what can go is proposed, within the limits, and the rest says why not")
    func everything() async throws {
        try await withSweptWorld { world, _ in
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
        try await withSweptWorld { world, registry in
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

    @Test("a look that another version stored in another form is made again")
    func otherForm() async throws {
        try await withWorld { world in
            let due = world.clock.now
            let name = world.repository.fullName.lowercased()
            guard
                case .ours(let lease, _) = try await world.bot.store.sweeps.begin(
                    name, dueAt: due, now: due, leaseSeconds: 60)
            else {
                Issue.record("nobody else sweeps")
                return
            }
            let look = StoredLook(key: "job gs://acme-results/logs/e2e/", body: Array("{\"seen\": true}".utf8))
            _ = try await world.bot.store.sweeps.note([look], lease, now: due, leaseSeconds: 60)
            world.clock.advance(seconds: 61)
            #expect(try await world.sweep(due: due).report.count(.fresh) == 2)
        }
    }

    @Test("an order to keep that names no day is told, and not followed")
    func keepWithoutDay() async throws {
        var plan = WorldPlan()
        plan.files[bucketsFile] = (cleanRegistry[bucketsFile] ?? "").replacing(
            "gs://acme", with: "# bucketbot: keep\ngs://acme")
        try await withWorld(plan) { world in
            let result = try await world.sweep()
            let words = world.bot.parts.words
            let text = SweepText(templates: words.texts, rules: words.rules, style: TextStyle(isColored: false))
                .text(of: result.report, result.proposals)
            #expect(text.contains("kettle/buckets.yaml:2: warning: The comment \"bucketbot: keep\" above gs://acme"))
            let json = try JSONSweepReport.text(of: result.report, result.proposals, rules: words.rules)
            #expect(json.contains("\"rule\" : \"keep-comment-date\""))
            let pull = try await world.openPullRequest([
                gridFile: (cleanRegistry[gridFile] ?? "").replacing(
                    "- name: acme-e2e", with: "# bucketbot: keep until 2999-01-01\n- name: acme-e2e")
            ])
            try await world.deliver()
            #expect(try world.onlyCheckRun(of: pull.issue).places == ["\(gridFile):2-2 keep-comment-date"])
            _ = world.comments(on: pull.issue)
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
