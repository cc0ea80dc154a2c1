import BotCore
import Foundation
import Persistence
import Playground
import TestSupport
import Testing

@testable import Bot

@Suite("The dashboard issue")
struct DashboardTests {
    private static let day = 86_400.0
    private static let policy = "version: 1\ndashboardIssue: true\n"

    private func withDashboard(
        _ change: (inout WorldPlan) -> Void = { _ in }, _ body: @escaping @Sendable (World) async throws -> Void
    ) async throws {
        var plan = WorldPlan(policy: Self.policy)
        plan.files = [bucketsFile: buckets(adding: entry("globex-results"))]
        change(&plan)
        try await withWorld(plan) { world in
            world.gitHub.addMembers([world.contributor], to: world.example.organization)
            world.storage.update(bucket: "globex-results") { $0.access = .private }
            try await body(world)
        }
    }

    private func issue(in world: World) throws -> GitHubStandIn.SeenIssue {
        let all = world.gitHub.issues(in: world.repository)
        #expect(all.count == 1, "\(all.map(\.body))")
        return try #require(all.first)
    }

    /// Sweeps a day later, and gives what was written on GitHub.
    private func nextDay(_ world: World) async throws -> [String] {
        world.clock.advance(seconds: Self.day)
        let asked = try await world.requests { _ = try await world.sweep() }
        return asked.writes.map { String($0.split(separator: " ").first ?? "") }
    }

    @Test("is opened by the first sweep, and changed in place only when something else is found; nobody is told")
    func life() async throws {
        try await withDashboard { world in
            _ = try await world.sweep()
            let first = try issue(in: world)
            #expect(first.author == world.botLogin)
            try expectSnapshot(of: "\(first.title)\n\n\(world.written(first.body))", named: "dashboard.md")
            #expect(try await nextDay(world) == [])
            world.storage.update(bucket: "globex-results") { $0.access = .failing(.forbidden(reason: "odd")) }
            #expect(try await nextDay(world) == ["PATCH"])
            #expect(try issue(in: world).body.contains("Could not be told: 1"))
            world.storage.update(bucket: "globex-results") { $0.access = .worldReadable }
            #expect(try await nextDay(world) == ["PATCH"])
            #expect(try issue(in: world).body.contains("Nothing needs attention."))
            #expect(world.gitHub.comments(on: first.issue) == [])
        }
    }

    @Test("is left alone when somebody closes it, and taken up again when somebody opens it")
    func closed() async throws {
        try await withDashboard { world in
            _ = try await world.sweep()
            let first = try issue(in: world)
            try await world.gitHub.close(first.issue, by: world.maintainer)
            world.storage.update(bucket: "globex-results") { $0.access = .worldReadable }
            #expect(try await nextDay(world) == [])
            try await world.withLostDatabase { restored in
                let writes = try await nextDay(restored)
                #expect(writes == [])
            }
            let after = try issue(in: world)
            #expect(!after.isOpen && after.issue == first.issue && after.body == first.body)
            try await world.gitHub.reopen(first.issue, by: world.maintainer)
            #expect(try await nextDay(world) == ["PATCH"])
            #expect(try issue(in: world).body.contains("Nothing needs attention."))
        }
    }

    @Test("is found again with an empty database, and by nobody else's marker")
    func lost() async throws {
        try await withDashboard { world in
            _ = try await world.sweep()
            let first = try issue(in: world)
            let forged = try world.gitHub.openIssue("Mine", first.body, in: world.repository, by: world.contributor)
            try await world.withLostDatabase { restored in
                let writes = try await nextDay(restored)
                #expect(writes == [])
                restored.storage.update(bucket: "globex-results") { $0.access = .worldReadable }
                #expect(try await nextDay(restored) == ["PATCH"])
            }
            let now = world.gitHub.issues(in: world.repository)
            #expect(now.map(\.issue.number) == [first.issue.number, forged.number])
            #expect(now.first?.body.contains("Nothing needs attention.") == true)
            #expect(now.last?.body == first.body)
        }
    }

    @Test("gets its text back where somebody has written over it, and is opened anew where it was deleted")
    func changed() async throws {
        try await withDashboard { world in
            _ = try await world.sweep()
            let first = try issue(in: world)
            world.gitHub.edit(first.issue, to: "my words")
            #expect(try await nextDay(world) == ["PATCH"])
            #expect(Marker(startOf: try issue(in: world).body) == Marker(startOf: first.body))
            world.gitHub.delete(first.issue)
            #expect(try await nextDay(world) == ["POST"])
            #expect(Marker(startOf: try issue(in: world).body) == Marker(startOf: first.body))
        }
    }

    @Test("is opened once, also where the answer to opening it was lost")
    func ambiguous() async throws {
        try await withDashboard { world in
            let due = world.clock.now
            world.gitHub.misbehave(
                .afterDoing(.failure(status: 502)), on: .init("POST", "/issues", isSuffix: true), times: 1)
            await #expect(throws: (any Error).self) { _ = try await world.sweep(due: due) }
            _ = try issue(in: world)
            world.clock.advance(seconds: 301)
            let asked = try await world.requests { _ = try await world.sweep(due: due) }
            #expect(asked.writes == [])
            _ = try issue(in: world)
        }
    }

    @Test("that may not be written keeps no sweep from coming to its end")
    func refused() async throws {
        try await withDashboard { world in
            world.gitHub.misbehave(.failure(status: 410, message: "Issues are disabled"), on: .init("POST", "/issues"))
            let report = try await world.sweep().report
            #expect(!report.entries.isEmpty)
            world.gitHub.behave()
            #expect(world.gitHub.issues(in: world.repository) == [])
            #expect(try await nextDay(world) == ["POST"])
        }
    }

    @Test("is written with a personal token as well")
    func personalToken() async throws {
        try await withDashboard({ $0.usesPersonalToken = true }) { world in
            _ = try await world.sweep()
            #expect(try issue(in: world).author == world.botLogin)
            #expect(try await nextDay(world) == [])
        }
    }

    @Test("is recorded in a dry run, and not sent")
    func dryRun() async throws {
        try await withDashboard({ $0.isDryRun = true }) { world in
            _ = try await world.sweep()
            #expect(world.gitHub.issues(in: world.repository) == [])
            let recorded = try await world.bot.store.outbox.latest(limit: 100)
            #expect(recorded.map(\.write.kind) == ["issue"])
            #expect(recorded.allSatisfy { $0.state == .recorded })
        }
    }

    @Test("is not there where the policy does not ask for it")
    func off() async throws {
        try await withDashboard({ $0.policy = nil }) { world in
            let asked = try await world.requests { _ = try await world.sweep() }
            #expect(asked.writes == [])
            #expect(world.gitHub.issues(in: world.repository) == [])
        }
    }
}
