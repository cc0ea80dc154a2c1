import Playground
import TestSupport
import Testing

@Suite("/check-bucket")
struct CommandTests {
    /// A pull request that the bot has looked at, and the replies to a comment on it.
    private func replies(to body: String, in world: World, by person: StandInAccount? = nil) async throws -> [String] {
        let pull = try await world.openedPullRequest()
        let before = world.comments(on: pull.issue).count
        try world.gitHub.comment(body, on: pull.issue, by: person ?? world.contributor)
        try await world.deliver()
        return world.comments(on: pull.issue).dropFirst(before).map(\.body)
    }

    @Test(
        "alone looks at the whole pull request again: a reply of its own that quotes it, and a reaction before and after"
    )
    func alone() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            let sticky = try world.onlyComment(on: pull.issue)
            let stranger = world.gitHub.addAccount("passer-by")
            let comment = try world.gitHub.comment("/check-bucket", on: pull.issue, by: stranger)
            try await world.deliver()
            let all = world.comments(on: pull.issue)
            #expect(all.count == 2)
            #expect(all.first == sticky, "nothing has changed, so nothing is edited")
            #expect(world.gitHub.reactions(toComment: comment.id, in: world.repository) == ["eyes", "+1"])
            try expectSnapshot(of: world.conversation(on: pull.issue), named: "command-alone.md")
        }
    }

    @Test("mends the comment and the check when the bucket was opened meanwhile")
    func mended() async throws {
        try await withWorld { world in
            world.storage.add(freshBucket("initech-results", access: .private))
            let pull = try await world.openedPullRequest(adding: "initech-results")
            let before = try world.onlyComment(on: pull.issue)
            world.storage.update(bucket: "initech-results") { $0.access = .worldReadable }
            try world.gitHub.comment("Now?\r\n/check-bucket\r\n", on: pull.issue, by: world.contributor)
            try await world.deliver()
            let all = world.comments(on: pull.issue)
            #expect(all.count == 2)
            #expect(all.first?.id == before.id)
            #expect(all.first?.body.contains("Everything is in place") == true)
            #expect(world.checkRuns(of: pull.issue).last?.conclusion == "success")
            #expect(try await world.requests { try await world.pass(minutes: 70) }.isEmpty, "the reminder is dropped")
        }
    }

    @Test(
        "is no command in a fence, a quote, code, an HTML comment, in the middle of a line or under another name",
        arguments: [
            "```\n/check-bucket\n```", "~~~ sh\n/check-bucket\n~~~", "> /check-bucket", "    /check-bucket",
            "<!--\n/check-bucket\n-->", "Please /check-bucket", "/check", "/lgtm\n/approve", "", "/",
            "Look: `/check-bucket`",
        ])
    func noCommand(body: String) async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            let comment = try world.gitHub.comment(body, on: pull.issue, by: world.contributor)
            let asked = try await world.requests { try await world.deliver() }
            #expect(asked.writes == [])
            #expect(world.gitHub.reactions(toComment: comment.id, in: world.repository) == [])
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test(
        "that cannot be carried out is answered with how it is used, and with what was perhaps meant",
        arguments: [
            ("/check-bukcet", "/check-bucket"), ("/check-bucket hlep", "/check-bucket help"),
            ("/check-bucket test-grup:acme-e2e", "/check-bucket test-group:acme-e2e"),
            ("/check-bucket acme-results/logs/", "/check-bucket gs://acme-results/logs/"),
            ("/check-bucket tab:conformance-acme#e2e, now", "\"tab:conformance-acme#e2e, now\""),
            ("/check-bucket \"tab:a", "/check-bucket"), ("/check-bucket gs://A_B/", "gs://"),
        ])
    func misused(line: String, suggestion: String) async throws {
        try await withWorld { world in
            let said = try await replies(to: line, in: world)
            let reply = try #require(said.first)
            #expect(said.count == 1)
            #expect(reply.contains(suggestion), "\(reply)")
            #expect(reply.contains("It is used like this:"), "\(reply)")
        }
    }

    @Test("help shows every command, whoever asks, in any case of letters")
    func help() async throws {
        try await withWorld { world in
            let said = try await replies(to: "/Check-Bucket HELP", in: world, by: world.gitHub.addAccount("passer-by"))
            try expectSnapshot(of: world.written(said.joined(separator: "\n===\n")), named: "command-help.md")
        }
    }

    @Test("several of one comment are answered one by one, the same one once, and no more than ten")
    func several() async throws {
        try await withWorld { world in
            let lines = (1...12).map { "/check-bucket test-group:none-\($0)" }
            let said = try await replies(
                to: (["/check-bucket help", "/check-bucket help"] + lines).joined(separator: "\r\n"), in: world)
            #expect(said.count == 10)
            #expect(said.last?.contains("3 more commands") == true, "\(said.last ?? "")")
        }
    }

    @Test("an edit that adds one is heard, and what was said before is not heard again")
    func edited() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            let comment = try world.gitHub.comment("/check-bucket help", on: pull.issue, by: world.contributor)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).count == 2)
            let edited = try world.gitHub.edit(
                comment, to: "/check-bucket help\n\nThank you!", in: world.repository, by: world.contributor)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).count == 2)
            try world.gitHub.edit(
                edited, to: "/check-bucket help\n/check-bucket test-group:acme-e2e", in: world.repository,
                by: world.contributor)
            try await world.deliver()
            let all = world.comments(on: pull.issue)
            #expect(all.count == 3)
            #expect(all.last?.body.contains("> `/check-bucket test-group:acme-e2e`") == true)
        }
    }

    @Test("whose delivery comes again finds the reply already there, also with an empty database")
    func repeated() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            try world.gitHub.comment("/check-bucket\n/check-bucket help", on: pull.issue, by: world.contributor)
            try await world.deliver()
            let before = world.comments(on: pull.issue)
            #expect(before.count == 3)
            let delivery = try #require(
                world.gitHub.deliveries.first {
                    $0.event == "issue_comment" && $0.payload.contains("/check-bucket help")
                })
            world.gitHub.redeliver(guid: delivery.guid)
            try await world.deliver()
            #expect(try await world.post("issue_comment", id: "again", body: delivery.payload) == 200)
            try await world.work()
            #expect(world.comments(on: pull.issue) == before)
            try await world.withLostDatabase { world in
                #expect(try await world.post("issue_comment", id: "again", body: delivery.payload) == 200)
                try await world.work()
                #expect(world.comments(on: pull.issue) == before)
            }
        }
    }

    @Test("of a bot, our own included, is not heard")
    func bots() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            let robot = world.gitHub.addAccount("k8s-ci-robot[bot]", .bot)
            try world.gitHub.comment("/check-bucket", on: pull.issue, by: robot)
            try world.gitHub.comment("/check-bucket", on: pull.issue, by: world.example.app.bot)
            let asked = try await world.requests { try await world.deliver() }
            #expect(asked.writes == [])
            #expect(world.comments(on: pull.issue).count == 2, "the comment of the check, and the one above")
        }
    }

    @Test("a comment of 65,536 slashes is no command, and is dealt with at once")
    func slashes() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            for body in [String(repeating: "/", count: 65_536), String(repeating: "/\n", count: 32_768)] {
                try world.gitHub.comment(body, on: pull.issue, by: world.contributor)
            }
            let asked = try await world.requests { try await world.deliver() }
            #expect(asked.writes == [])
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("on a line of a file is answered in the conversation, and the comment gets the reaction")
    func onALine() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            let id = try world.gitHub.comment(
                "/check-bucket", on: 6, of: bucketsFile, in: pull.issue, by: world.contributor)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).count == 2)
            #expect(world.gitHub.reactions(toComment: id, in: world.repository) == ["eyes", "+1"])
            _ = world.gitHub.lineComments(on: pull.issue)
        }
    }

    @Test("in an issue looks at the registry of the default branch, by name")
    func inAnIssue() async throws {
        try await withWorld { world in
            let issue = try world.gitHub.openIssue("Results?", nil, in: world.repository, by: world.contributor)
            try world.gitHub.comment("/check-bucket", on: issue, by: world.contributor)
            try world.gitHub.comment("/check-bucket test-group:acme-e2e", on: issue, by: world.contributor)
            try world.gitHub.comment("/check-bucket test-group:acme-e3e", on: issue, by: world.contributor)
            try await world.deliver()
            let said = world.comments(on: issue).map(\.body)
            #expect(said.count == 3)
            #expect(said[0].contains("There is nothing to look at here"))
            #expect(said[1].contains("acme-results/logs/e2e"))
            #expect(said[2].contains("- `test-group:acme-e2e`"), "\(said[2])")
        }
    }

    @Test("on a closed pull request says that it is closed")
    func closed() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            try await world.gitHub.close(pull.issue, by: pull.author)
            try world.gitHub.comment("/check-bucket", on: pull.issue, by: world.contributor)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).last?.body.contains("This pull request is closed") == true)
        }
    }
}

extension [UInt8] {
    /// Whether a text stands in the bytes.
    func contains(_ text: String) -> Bool { String(decoding: self, as: UTF8.self).contains(text) }
}
