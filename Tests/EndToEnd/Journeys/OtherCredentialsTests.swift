import Persistence
import Playground
import Testing

@Suite("With a personal token in the place of an App")
struct PersonalTokenTests {
    private var plan: WorldPlan {
        var plan = WorldPlan()
        plan.usesPersonalToken = true
        return plan
    }

    @Test("the verdict is a commit status, and the comment is the token owner's")
    func statuses() async throws {
        try await withWorld(plan) { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            try await world.deliver()
            let first = try #require(world.gitHub.statuses(of: world.repository).last)
            #expect(first.state == "failure")
            #expect(first.context == "bucketbot")
            #expect(first.sha == world.gitHub.headSHA(of: pull.issue))
            #expect(world.checkRuns(of: pull.issue).isEmpty)
            let comment = try world.onlyComment(on: pull.issue)
            try await world.push([bucketsFile: buckets(adding: entry("globex-results"))], to: pull)
            try await world.deliver()
            #expect(world.gitHub.statuses(of: world.repository).map(\.state) == ["failure", "success"])
            #expect(try world.onlyComment(on: pull.issue).id == comment.id)
        }
    }

    @Test("a command is answered, and the bot does not hear itself")
    func command() async throws {
        try await withWorld(plan) { world in
            let pull = try await world.openedPullRequest()
            try world.gitHub.comment("/check-bucket help", on: pull.issue, by: world.contributor)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).count == 2)
        }
    }
}

@Suite("A dry run")
struct DryRunTests {
    @Test("reads everything, records what it would write, and sends none of it")
    func nothingIsSent() async throws {
        var plan = WorldPlan()
        plan.isDryRun = true
        try await withWorld(plan) { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            try world.gitHub.comment("/check-bucket help", on: pull.issue, by: world.contributor)
            let asked = try await world.requests { try await world.deliver() }
            #expect(asked.writes == [])
            #expect(world.gitHub.comments(on: pull.issue).count == 1)
            let recorded = try await world.bot.store.outbox.latest(limit: 100)
            #expect(Set(recorded.map(\.write.kind)) == ["comment", "check run", "reply"])
            #expect(recorded.allSatisfy { $0.state == .recorded })
            #expect(recorded.contains { $0.write.body.contains("Not ready yet") })
        }
    }
}
