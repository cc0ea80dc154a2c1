import BotCore
import Foundation
import GitHubAPI
import GoogleCloudStorage
import Persistence
import Playground
import Testing

@testable import Bot

@Suite("Removal pull requests beside each other, and one after the other")
struct RemovalsTogetherTests {
    private func withRemovals(
        _ plan: WorldPlan = StaleRegistry.plan, _ body: @escaping @Sendable (World) async throws -> Void
    ) async throws {
        try await withWorld(plan) { world in
            world.preparedForRemovals()
            try await body(world)
            for pull in world.gitHub.pulls(in: world.repository) { _ = world.comments(on: pull.issue) }
        }
    }

    @Test("one that cannot be looked at keeps no other from its turn")
    func failing() async throws {
        var plan = StaleRegistry.plan
        plan.mayFail = true
        try await withRemovals(plan) { world in
            try await world.reconcile(["acme-old"])
            try await world.reconcile(["globex-old"], area: "globex")
            try await world.deliver()
            let numbers = world.gitHub.pulls(in: world.repository).map(\.issue.number)
            world.gitHub.misbehave(
                .failure(status: 404), on: .init("GET", "/pulls/\(numbers[0])", isSuffix: true))
            world.gitHub.misbehave(.failure(status: 422), on: .init("POST", "/git/trees", isSuffix: true), times: 1)
            let outcome = try await world.reconcile(["hooli-old"], fresh: ["acme-old", "globex-old"], area: "hooli")
            #expect(outcome.failed == ["#\(numbers[0])", "bucketbot/remove-hooli-0a1b2c3d"])
            #expect(outcome.driven == [numbers[1]])
            #expect(world.gitHub.pulls(in: world.repository).map(\.isOpen) == [true, false])
            world.gitHub.behave()
            world.gitHub.misbehave(
                .failure(status: 502), on: .init("GET", "/pulls/\(numbers[0])", isSuffix: true))
            await #expect(throws: GitHubError.self) {
                try await world.reconcile(["hooli-old"], fresh: ["acme-old"], area: "hooli")
            }
            #expect(world.gitHub.pulls(in: world.repository).map(\.isOpen) == [true, false, true])
            world.gitHub.behave()
            try await world.reconcile(["hooli-old"], fresh: ["acme-old"], area: "hooli")
            try await world.deliver()
            #expect(world.gitHub.pulls(in: world.repository).map(\.isOpen) == [false, false, true])
        }
    }

    @Test("one that was opened and did not get its labels is named all the same")
    func openedInTrouble() async throws {
        var plan = StaleRegistry.plan
        plan.mayFail = true
        try await withRemovals(plan) { world in
            world.gitHub.misbehave(.failure(status: 422), on: .init("POST", "/labels", isSuffix: true))
            let outcome = try await world.reconcile(["acme-old"])
            let pull = try world.onlyRemoval()
            #expect(outcome.opened == [pull.issue.number] && outcome.failed == ["#\(pull.issue.number)"])
            world.gitHub.behave()
            try await world.reconcile(["acme-old"])
            try await world.deliver()
            #expect(try world.onlyRemoval().labels.contains("area/testgrid"))
        }
    }

    @Test("one that cannot be looked at makes no push be worked on again")
    func failingAfterPush() async throws {
        var plan = StaleRegistry.plan
        plan.mayFail = true
        try await withRemovals(plan) { world in
            try await world.reconcile(["acme-old"])
            try await world.reconcile(["globex-old"], area: "globex")
            try await world.deliver()
            let broken = try #require(world.gitHub.pulls(in: world.repository).first?.issue.number)
            world.gitHub.misbehave(.failure(status: 404), on: .init("GET", "/pulls/\(broken)", isSuffix: true))
            let text = (StaleRegistry.files[StaleRegistry.grid] ?? nil) ?? ""
            var looks: [Int] = []
            for files in [[StaleRegistry.grid: text + "# The end.\n"], ["README.md": "Something else.\n"]] {
                try await world.pushToMaster(files)
                let asked = try await world.requests { try await world.deliver() }
                looks.append(asked.count { $0.name == "GET /repos/{owner}/{repo}/pulls/{pull_number}" })
                #expect(try await world.bot.store.inbox.counts().waiting == 0)
            }
            // The other one had its turn, once.
            #expect(looks == [1, 0])
            #expect(world.bot.log.errors.contains { $0.contains("#\(broken)") })
        }
    }

    @Test("whom another one mentions at the same time is not mentioned once more")
    func mentions() async throws {
        try await withRemovals { world in
            try await withThrowingTaskGroup(of: Void.self) { group in
                let turn = world.bot.parts.removalTurn
                try await turn.withPermit {
                    group.addTask { try await world.reconcile(["acme-old"]) }
                    while turn.waitingCount == 0 { await Task.yield() }
                    let place = StoredPing.Place(repository: "another/repository", number: 1)
                    try await world.bot.store.removals.note(
                        StoredPing(person: Contact.key(.login, "acme-jdoe"), place: place, at: world.clock.now))
                }
                try await group.waitForAll()
            }
            try await world.deliver()
            let pull = try world.onlyRemoval()
            #expect(world.comments(on: pull.issue).isEmpty)
            #expect(pull.body.contains("asked later"))
        }
    }

    @Test("a mention that a dry run only shows counts for nothing")
    func shownMention() async throws {
        try await withRemovals { world in
            let place = StoredPing.Place(repository: "another/repository", number: 1)
            try await world.bot.store.removals.note(
                StoredPing(person: Contact.key(.login, "acme-jdoe"), place: place, at: world.clock.now))
            try await world.reconcile(["acme-old"])
            try await world.deliver()
            #expect(world.comments(on: try world.onlyRemoval().issue).isEmpty)
            world.clock.advance(seconds: 8 * 86_400)
            var dry = world.bot.parts
            dry.isDryRun = true
            _ = try await RemovalPullRequests(parts: dry).lookAtAll(of: try world.github)
            let shown = try await world.bot.store.outbox.latest(limit: 10).filter { $0.state == .recorded }
            #expect(shown.contains { String(decoding: $0.write.body, as: UTF8.self).contains("@acme-jdoe") })
            world.clock.advance(seconds: 60)
            try await world.reconcile(["acme-old"])
            #expect(world.comments(on: try world.onlyRemoval().issue).count == 1)
        }
    }

    /// A world in which one sweep is enough for a pull request.
    private var sweptPlan: WorldPlan {
        var plan = StaleRegistry.plan
        plan.policy = """
            version: 1
            confirmations: 1
            controlLocations: ["gs://acme-results/logs/e2e/"]

            """
        return plan
    }

    /// Lets a day pass; the newest result of what may be stale is of so many days ago then.
    private func nextDay(of world: World, ageDays: Double) {
        world.clock.advance(seconds: 86_400)
        world.store("e2e", in: "acme-results", ageDays: 0.1)
        for bucket in ["hooli-results", "acme-old-results"] { world.store("old", in: bucket, ageDays: 1) }
        world.store("old", in: "globex-results", ageDays: ageDays)
    }

    @Test("what was just put back is not proposed again, also while that cannot be written down")
    func putBackUnnoticed() async throws {
        var plan = sweptPlan
        plan.mayFail = true
        try await withRemovals(plan) { world in
            var before: [String: String] = [:]
            for path in [StaleRegistry.grid, bucketsFile] {
                let bytes = try await world.gitHub.file(path, at: "master", in: world.repository) ?? []
                before[path] = String(decoding: bytes, as: UTF8.self)
            }
            nextDay(of: world, ageDays: 200)
            _ = try await world.sweep(reconciles: true)
            try await world.deliver()
            try await world.gitHub.merge(try world.onlyRemoval().issue, by: world.maintainer)
            try await world.deliver()
            #expect(try await !world.has("globex-old"))
            try await world.pushToMaster(before)
            world.gitHub.loseWaiting()
            world.gitHub.misbehave(.failure(status: 502), on: .init("PATCH", "/pulls/"))
            nextDay(of: world, ageDays: 202)
            #expect(try await world.sweep(reconciles: true).proposals.isEmpty)
            #expect(try world.onlyRemoval().body.contains("standing=removed"))
            world.gitHub.behave()
            nextDay(of: world, ageDays: 204)
            #expect(try await world.sweep(reconciles: true).proposals.isEmpty)
            #expect(try world.onlyRemoval().body.contains("standing=restored"))
        }
    }

    @Test("a sweep is gone on with where GitHub was in trouble, and for no longer than some hours")
    func sweepInTrouble() async throws {
        var plan = sweptPlan
        plan.mayFail = true
        try await withRemovals(plan) { world in
            func sweepInVain() async throws -> Date {
                nextDay(of: world, ageDays: 200)
                let due = world.clock.now
                world.gitHub.misbehave(.failure(status: 502), on: .init("POST", "/git/trees", isSuffix: true))
                await #expect(throws: GitHubError.self) { try await world.sweep(due: due, reconciles: true) }
                return due
            }
            let first = try await sweepInVain()
            world.clock.advance(seconds: 7 * 3_600)
            #expect(try await world.sweep(due: first, reconciles: true).proposals.count == 1)
            #expect(world.gitHub.pulls(in: world.repository).isEmpty)
            let second = try await sweepInVain()
            world.gitHub.behave()
            world.clock.advance(seconds: 600)
            _ = try await world.sweep(due: second, reconciles: true)
            try await world.deliver()
            #expect(try world.onlyRemoval().isOpen)
        }
    }

    @Test("the same entries proposed again for newer evidence get a branch of their own, whatever is on the old one")
    func sameSetAgain() async throws {
        try await withRemovals(sweptPlan) { world in
            func sweep(ageDays: Double) async throws {
                nextDay(of: world, ageDays: ageDays)
                _ = try await world.sweep(reconciles: true)
                try await world.deliver()
            }
            try await sweep(ageDays: 200)
            let first = try world.onlyRemoval()
            try await world.gitHub.push(
                ["README.md": "By hand.\n"], to: world.repository.branch(first.branch), by: world.maintainer)
            try await world.gitHub.close(first.issue, by: world.maintainer)
            try await world.deliver()
            try await sweep(ageDays: 201)
            #expect(world.gitHub.pulls(in: world.repository).count == 1)
            try await sweep(ageDays: 100)
            let pulls = world.gitHub.pulls(in: world.repository)
            #expect(pulls.map(\.isOpen) == [false, true])
            #expect(Set(pulls.map(\.branch)).count == 2)
            #expect(Set(pulls.compactMap { RemovalRecord(body: $0.body)?.entries.map(\.selector) }).count == 1)
        }
    }
}
