import BotCore
import Persistence
import Playground
import TestSupport
import Testing

@testable import Bot

@Suite("What becomes of a removal pull request")
struct RemovalLifeTests {
    @Test("an entry that gets results again leaves, and the branch is made anew without it")
    func resumed() async throws {
        try await withRemoval { world, pull in
            world.clock.advance(seconds: 86_400)
            try await world.reconcile(["acme-older", "globex-old", "hooli-old"], fresh: ["acme-old"])
            try await world.deliver()
            let after = try world.onlyRemoval()
            #expect(after.isOpen && after.head != pull.head)
            #expect(try await world.has("acme-old", at: after.head))
            #expect(try await !world.has("acme-older", at: after.head))
            #expect(after.body.contains("results came again"))
            #expect(after.title.contains("3 entries"))
            #expect(try await world.requests { _ = try await world.reconcile(StaleRegistry.all) }.writes == [])
        }
    }

    @Test("where all entries get results again it is closed, its branch is deleted, and it says why")
    func empty() async throws {
        try await withRemoval(of: ["acme-old"]) { world, pull in
            try await world.reconcile([], fresh: ["acme-old"])
            try await world.deliver()
            let after = try world.onlyRemoval()
            #expect(!after.isOpen && !after.isMerged)
            #expect(world.comments(on: pull.issue).last?.body.contains("1 gets results again") == true)
            #expect(try await world.gitHub.branches(of: world.repository) == ["master"])
            // It was no decision of a person: stale again, it is proposed again.
            #expect(try await world.reconcile(["acme-old"]).opened.count == 1)
            try await world.deliver()
            for pull in world.gitHub.pulls(in: world.repository) { _ = world.comments(on: pull.issue) }
        }
    }

    @Test("somebody else's commit freezes the branch, which is said once")
    func frozen() async throws {
        try await withRemoval { world, pull in
            try await world.gitHub.push(
                ["README.md": "Edited by hand.\n"], to: world.repository.branch(pull.branch), by: world.maintainer)
            try await world.deliver()
            let frozen = try world.onlyRemoval()
            #expect(frozen.body.contains("Somebody else's commit"))
            try await world.reconcile(["acme-older", "globex-old", "hooli-old"], fresh: ["acme-old"])
            try await world.deliver()
            try await world.reconcile(["acme-older", "globex-old", "hooli-old"], fresh: ["acme-old"])
            let after = try world.onlyRemoval()
            #expect(after.head == frozen.head)
            let said = world.comments(on: pull.issue).filter { $0.body.contains("I leave the branch alone") }
            #expect(said.count == 1)
        }
    }

    @Test("closed without being merged means declined: the same evidence is not proposed again")
    func declined() async throws {
        try await withRemoval(of: ["acme-old"]) { world, pull in
            try await world.gitHub.close(pull.issue, by: world.maintainer)
            try await world.deliver()
            #expect(try await world.reconcile(["acme-old"]).opened == [])
            #expect(try world.onlyRemoval().body.contains("standing=declined"))
            try await world.withLostDatabase { restored in
                let outcome = try await restored.reconcile(["acme-old"])
                #expect(outcome.opened == [])
            }
            try await world.gitHub.reopen(pull.issue, by: world.maintainer)
            try await world.deliver()
            #expect(try world.onlyRemoval().body.contains("standing=proposed"))
        }
    }

    @Test("declined stays declined, however many issues our account has opened since")
    func declinedLongAgo() async throws {
        try await withRemoval(of: ["acme-old"]) { world, pull in
            try await world.gitHub.close(pull.issue, by: world.maintainer)
            try await world.deliver()
            try world.gitHub.addIssues(2_000, to: world.repository, by: world.example.app.bot)
            #expect(try await world.reconcile(["acme-old"]).opened == [])
        }
    }

    @Test("what an account of the past has opened is asked for once and no more")
    func formerAccount() async throws {
        try await withRemoval(of: ["acme-old"]) { world, pull in
            try world.gitHub.addIssues(1, to: world.repository, by: world.maintainer)
            let number = pull.issue.number + 1
            let name = world.repository.fullName
            try await world.bot.store.removals.save(
                StoredRemoval(repository: name, number: number, isOpen: true, record: "", savedAt: world.clock.now))
            var asked: [Int] = []
            for _ in 0..<2 {
                let requests = try await world.requests { try await world.reconcile(["acme-old"]) }
                asked.append(requests.count { $0.request.path.hasSuffix("/issues/\(number)") })
            }
            // The standings ask, and the reconciling does not.
            #expect(asked == [1, 0])
        }
    }

    @Test("what was merged and is back, by whatever way, is left alone for as long as the policy says")
    func reverted() async throws {
        try await withRemoval(of: ["acme-old"]) { world, pull in
            let before = try await world.gitHub.file(StaleRegistry.grid, at: "master", in: world.repository)
            try await world.gitHub.merge(pull.issue, by: world.maintainer)
            try await world.deliver()
            #expect(try await !world.has("acme-old"))
            #expect(try world.onlyRemoval().body.contains("standing=removed"))
            #expect(try await world.gitHub.branches(of: world.repository) == ["master"])
            let text = String(decoding: before ?? [], as: UTF8.self)
            try await world.pushToMaster([StaleRegistry.grid: text])
            try await world.deliver()
            #expect(try world.onlyRemoval().body.contains("standing=restored"))
            #expect(try await world.reconcile(["acme-old"]).opened == [])
            world.clock.advance(seconds: 179 * 86_400)
            #expect(try await world.reconcile(["acme-old"]).opened == [])
            world.clock.advance(seconds: 2 * 86_400)
            #expect(try await world.reconcile(["acme-old"]).opened.count == 1)
            try await world.deliver()
            for pull in world.gitHub.pulls(in: world.repository) { _ = world.comments(on: pull.issue) }
        }
    }

    @Test("it is made anew as soon as a push conflicts, and only then; pushes of anything else cost no look at it")
    func conflict() async throws {
        try await withRemoval(of: ["acme-old"]) { world, pull in
            var looks: [Bool] = []
            for text in ["Something else.\n", "Something else again.\n"] {
                try await world.pushToMaster(["README.md": text])
                let asked = try await world.requests { try await world.deliver() }
                looks.append(asked.contains { $0.name == "GET /repos/{owner}/{repo}/pulls/{pull_number}" })
            }
            #expect(looks == [true, false])
            #expect(try world.onlyRemoval().head == pull.head)
            let text = (StaleRegistry.files[StaleRegistry.grid] ?? nil) ?? ""
            try await world.pushToMaster([
                StaleRegistry.grid: text.replacing(
                    "  gcs_prefix: acme-old-results/logs/old\n",
                    with: "  gcs_prefix: acme-old-results/logs/old\n  days_of_results: 3\n")
            ])
            try await world.deliver()
            let after = try world.onlyRemoval()
            #expect(after.head != pull.head)
            #expect(try await !world.has("acme-old", at: after.head))
            try await world.gitHub.merge(after.issue, by: world.maintainer)
            try await world.deliver()
        }
    }

    @Test("pushes that are told of out of order end the same")
    func latePush() async throws {
        try await withRemoval(of: ["acme-old"]) { world, pull in
            let text = (StaleRegistry.files[StaleRegistry.grid] ?? nil) ?? ""
            func push(days: Int) async throws -> StandInDelivery {
                let prefix = "  gcs_prefix: acme-old-results/logs/old\n"
                try await world.pushToMaster([
                    StaleRegistry.grid: text.replacing(prefix, with: "\(prefix)  days_of_results: \(days)\n")
                ])
                return try #require(world.gitHub.deliveries.last { $0.event == "push" })
            }
            let late = try await push(days: 3)
            world.gitHub.loseWaiting()
            _ = try await push(days: 4)
            try await world.deliver()
            let before = try world.onlyRemoval()
            #expect(before.head != pull.head)
            world.gitHub.redeliver(guid: late.guid)
            try await world.deliver()
            _ = try await push(days: 3)
            try await world.deliver()
            #expect(try world.onlyRemoval().head != before.head)
        }
    }

    @Test("it is made anew where the base refers to what it takes out, although their lines do not meet")
    func meaning() async throws {
        try await withRemoval(of: ["acme-old"]) { world, pull in
            let other = "config/testgrids/globex/globex.yaml"
            let text = """
                dashboards:
                - name: globex-everything
                  dashboard_tab:
                  - name: acme
                    test_group_name: acme-e2e
                  - name: acme-old
                    test_group_name: acme-old

                """
            try await world.pushToMaster([other: text])
            try await world.deliver()
            try await world.reconcile(["acme-old"])
            try await world.deliver()
            let after = try world.onlyRemoval()
            #expect(after.isOpen && after.head != pull.head)
            let left = try await world.gitHub.file(other, at: after.head, in: world.repository) ?? []
            let wanted = text.replacing("  - name: acme-old\n    test_group_name: acme-old\n", with: "")
            #expect(String(decoding: left, as: UTF8.self) == wanted)
            #expect(after.body.contains("globex.yaml:6"))
            #expect(try await world.requests { _ = try await world.reconcile(["acme-old"]) }.writes == [])
        }
    }
}
