import Foundation
import Persistence
import Playground
import TestSupport
import Testing

@testable import Bot

@Suite("A pull request that edits the policy")
struct PolicyJourneyTests {
    private static let path = ".github/bucketbot.yaml"
    private static let shorter = """
        version: 1
        staleAfterDays: 30
        ageingAfterDays: 20
        generated: ["config/testgrids/acme/*.yaml"]
        protected: []

        """

    /// A registry with an entry whose newest result is 40 days old, and one whose is 25.
    private var plan: WorldPlan {
        var plan = WorldPlan()
        plan.files = [bucketsFile: buckets(adding: entry("older-results"), entry("elder-results"))]
        return plan
    }

    private func bucket(_ name: String, days: Double) -> StandInBucket {
        let job = SyntheticJob(
            ObjectName("logs/e2e"), ids: .snowflake, count: 6, newest: testStart.addingTimeInterval(-days * 86_400),
            intervalSeconds: 86_400)
        return StandInBucket(name, access: .worldReadable, jobs: [job])
    }

    @Test("is told which entries would be judged another way, and what else changes", arguments: [false, true])
    func effect(usesPersonalToken: Bool) async throws {
        var plan = plan
        plan.usesPersonalToken = usesPersonalToken
        try await withWorld(plan) { world in
            world.storage.add(bucket("older-results", days: 40))
            world.storage.add(bucket("elder-results", days: 25))
            let pull = try await world.openPullRequest([Self.path: Self.shorter])
            try await world.deliver()
            let comment = try world.onlyComment(on: pull.issue)
            #expect(comment.body.contains("1 entry would become stale"))
            #expect(try world.verdict(on: pull.issue) == "success")
            if !usesPersonalToken {
                try expectSnapshot(of: world.conversation(on: pull.issue), named: "policy-effect.md")
            }
        }
    }

    @Test(
        "is told what each setting decides, and of labels, names and locations that would not do",
        arguments: [false, true])
    func everySetting(usesPersonalToken: Bool) async throws {
        let text = """
            version: 1
            dashboardPrefixes: [conformance-globex]
            controlLocations: ["gs://older-results/logs/e2e/", "gs://acme-results/logs/e2e/"]
            removals:
              labels: [area/testgrid, kind/cleanup, kind/typo]
              snoozeDays: 30

            """
        var plan = plan
        plan.usesPersonalToken = usesPersonalToken
        try await withWorld(plan) { world in
            world.storage.add(bucket("older-results", days: 400))
            world.storage.add(bucket("elder-results", days: 25))
            let pull = try await world.openPullRequest([Self.path: text])
            try await world.deliver()
            let body = try world.onlyComment(on: pull.issue).body
            #expect(body.contains("`removals.snoozeDays`: `180` becomes `30`. Days for which"))
            #expect(body.contains("1 dashboard would have a name that is not allowed**\n- `conformance-acme`"))
            #expect(body.contains("1 location cannot serve as a control"))
            #expect(body.contains("- `gs://older-results/logs/e2e/`\n"))
            #expect(!body.contains("- `gs://acme-results/logs/e2e/`\n"))
            #expect(body.contains("`kind/typo`"))
            #expect(try world.verdict(on: pull.issue) == "success")
            if !usesPersonalToken {
                try expectSnapshot(of: world.conversation(on: pull.issue), named: "policy-settings.md")
            }
        }
    }

    @Test("is judged by what sweeps know, without a request, where there were any", arguments: [false, true])
    func known(usesPersonalToken: Bool) async throws {
        var plan = plan
        plan.usesPersonalToken = usesPersonalToken
        try await withWorld(plan) { world in
            let name = world.repository.fullName
            let sweeps = world.bot.store.sweeps
            guard
                case .ours(let lease, _) = try await sweeps.begin(
                    name, dueAt: nil, now: world.clock.now, leaseSeconds: 60)
            else {
                Issue.record("no sweep began")
                return
            }
            var seen = EntryObservation(selector: "bucket:gs://older-results/logs/", firstSeenAt: world.clock.now)
            seen.newest = EntryObservation.Newest(
                at: world.clock.now.addingTimeInterval(-40 * 86_400), fact: "finished", build: nil, url: "http://x")
            let outcome = SweepOutcome(observations: [seen], outage: nil)
            try await sweeps.finish(lease, with: outcome, now: world.clock.now)
            let before = world.storage.journal.count
            let pull = try await world.openPullRequest([Self.path: Self.shorter])
            try await world.deliver()
            #expect(world.storage.journal.count == before)
            let body = try world.onlyComment(on: pull.issue).body
            #expect(body.contains("1 entry would become stale"))
            #expect(body.contains("`bucket:gs://older-results/logs/`"))
        }
    }

    @Test("with mistakes gets each on its line, and the policy in force stays", arguments: [false, true])
    func mistakes(hasToken: Bool) async throws {
        try await withWorld(WorldPlan(hasToken: hasToken)) { world in
            let text = "version: 1\nstaleAfterDay: 30\ncomment: sometimes\nremovals:\n  holdDays: 400\n"
            let pull = try await world.openPullRequest([Self.path: text])
            try await world.deliver()
            #expect(try world.verdict(on: pull.issue) == "failure")
            #expect(try world.onlyComment(on: pull.issue).body.contains("write \"staleAfterDays\", if that was meant"))
            guard !hasToken else { return }
            #expect(
                try world.onlyCheckRun(of: pull.issue).places == [
                    "\(Self.path):2-2 policy", "\(Self.path):3-3 policy", "\(Self.path):5-5 policy",
                ])
            try expectSnapshot(of: world.conversation(on: pull.issue), named: "policy-mistakes.md")
        }
    }

    @Test("that says what held before anyway changes nothing, and needs no comment", arguments: [false, true])
    func same(hasToken: Bool) async throws {
        try await withWorld(WorldPlan(hasToken: hasToken)) { world in
            let pull = try await world.openPullRequest([Self.path: "version: 1\nstaleAfterDays: 90\n"])
            try await world.deliver()
            #expect(world.comments(on: pull.issue).isEmpty)
            #expect(try world.verdict(on: pull.issue) == "success")
        }
    }
}
