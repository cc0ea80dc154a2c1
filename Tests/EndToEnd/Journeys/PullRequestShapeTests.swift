import BotCore
import Playground
import Testing

@Suite("Pull requests of every shape")
struct PullRequestShapeTests {
    @Test("from a branch of the repository itself")
    func ownBranch() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest(
                [bucketsFile: buckets(adding: entry("globex-results"))], by: world.maintainer)
            try await world.deliver()
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("from a fork that was deleted before anybody looked")
    func deletedFork() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            world.gitHub.remove(world.example.fork)
            try await world.deliver()
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("a draft gets a check and no comment, and the comment when it is ready")
    func draft() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest(
                [bucketsFile: buckets(adding: entry("missing-results"))], text: PullRequestText(isDraft: true))
            try await world.deliver()
            #expect(world.comments(on: pull.issue).isEmpty)
            _ = try world.onlyCheckRun(of: pull.issue)
            try await world.gitHub.markReady(pull.issue, by: pull.author)
            try await world.deliver()
            _ = try world.onlyComment(on: pull.issue)
            _ = try world.onlyCheckRun(of: pull.issue)
        }
    }

    @Test("one that renames a file is judged by the lines that it edits on the way")
    func renamed() async throws {
        try await withWorld { world in
            let grid = try #require(cleanRegistry[gridFile])
            let pull = try await world.openPullRequest([gridFile: nil, "config/testgrids/acme/moved.yaml": grid])
            try await world.deliver()
            let run = try world.onlyCheckRun(of: pull.issue)
            #expect(run.conclusion == "success", "\(run.places)")
            #expect(run.annotations.isEmpty)
            #expect(world.comments(on: pull.issue).isEmpty, "nothing was added")
        }
    }

    @Test(
        "one of three thousand files is read whole, and so is one of more than GitHub lists", arguments: [2_999, 3_200])
    func manyFiles(count: Int) async throws {
        try await withWorld { world in
            var files: [String: String?] = [bucketsFile: buckets(adding: entry("missing-results"))]
            for number in 0..<count { files["a/\(number % 50)/\(number).txt"] = "\(number)\n" }
            let pull = try await world.openPullRequest(files)
            try await world.deliver()
            let run = try world.onlyCheckRun(of: pull.issue)
            #expect(run.conclusion == "failure")
            #expect(run.annotations.allSatisfy { $0.path == bucketsFile })
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("a file of more than a megabyte is read whole")
    func largeFile() async throws {
        let padding = String(repeating: "# A line that says nothing, many times over.\n", count: 30_000)
        try await withWorld { world in
            let pull = try await world.openPullRequest([
                bucketsFile: padding + buckets(adding: entry("missing-results"))
            ])
            try await world.deliver()
            let run = try world.onlyCheckRun(of: pull.issue)
            #expect(run.annotations.contains { $0.startLine > 30_000 }, "\(run.places)")
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("one whose base has moved is not blamed for what others did")
    func movedBase() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            try await world.pushToMaster(["config/testgrids/other/other.yaml": "test_groups:\n- name: BAD NAME!\n"])
            try await world.deliver()
            let run = try world.onlyCheckRun(of: pull.issue)
            #expect(run.conclusion == "success", "\(run.places)")
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("one far behind its base is judged by where it parted from it")
    func farBehind() async throws {
        try await withWorld { world in
            let start = try #require(try await world.gitHub.head(of: world.repository.branch("master")))
            for number in 1...30 {
                try await world.pushToMaster([
                    "config/testgrids/team\(number)/team.yaml": "test_groups:\n- name: BAD NAME \(number)!\n",
                    bucketsFile: buckets(adding: entry("hooli\(number)-results")),
                ])
            }
            try await world.deliver()
            let pull = try await world.openPullRequest(
                [bucketsFile: buckets(adding: entry("globex-results"))], on: start)
            try await world.deliver()
            let run = try world.onlyCheckRun(of: pull.issue)
            #expect(run.conclusion == "success", "\(run.places)")
            let comment = try world.onlyComment(on: pull.issue)
            #expect(comment.body.contains("1 entry added"))
            #expect(!comment.body.contains("hooli"))
        }
    }

    @Test("one of a bot gets a check and no comment")
    func ofABot() async throws {
        try await withWorld { world in
            let robot = world.gitHub.addAccount("k8s-release-robot[bot]", .bot)
            world.gitHub.grant(.write, to: robot, in: world.repository)
            let pull = try await world.openPullRequest(
                [bucketsFile: buckets(adding: entry("missing-results"))], by: robot)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).isEmpty)
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "failure")
        }
    }

    @Test("one that touches generated files alone gets a check and no comment")
    func generatedOnly() async throws {
        let policy = "version: 1\ngenerated: [\"config/testgrids/made/*.yaml\"]\n"
        try await withWorld(WorldPlan(policy: policy)) { world in
            let pull = try await world.openPullRequest([
                "config/testgrids/made/all.yaml": "test_groups:\n- name: BAD NAME!\n"
            ])
            try await world.deliver()
            #expect(world.comments(on: pull.issue).isEmpty)
            _ = try world.onlyCheckRun(of: pull.issue)
        }
    }

    @Test("one that is moved to another base is judged against that")
    func editedBase() async throws {
        try await withWorld { world in
            let release = world.repository.branch("release")
            let base = try await world.gitHub.head(of: world.repository.branch("master"))
            try await world.gitHub.push(
                ["kettle/buckets.yaml": buckets(adding: entry("globex-results"))], to: release, by: world.maintainer,
                on: base)
            let pull = try await world.openPullRequest([
                bucketsFile: buckets(adding: entry("globex-results"), entry("missing-results"))
            ])
            try await world.deliver()
            let before = try world.onlyComment(on: pull.issue)
            #expect(before.body.contains("2 entries added"), "\(before.body)")
            try await world.gitHub.setBase("release", of: pull.issue, by: pull.author)
            try await world.deliver()
            _ = try world.onlyComment(on: pull.issue)
            _ = world.checkRuns(of: pull.issue)
        }
    }

    @Test("one whose only change is a title is left alone")
    func editedTitle() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            _ = try world.onlyComment(on: pull.issue)
            let opened = try #require(world.gitHub.deliveries.first { $0.action == "opened" })
            let payload = String(decoding: opened.payload, as: UTF8.self).replacing(
                "\"action\":\"opened\"", with: "\"action\":\"edited\",\"changes\":{\"title\":{\"from\":\"Other\"}}")
            #expect(try await world.post("pull_request", id: "title", body: Array(payload.utf8)) == 200)
            let asked = try await world.requests { try await world.work() }
            #expect(asked.isEmpty)
        }
    }
}

@Suite("Pull requests that change while they are looked at")
struct MovingPullRequestTests {
    @Test("commits that were put in the place of others are what is judged, and the others get no word")
    func forcePushed() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            let old = try #require(world.gitHub.headSHA(of: pull.issue))
            world.bot.interruption.atNextProbe {
                try await world.forcePush([bucketsFile: buckets(adding: entry("globex-results"))], to: pull)
            }
            try await world.deliver()
            let comment = try world.onlyComment(on: pull.issue)
            #expect(comment.body.contains("Everything is in place"))
            #expect(comment.editCount == 0)
            #expect(world.gitHub.checkRuns(of: world.repository, at: old).isEmpty)
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")
        }
    }

    @Test("one that is closed meanwhile gets no word")
    func closed() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            world.bot.interruption.atNextProbe { try await world.gitHub.close(pull.issue, by: pull.author) }
            try await world.deliver()
            #expect(world.comments(on: pull.issue).isEmpty)
            #expect(world.checkRuns(of: pull.issue).isEmpty)
        }
    }

    @Test(
        "one that is closed, or pushed to, while its check is announced does not leave it under way",
        arguments: [true, false])
    func abandoned(isClosed: Bool) async throws {
        var plan = WorldPlan()
        plan.quietSeconds = 0.05
        try await withWorld(plan) { world in
            world.storage.misbehave(.latency(.milliseconds(400)), on: .init(bucket: "globex-results"), times: 1)
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            let first = world.gitHub.headSHA(of: pull.issue)
            world.bot.interruption.atNextProbe {
                if isClosed {
                    try await world.gitHub.close(pull.issue, by: pull.author)
                } else {
                    try await world.push([bucketsFile: buckets(adding: entry("globex-results") + "# more\n")], to: pull)
                }
            }
            try await world.deliver()
            let heads = [first, world.gitHub.headSHA(of: pull.issue)].prefix(isClosed ? 1 : 2)
            let runs = heads.flatMap { world.gitHub.checkRuns(of: world.repository, at: $0) }
            #expect(!runs.isEmpty && runs.allSatisfy { $0.status == "completed" })
            #expect(runs.map(\.conclusion) == (isClosed ? ["neutral"] : ["neutral", "success"]))
            if !isClosed { _ = try world.onlyComment(on: pull.issue) }
        }
    }

    @Test("one whose head vanished gets no word, and is not tried for ever")
    func vanished() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            world.gitHub.misbehave(.failure(status: 404, message: "Not Found"), on: .init("GET", "/compare/"))
            try await world.deliverPatiently()
            world.gitHub.behave()
            #expect(world.comments(on: pull.issue).isEmpty)
            #expect(world.checkRuns(of: pull.issue).isEmpty)
        }
    }

    @Test("one whose head GitHub shows a moment late is looked at then")
    func late() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            world.gitHub.misbehave(
                .failure(status: 404, message: "Not Found"), on: .init("GET", "/compare/"), times: 1)
            try await world.deliverPatiently()
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("a probe that takes long is announced, and its result goes over the announcement")
    func announced() async throws {
        var plan = WorldPlan()
        plan.quietSeconds = 0.05
        try await withWorld(plan) { world in
            world.storage.misbehave(.latency(.milliseconds(400)), on: .init(bucket: "globex-results"), times: 1)
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            let asked = try await world.requests { try await world.deliver() }
            let runs = asked.writes.filter { $0.contains("check-runs") }
            #expect(runs.count == 2, "\(runs)")
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")
            _ = try world.onlyComment(on: pull.issue)
        }
    }
}
