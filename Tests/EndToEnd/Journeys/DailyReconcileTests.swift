import BotCore
import Foundation
import Playground
import Testing

@testable import Bot

@Suite("Removal pull requests are looked at every day")
struct DailyReconcileTests {
    /// The look of a process that was just started, as chance would have it in the middle of the longest delay.
    private func look(at world: World) async throws -> Duration? {
        try await DailyReconciles(parts: world.bot.parts, delay: 0.5).runOnce()
    }

    /// Lets days pass, and has the bot look without having heard of anything.
    private func lookDeaf(at world: World, afterDays days: Double = 1) async throws -> GitHubStandIn.SeenPull {
        world.gitHub.loseWaiting()
        world.clock.advance(seconds: days * 86_400)
        _ = try await look(at: world)
        return try world.onlyRemoval()
    }

    /// Another day, on which nothing is written.
    private func expectQuiet(_ world: World) async throws {
        let asked = try await world.requests { _ = try await lookDeaf(at: world) }
        #expect(asked.writes == [])
    }

    @Test("once for each day, also where the program is started again and again, and once for all that was missed")
    func onceADay() async throws {
        try await withRemoval { world, _ in
            // 08:00: what was due at 18:00 the day before is made up for.
            let wait = try await look(at: world)
            #expect(wait == .seconds(10 * 3_600 + 150))
            var asked: [Bool] = []
            for seconds: Double in [0, 36_149, 1, 0, 475_200, 0] {
                world.clock.advance(seconds: seconds)
                let requests = try await world.requests { _ = try await look(at: world) }
                asked.append(requests.contains { $0.name == "GET /repos/{owner}/{repo}/issues" })
            }
            #expect(asked == [false, false, true, false, true, false])
        }
    }

    @Test("what failed is tried again soon")
    func trouble() async throws {
        var plan = StaleRegistry.plan
        plan.mayFail = true
        try await withWorld(plan) { world in
            world.preparedForRemovals()
            try await world.reconcile(["acme-old"])
            world.gitHub.misbehave(.failure(status: 404), on: .init("GET", "/issues"), times: 1)
            let failed = try await look(at: world)
            #expect(failed == nil && world.bot.log.errors.count == 1)
            let again = try await look(at: world)
            #expect(again != nil)
            _ = world.comments(on: try world.onlyRemoval().issue)
        }
    }

    @Test("the hold ends on its day; a hold that somebody took off before stays off")
    func hold() async throws {
        try await withRemoval { world, pull in
            var isHeld = [try await lookDeaf(at: world, afterDays: 13).isHeld, try await lookDeaf(at: world).isHeld]
            try await world.gitHub.setLabel("do-not-merge/hold", on: pull.issue, by: world.maintainer)
            isHeld.append(try await lookDeaf(at: world).isHeld)
            #expect(isHeld == [true, false, true])
        }
        try await withRemoval { world, pull in
            for label in ["do-not-merge/hold", "kind/cleanup"] {
                try await world.gitHub.removeLabel(label, from: pull.issue, by: world.maintainer)
            }
            let labels = try await lookDeaf(at: world).labels
            #expect(labels == ["area/testgrid"])
            try await world.gitHub.setLabel("do-not-merge/hold", on: pull.issue, by: world.maintainer)
            let later = try await lookDeaf(at: world, afterDays: 15)
            #expect(later.isHeld)
        }
    }

    @Test("a base that moved into its way, an entry that somebody took out, and somebody else's commit are noticed")
    func moved() async throws {
        try await withRemoval { world, pull in
            let text = (StaleRegistry.files[StaleRegistry.grid] ?? nil) ?? ""
            let edited = text.replacing(
                "acme-old-results/logs/old\n", with: "acme-old-results/logs/old\n  days_of_results: 3\n")
            try await world.pushToMaster([StaleRegistry.grid: edited])
            let rebuilt = try await lookDeaf(at: world)
            #expect(rebuilt.head != pull.head)
            #expect(try await !world.has("acme-old", at: rebuilt.head))
            try await world.pushToMaster([
                StaleRegistry.grid:
                    edited.replacing("- name: hooli-old\n  gcs_prefix: hooli-results/logs/old\n", with: "")
                    .replacing("  - name: hooli\n    test_group_name: hooli-old\n", with: "")
            ])
            let without = try await lookDeaf(at: world)
            #expect(without.body.contains("not in the registry any more"))
            try await world.gitHub.push(
                ["README.md": "Edited by hand.\n"], to: world.repository.branch(pull.branch), by: world.maintainer)
            let frozen = try await lookDeaf(at: world)
            #expect(frozen.body.contains("Somebody else's commit"))
            try await expectQuiet(world)
        }
    }

    @Test("closed, opened again, merged and taken back while nobody listened is written down")
    func decided() async throws {
        try await withRemoval { world, pull in
            try await world.gitHub.close(pull.issue, by: world.maintainer)
            let declined = try await lookDeaf(at: world)
            #expect(declined.body.contains("standing=declined"))
            try await world.gitHub.reopen(pull.issue, by: world.maintainer)
            let proposed = try await lookDeaf(at: world)
            #expect(proposed.body.contains("standing=proposed"))
            let before = try await world.gitHub.file(StaleRegistry.grid, at: "master", in: world.repository) ?? []
            try await world.gitHub.merge(pull.issue, by: world.maintainer)
            let removed = try await lookDeaf(at: world)
            #expect(removed.body.contains("standing=removed"))
            #expect(try await world.gitHub.branches(of: world.repository) == ["master"])
            try await world.pushToMaster([StaleRegistry.grid: String(decoding: before, as: UTF8.self)])
            let restored = try await lookDeaf(at: world)
            #expect(restored.body.contains("standing=restored"))
            try await expectQuiet(world)
        }
    }
}

extension GitHubStandIn.SeenPull {
    /// Whether the label that holds it is on.
    fileprivate var isHeld: Bool { labels.contains("do-not-merge/hold") }
}
