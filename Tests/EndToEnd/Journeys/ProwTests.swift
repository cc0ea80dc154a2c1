import CurlHTTP
import Foundation
import Playground
import Testing

@testable import Bot

@Suite("As an external plugin of Prow")
struct ProwTests {
    private func plan(_ sender: StandInSender, token: Bool) -> WorldPlan {
        var plan = WorldPlan()
        plan.sender = sender
        plan.usesPersonalToken = token
        return plan
    }

    @Test(
        "a pull request is answered, pushed to, asked about and closed as where GitHub itself tells of it",
        arguments: [StandInSender.prow, .phony], [false, true])
    func life(sender: StandInSender, hasToken: Bool) async throws {
        try await withWorld(plan(sender, token: hasToken)) { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            try await world.deliver()
            let comment = try world.onlyComment(on: pull.issue)
            #expect(comment.body.contains("Not ready yet"))
            if hasToken {
                #expect(world.gitHub.statuses(of: world.repository).last?.state == "failure")
            } else {
                #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "failure")
            }
            try world.gitHub.comment("/check-bucket help", on: pull.issue, by: world.contributor)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).count == 2)
            try await world.push([bucketsFile: buckets(adding: entry("globex-results"))], to: pull)
            try await world.deliver()
            let mended = try #require(world.comments(on: pull.issue).first { $0.id == comment.id })
            #expect(!mended.body.contains("Not ready yet"))
            try await world.gitHub.close(pull.issue, by: world.contributor)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).count == 2)
        }
    }

    @Test(
        "an event that Prow and GitHub both bring is one, whoever is first", arguments: [StandInSender.prow, .gitHub])
    func both(first: StandInSender) async throws {
        try await withWorld(plan(first, token: false)) { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            try await world.deliver()
            for delivery in world.gitHub.deliveries { world.gitHub.redeliver(guid: delivery.guid) }
            let other = StandInWebhook(
                url: world.bot.webhookURL, secret: world.example.webhookSecret, sender: first == .prow ? .gitHub : .prow
            )
            let sent = try await world.gitHub.sendWaiting(to: other, over: world.transport)
            #expect(sent.contains { String(decoding: $0.response, as: UTF8.self) == "duplicate\n" })
            try await world.deliver()
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test(
        "whatever befalls the question where the App is installed, which Prow does not tell, all ends as it should",
        arguments: TroubleTests.Trouble.allCases)
    func installationInTrouble(trouble: TroubleTests.Trouble) async throws {
        try await withWorld(plan(.prow, token: false)) { world in
            world.gitHub.misbehave(trouble.kind, on: .init("GET", "/installation", isSuffix: true), times: 1)
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            let asked = try await world.requests { try await world.deliverPatiently() }
            #expect(asked.contains { $0.name.hasSuffix("/installation") && $0.isSpoiled })
            #expect(try world.onlyComment(on: pull.issue).body.contains("Everything is in place"))
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")
        }
    }

    @Test("an installation of Prow's own App in what it passes on is not taken for the bot's")
    func foreignInstallation() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            let opened = try #require(world.gitHub.deliveries.last { $0.event == "pull_request" })
            var members = try #require(
                try JSONSerialization.jsonObject(with: Data(opened.payload)) as? [String: Any])
            members["installation"] = ["id": 999_999]
            let body = Array(try JSONSerialization.data(withJSONObject: members))
            #expect(try await world.post("pull_request", id: "passed-on", body: body) == 200)
            try await world.work()
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("it is asked for help where Prow looks for it", arguments: ["/help", "/hook/help", "/webhook/help"])
    func help(path: String) async throws {
        try await withWorld(plan(.prow, token: false)) { world in
            var headers = HTTPHeaders()
            headers.append(name: "Content-Type", value: "application/json")
            let request = HTTPRequest(
                .post, world.bot.rootURL + path, headers: headers,
                body: Array(#"[{"Org":"acme","Repo":"registry"},{"Org":"acme","Repo":""}]"#.utf8),
                deadline: .seconds(1))
            let response = try await world.transport.send(request)
            #expect(response.head.status == 200)
            let help = try #require(
                try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
            #expect(Set(help.keys) == ["Description", "Config", "Events", "Commands"])
            let commands = try #require(help["Commands"] as? [[String: Any]])
            #expect(commands.contains { ($0["Usage"] as? String)?.hasPrefix("/check-bucket") == true })
        }
    }
}
