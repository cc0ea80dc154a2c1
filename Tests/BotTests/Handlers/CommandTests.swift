import BotCore
import Foundation
import Playground
import Synchronization
import Testing

@testable import Bot

@Suite("The command /check-bucket")
struct CommandTests {
    private let addition: GitChanges = ["kettle/buckets.yaml": bucketsYAML(adding: "globex-results")]

    /// Replies of the bot, without the comment that it keeps on a pull request.
    private func replies(_ world: HandlerWorld, on issue: IssueReference) -> [String] {
        world.said(on: issue).map(\.body).filter { Marker(startOf: $0)?.kind == "reply" }
    }

    private func stranger(_ world: HandlerWorld) -> StandInAccount { world.gitHub.addAccount("passer-by") }

    private func reactions(_ world: HandlerWorld, to comment: StandInComment) -> [String] {
        world.gitHub.reactions(toComment: comment.id, in: world.repository)
    }

    @Test("In a pull request it looks at what the pull request brings, once for each delivery")
    func everything() async throws {
        try await withHandlerWorld { world in
            let pull = try await world.example.openPullRequest(addition)
            let comment = try world.gitHub.comment("Please\n\n/check-bucket\r\n", on: pull, by: stranger(world))
            try await world.settle()
            try await world.repeatLast()
            let replies = replies(world, on: pull)
            #expect(replies.count == 1)
            #expect(replies.first?.contains("> `/check-bucket`") == true)
            #expect(replies.first?.contains("globex-results") == true)
            #expect(Set(reactions(world, to: comment)) == ["eyes", "+1"])
            #expect(world.checks(of: pull).count == 1)
        }
    }

    @Test("A lost database answers nothing a second time")
    func lostDatabase() async throws {
        try await withHandlerWorld { world in
            let pull = try await world.example.openPullRequest(addition)
            try world.gitHub.comment("/check-bucket", on: pull, by: world.contributor)
            try await world.settle()
            try await world.closeStore()
            try await world.openStore(named: "new")
            try await world.repeatLast()
            #expect(replies(world, on: pull).count == 1)
        }
    }

    @Test("A reply whose answer was lost is not written twice", arguments: [true, false])
    func lostAnswer(wasDone: Bool) async throws {
        try await withHandlerWorld { world in
            let issue = try world.gitHub.openIssue("Help", nil, in: world.repository, by: world.contributor)
            try world.gitHub.comment("/check-bucket help", on: issue, by: world.contributor)
            world.gitHub.misbehave(
                wasDone ? .afterDoing(.reset) : .reset,
                on: GitHubMisbehavior.Target("POST", "/issues/\(issue.number)/comments"), times: 1)
            try await world.settle()
            #expect(replies(world, on: issue).count == 1)
        }
    }

    @Test("In an issue it looks at what the registry names, whoever asks")
    func issue() async throws {
        try await withHandlerWorld { world in
            let issue = try world.gitHub.openIssue("Help", nil, in: world.repository, by: world.contributor)
            try world.gitHub.comment(
                "/check-bucket gs://acme-results/logs/e2e/\n/check-bucket test-group:acme-e2e\n/Check-Bucket",
                on: issue, by: stranger(world))
            try await world.settle()
            let replies = replies(world, on: issue)
            #expect(replies.count == 3)
            #expect(replies.prefix(2).allSatisfy { $0.contains("acme-results/logs/e2e") })
        }
    }

    @Test("A location that nobody names is looked at for members and for people with write access alone")
    func permission() async throws {
        try await withHandlerWorld { world in
            let issue = try world.gitHub.openIssue("Help", nil, in: world.repository, by: world.contributor)
            let command = "/check-bucket gs://globex-results/logs/"
            let refused = try world.gitHub.comment(command, on: issue, by: world.contributor)
            try await world.settle()
            #expect(world.buckets.journal.count == 0)
            #expect(Set(reactions(world, to: refused)) == ["eyes", "confused"])
            let writer = world.gitHub.addAccount("writer")
            world.gitHub.grant(.write, to: writer, in: world.repository)
            let member = world.gitHub.addAccount("member")
            world.gitHub.addMembers([member], to: world.example.organization)
            for person in [writer, member] {
                let comment = try world.gitHub.comment(command, on: issue, by: person)
                try await world.settle()
                #expect(Set(reactions(world, to: comment)) == ["eyes", "+1"])
            }
            #expect(replies(world, on: issue).count == 3)
        }
    }

    @Test("Where GitHub does not say who may, nobody is told that he may not")
    func permissionUnknown() async throws {
        try await withHandlerWorld { world in
            let issue = try world.gitHub.openIssue("Help", nil, in: world.repository, by: world.contributor)
            world.gitHub.misbehave(.failure(status: 502), on: GitHubMisbehavior.Target("GET", "/members/"))
            try world.gitHub.comment("/check-bucket gs://globex-results/logs/", on: issue, by: world.contributor)
            try await world.settle()
            let reply = try #require(replies(world, on: issue).first)
            #expect(reply.contains("could not"))
            #expect(world.buckets.journal.count == 0)
        }
    }

    @Test("Quotes, code, comments of HTML and other bots' commands are no commands")
    func noCommands() async throws {
        try await withHandlerWorld { world in
            let issue = try world.gitHub.openIssue("Help", nil, in: world.repository, by: world.contributor)
            let body = """
                > /check-bucket
                ```
                /check-bucket
                ```
                <!--
                /check-bucket
                -->
                    /check-bucket
                /lgtm
                see /check-bucket
                """
            try world.gitHub.comment(body, on: issue, by: world.contributor)
            try world.gitHub.comment("/check-bucket", on: issue, by: world.example.app.bot)
            try world.gitHub.comment(
                "/check-bucket", on: issue, by: world.gitHub.addAccount("other[bot]", .bot))
            try await world.settle()
            #expect(replies(world, on: issue).isEmpty)
            _ = world.gitHub.comments(on: issue)
        }
    }

    @Test("A misspelt command is answered with what was perhaps meant, and an unknown entry with its neighbors")
    func misuse() async throws {
        try await withHandlerWorld { world in
            let issue = try world.gitHub.openIssue("Help", nil, in: world.repository, by: world.contributor)
            let comment = try world.gitHub.comment(
                "/check-bukcet\n/check-bucket test-group:acme-e2", on: issue, by: world.contributor)
            try await world.settle()
            let replies = replies(world, on: issue)
            #expect(replies.count == 2)
            #expect(replies.first?.contains("/check-bucket") == true)
            #expect(replies.last?.contains("test-group:acme-e2e") == true)
            #expect(Set(reactions(world, to: comment)) == ["eyes", "confused"])
        }
    }

    @Test("An edit is heard for what it adds")
    func edit() async throws {
        try await withHandlerWorld { world in
            let issue = try world.gitHub.openIssue("Help", nil, in: world.repository, by: world.contributor)
            let comment = try world.gitHub.comment("/check-bucket help", on: issue, by: world.contributor)
            try await world.settle()
            try world.gitHub.edit(
                comment, to: "/check-bucket help\n/check-bucket test-group:acme-e2e", in: world.repository,
                by: world.contributor)
            try await world.settle()
            #expect(replies(world, on: issue).count == 2)
        }
    }

    @Test("A comment on a line is heard, and answered in the conversation")
    func lineComment() async throws {
        try await withHandlerWorld { world in
            let pull = try await world.example.openPullRequest(addition)
            let id = try world.gitHub.comment(
                "/check-bucket gs://globex-results/logs/", on: 5, of: "kettle/buckets.yaml", in: pull,
                by: world.contributor)
            try await world.settle()
            #expect(replies(world, on: pull).count == 1)
            #expect(Set(world.gitHub.reactions(toComment: id, in: world.repository)) == ["eyes", "+1"])
        }
    }

    @Test("Somebody who asks too often is told once when to ask again")
    func rate() async throws {
        try await withHandlerWorld { world in
            let issue = try world.gitHub.openIssue("Help", nil, in: world.repository, by: world.contributor)
            for _ in 0..<CommandRate.perPersonPerHour + 3 {
                try world.gitHub.comment("/check-bucket help", on: issue, by: world.contributor)
            }
            try await world.settle()
            let replies = replies(world, on: issue)
            #expect(replies.count == CommandRate.perPersonPerHour + 1)
            #expect(replies.last != replies.first)
            _ = try await world.pass(minutes: 61)
            try world.gitHub.comment("/check-bucket test-group:acme-e2e", on: issue, by: world.contributor)
            try await world.settle()
            #expect(self.replies(world, on: issue).last?.contains("acme-results") == true)
        }
    }

    @Test("Each of several commands in one comment counts")
    func rateOfCommands() async throws {
        try await withHandlerWorld { world in
            let issue = try world.gitHub.openIssue("Help", nil, in: world.repository, by: world.contributor)
            for _ in 0..<CommandRate.perPersonPerHour / 2 + 2 {
                try world.gitHub.comment(
                    "/check-bucket help\n/check-bucket test-group:acme-e2e", on: issue, by: world.contributor)
            }
            try await world.settle()
            #expect(replies(world, on: issue).count == CommandRate.perPersonPerHour + 1)
        }
    }

    @Test("A comment of nothing but slashes is no command")
    func slashes() async throws {
        try await withHandlerWorld { world in
            let issue = try world.gitHub.openIssue("Help", nil, in: world.repository, by: world.contributor)
            try world.gitHub.comment(
                String(repeating: "/", count: 65_536), on: issue, by: world.contributor)
            try await world.settle()
            #expect(replies(world, on: issue).isEmpty)
        }
    }

    @Test("Where a conversation is locked nothing is said, and the delivery is done")
    func locked() async throws {
        try await withHandlerWorld { world in
            let issue = try world.gitHub.openIssue("Help", nil, in: world.repository, by: world.contributor)
            world.gitHub.misbehave(
                .failure(status: 403, message: "Unable to create comment because issue is locked."),
                on: GitHubMisbehavior.Target("POST", "/issues/\(issue.number)/comments"))
            try world.gitHub.comment("/check-bucket help", on: issue, by: world.contributor)
            try await world.settle()
            #expect(replies(world, on: issue).isEmpty)
        }
    }

    @Test("When GitHub fails again and again, a short apology is tried at the end")
    func gaveUp() async throws {
        try await withHandlerWorld { world in
            let issue = try world.gitHub.openIssue("Help", nil, in: world.repository, by: world.contributor)
            world.gitHub.misbehave(.failure(status: 500), on: GitHubMisbehavior.Target("GET", "/git/"))
            try world.gitHub.comment("/check-bucket test-group:acme-e2e", on: issue, by: world.contributor)
            await #expect(throws: (any Error).self) { try await world.settle(attempts: 5) }
            #expect(replies(world, on: issue).count == 1)
        }
    }
}
