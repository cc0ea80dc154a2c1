import Playground
import Testing

@Suite("The one comment of a pull request")
struct StickyCommentTests {
    @Test("a marker that somebody else wrote counts for nothing")
    func forgedMarker() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            let stranger = world.gitHub.addAccount("mallory")
            let forged = "<!-- bucketbot:check head=0 print=0 -->\nAll is well."
            try world.gitHub.comment(forged, on: pull.issue, by: stranger)
            try await world.deliver()
            let comment = try world.onlyComment(on: pull.issue)
            #expect(comment.body.contains("Everything is in place"))
            let theirs = world.gitHub.comments(on: pull.issue).first { $0.author == stranger }
            #expect(theirs?.body == forged)
        }
    }

    @Test("of several of ours, the oldest stays and the others go")
    func healed() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            let first = try world.onlyComment(on: pull.issue)
            try world.gitHub.comment(first.body, on: pull.issue, by: world.example.app.bot)
            try world.gitHub.comment(first.body + "more\n", on: pull.issue, by: world.example.app.bot)
            try await world.push(
                [bucketsFile: buckets(adding: entry("globex-results", prefix: "globex-again:"))], to: pull)
            try await world.deliver()
            #expect(try world.onlyComment(on: pull.issue).id == first.id)
        }
    }

    @Test("is written anew where somebody deleted it")
    func deleted() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            world.gitHub.delete(try world.onlyComment(on: pull.issue), in: world.repository)
            try await world.push(
                [bucketsFile: buckets(adding: entry("globex-results", prefix: "globex-again:"))], to: pull)
            try await world.deliver()
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("is put right where somebody with write access changed it")
    func tampered() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            let comment = try world.onlyComment(on: pull.issue)
            try world.gitHub.edit(comment, to: "Nothing to see.", in: world.repository, by: world.maintainer)
            try await world.push(
                [bucketsFile: buckets(adding: entry("globex-results", prefix: "globex-again:"))], to: pull)
            try await world.deliver()
            // Without its marker it is nobody's: a new one is written.
            #expect(world.comments(on: pull.issue).last?.body.contains("Everything is in place") == true)
        }
    }

    @Test("with a policy of `never` there is none, and the check says it all")
    func never() async throws {
        try await withWorld(WorldPlan(policy: "version: 1\ncomment: never\n")) { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            try await world.deliver()
            #expect(world.comments(on: pull.issue).isEmpty)
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "failure")
        }
    }

    @Test("with a policy of `problems` there is one only where there is a problem, and it does not go on saying so")
    func problems() async throws {
        try await withWorld(WorldPlan(policy: "version: 1\ncomment: problems\n")) { world in
            let good = try await world.openedPullRequest()
            #expect(world.comments(on: good.issue).isEmpty)
            let pull = try await world.openPullRequest(
                [bucketsFile: buckets(adding: entry("missing-results"))], branch: "bad")
            try await world.deliver()
            #expect(try world.onlyComment(on: pull.issue).body.contains("Not ready yet"))
            try await world.push([bucketsFile: buckets(adding: entry("globex-results"))], to: pull)
            try await world.deliver()
            #expect(try world.onlyComment(on: pull.issue).body.contains("Everything is in place"))
        }
    }

    @Test("with a policy of `additions`, removing an entry gets none, and with `always` it gets one")
    func removal() async throws {
        let less = [bucketsFile: buckets()]
        var plan = WorldPlan()
        plan.files = [bucketsFile: buckets(adding: entry("globex-results"))]
        try await withWorld(plan) { world in
            let pull = try await world.openPullRequest(less)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).isEmpty, "\(world.comments(on: pull.issue).map(\.body))")
            #expect(try world.onlyCheckRun(of: pull.issue).status == "completed")
        }
        plan.policy = "version: 1\ncomment: always\n"
        try await withWorld(plan) { world in
            let pull = try await world.openPullRequest(less)
            try await world.deliver()
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("a policy that the pull request itself brings does not count, and what is wrong with it is said")
    func ownPolicy() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([
                ".github/bucketbot.yaml": "version: 1\ncomment: never\nsurprise: true\n",
                bucketsFile: buckets(adding: entry("globex-results")),
            ])
            try await world.deliver()
            let comment = try world.onlyComment(on: pull.issue)
            #expect(comment.body.contains("surprise"))
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "failure")
        }
    }

    @Test("a policy on the base branch counts from the push that brings it")
    func policyPushed() async throws {
        try await withWorld { world in
            let first = try await world.openedPullRequest()
            _ = try world.onlyComment(on: first.issue)
            try await world.pushToMaster([".github/bucketbot.yaml": "version: 1\ncomment: never\n"])
            try await world.deliver()
            let pull = try await world.openPullRequest(
                [bucketsFile: buckets(adding: entry("missing-results"))], branch: "second")
            try await world.deliver()
            #expect(world.comments(on: pull.issue).isEmpty)
            _ = try world.onlyCheckRun(of: pull.issue)
        }
    }
}
