import BotCore
import Foundation
import Persistence
import Playground
import TestSupport
import Testing

@testable import Bot

@Suite("A removal pull request")
struct RemovalTests {
    @Test("it is opened once, with its commits, labels and pings, and looked at again nothing changes")
    func opened() async throws {
        try await withWorld(StaleRegistry.plan) { world in
            world.preparedForRemovals()
            let outcome = try await world.reconcile(StaleRegistry.all)
            #expect(outcome.opened.count == 1)
            try await world.deliver()
            let pull = try world.onlyRemoval()
            try expectSnapshot(of: try await world.story(of: pull), named: "removal-opened.txt")
            #expect(pull.labels.sorted() == ["area/testgrid", "do-not-merge/hold", "kind/cleanup"])
            for group in StaleRegistry.all { #expect(try await !world.has(group, at: pull.head)) }
            #expect(try await world.has("acme-e2e", at: pull.head))
            let again = try await world.requests {
                _ = try await world.reconcile(StaleRegistry.all)
                try await world.deliver()
            }
            #expect(again.writes == [])
            world.clock.advance(seconds: 86_400)
            #expect(try await world.requests { _ = try await world.reconcile(StaleRegistry.all) }.writes == [])
            #expect(try world.onlyRemoval() == pull)
        }
    }

    @Test("a sweep opens what it proposes, a second changes nothing, and results that come again close it")
    func swept() async throws {
        var plan = StaleRegistry.plan
        plan.policy = """
            version: 1
            confirmations: 1
            controlLocations: ["gs://acme-results/logs/e2e/"]

            """
        try await withWorld(plan) { world in
            world.preparedForRemovals()
            world.store("old", in: "globex-results", ageDays: 200)
            world.store("old", in: "hooli-results", ageDays: 1)
            world.store("old", in: "acme-old-results", ageDays: 1)
            var sweep = try world.repositorySweep()
            sweep.reconciles = true
            _ = try await sweep.run(dueAt: world.clock.now)
            try await world.deliver()
            let pull = try world.onlyRemoval()
            // The test group, and the entry of its bucket.
            #expect(pull.title == "Remove 2 entries that get no results any more (acme)")
            #expect(try await !world.has("globex-old", at: pull.head))
            world.clock.advance(seconds: 86_400 / 2)
            let later = sweep
            let writes = try await world.requests { _ = try await later.run(dueAt: world.clock.now) }.writes
            #expect(writes == [])
            _ = world.comments(on: pull.issue)
            try await world.withLostDatabase { restored in
                var sweep = try restored.repositorySweep()
                sweep.reconciles = true
                let again = sweep
                let writes = try await restored.requests { _ = try await again.run(dueAt: restored.clock.now) }.writes
                #expect(writes == [])
            }
            world.store("old", in: "globex-results", ageDays: 0.1)
            world.clock.advance(seconds: 86_400 / 4)
            _ = try await sweep.run(dueAt: world.clock.now)
            try await world.deliver()
            #expect(try !world.onlyRemoval().isOpen)
            _ = world.comments(on: pull.issue)
        }
    }

    @Test("with an empty database nothing is opened and nobody is mentioned twice")
    func lostDatabase() async throws {
        try await withWorld(StaleRegistry.plan) { world in
            world.preparedForRemovals()
            try await world.reconcile(StaleRegistry.all)
            try await world.deliver()
            let pull = try world.onlyRemoval()
            _ = try await world.story(of: pull)
            try await world.withLostDatabase { restored in
                let writes = try await restored.requests { _ = try await restored.reconcile(StaleRegistry.all) }.writes
                #expect(writes == [])
                #expect(try restored.onlyRemoval() == pull)
            }
        }
    }

    @Test("nobody is mentioned more often in a week than the policy says, also with an empty database")
    func budget() async throws {
        var plan = StaleRegistry.plan
        plan.policy = "version: 1\nremovals: {groupBy: entry}\n"
        try await withWorld(plan) { world in
            world.preparedForRemovals()
            try await world.reconcile(["acme-old"])
            try await world.deliver()
            let first = try world.onlyRemoval()
            #expect(world.comments(on: first.issue).map(\.body).joined().contains("@acme-jdoe"))
            try await world.gitHub.merge(first.issue, by: world.maintainer)
            try await world.deliver()
            try await world.withLostDatabase { restored in
                try await restored.reconcile(["acme-older"])
                let second = try #require(restored.gitHub.pulls(in: restored.repository).last)
                #expect(second.issue != first.issue)
                #expect(restored.comments(on: second.issue).map(\.body) == [])
                #expect(second.body.contains("asked later"))
                restored.clock.advance(seconds: 8 * 86_400)
                try await restored.reconcile(["acme-older"])
                #expect(try restored.onlyComment(on: second.issue).body.contains("@acme-jdoe"))
                try await restored.reconcile(["acme-older"])
                #expect(restored.comments(on: second.issue).count == 1)
            }
        }
    }

    @Test("the hold is taken off once, and one that a person sets again stays")
    func hold() async throws {
        try await withWorld(StaleRegistry.plan) { world in
            world.preparedForRemovals()
            try await world.reconcile(["acme-old"])
            try await world.deliver()
            let issue = try world.onlyRemoval().issue
            world.clock.advance(seconds: 15 * 86_400)
            try await world.reconcile(["acme-old"])
            #expect(try !world.onlyRemoval().labels.contains("do-not-merge/hold"))
            try await world.gitHub.setLabel("do-not-merge/hold", on: issue, by: world.maintainer)
            try await world.deliver()
            world.clock.advance(seconds: 86_400)
            try await world.reconcile(["acme-old"])
            #expect(try world.onlyRemoval().labels.contains("do-not-merge/hold"))
            _ = world.comments(on: issue)
        }
    }

    @Test("the hold ends on its day, although the policy calls its label otherwise by then")
    func renamedHold() async throws {
        try await withWorld(StaleRegistry.plan) { world in
            world.preparedForRemovals()
            try await world.reconcile(["acme-old"])
            try await world.deliver()
            world.gitHub.addLabel("on-hold", to: world.repository)
            try await world.pushToMaster([".github/bucketbot.yaml": "version: 1\nremovals: {holdLabel: on-hold}\n"])
            try await world.deliver()
            try await world.reconcile(["acme-old"])
            let held = try world.onlyRemoval()
            #expect(
                held.labels.contains("do-not-merge/hold") && held.body.contains("The label `do-not-merge/hold` stays"))
            world.clock.advance(seconds: 15 * 86_400)
            try await world.reconcile(["acme-old"])
            #expect(try world.onlyRemoval().labels.sorted() == ["area/testgrid", "kind/cleanup"])
            _ = world.comments(on: held.issue)
        }
    }

    @Test("a hold that a person takes off early and sets again stays")
    func earlyHold() async throws {
        try await withWorld(StaleRegistry.plan) { world in
            world.preparedForRemovals()
            try await world.reconcile(["acme-old"])
            try await world.deliver()
            let issue = try world.onlyRemoval().issue
            try await world.gitHub.removeLabel("do-not-merge/hold", from: issue, by: world.maintainer)
            try await world.deliver()
            try await world.gitHub.setLabel("do-not-merge/hold", on: issue, by: world.maintainer)
            try await world.deliver()
            world.clock.advance(seconds: 15 * 86_400)
            try await world.reconcile(["acme-old"])
            #expect(try world.onlyRemoval().labels.contains("do-not-merge/hold"))
            _ = world.comments(on: issue)
        }
    }

    @Test("a branch of its name that somebody else made is left alone, and the rest of the sweep goes on")
    func foreignBranch() async throws {
        try await withWorld(StaleRegistry.plan) { world in
            world.preparedForRemovals()
            let name = "bucketbot/remove-config-testgrids-acme-0a1b2c3d"
            let base = try await world.gitHub.head(of: world.repository.branch("master"))
            try await world.gitHub.push(
                ["README.md": "By hand.\n"], to: world.repository.branch(name), by: world.maintainer, on: base)
            let outcome = try await world.reconcile(["acme-old"])
            #expect(outcome.opened == [] && outcome.leftOut == [name])
            let said = world.bot.log.lines.filter { $0.contains("left alone") }
            #expect(said.count == 1 && said.allSatisfy { $0.contains(world.repository.fullName) })
            #expect(world.gitHub.pulls(in: world.repository) == [])
        }
    }

    @Test("in a dry run everything is recorded and nothing is sent")
    func dryRun() async throws {
        var plan = StaleRegistry.plan
        plan.isDryRun = true
        try await withWorld(plan) { world in
            world.preparedForRemovals()
            let writes = try await world.requests { _ = try await world.reconcile(StaleRegistry.all) }.writes
            #expect(writes == [])
            #expect(world.gitHub.pulls(in: world.repository) == [])
            let recorded = try await world.bot.store.outbox.latest(limit: 100)
            #expect(Set(recorded.map(\.write.kind)) == ["branch", "pull request", "comment"])
            #expect(recorded.allSatisfy { $0.state == .recorded })
        }
    }
}
