import CurlHTTP
import Foundation
import OpenSSLCrypto
import Playground
import TestSupport
import Testing

@Suite("The stand-in for GitHub tells an App what happened")
struct WebhookTests {
    @Test("what happens is sent once, signed, and its answer is written down; a redelivery has the same GUID")
    func sending() async throws {
        try await withExampleWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            try world.standIn.comment("/check-bucket", on: pull, by: world.contributor)
            let receiver = ScriptedTransport { _ in
                HTTPResponse(head: HTTPResponseHead(status: 200), body: Array("Thanks".utf8))
            }
            let webhook = StandInWebhook(url: "http://127.0.0.1:1/webhook", secret: world.webhookSecret)
            let sent = try await world.standIn.sendWaiting(to: webhook, over: receiver)
            #expect(sent.map(\.event) == ["pull_request", "issue_comment"])
            #expect(sent.allSatisfy { $0.statusCode == 200 && $0.status == "OK" })
            for (request, delivery) in zip(receiver.requests, sent) {
                let code = try HMACKey(world.webhookSecret).code(of: request.body ?? [])
                #expect(request.headers["X-Hub-Signature-256"] == code.headerValue)
                #expect(request.headers["X-GitHub-Delivery"] == delivery.guid)
                let payload = try JSON(bytes: request.body ?? [])
                #expect(payload["installation"]?["id"]?.int == world.installationID)
                #expect(payload["repository"]?["full_name"] == "kubernetes/test-infra")
            }
            #expect(try await world.standIn.sendWaiting(to: webhook, over: receiver).isEmpty)
            world.standIn.redeliver(guid: sent[0].guid)
            let again = try await world.standIn.sendWaiting(to: webhook, over: receiver)
            #expect(again.map(\.guid) == [sent[0].guid])
            #expect(again.map(\.isRedelivery) == [true])
            #expect(again.map(\.payload) == [sent[0].payload])
        }
    }

    @Test("what was lost can be listed page by page and read")
    func lost() async throws {
        try await withExampleWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            for number in 1...4 { try world.standIn.comment("\(number)", on: pull, by: world.contributor) }
            #expect(world.standIn.loseWaiting() == 5)
            let app = try world.asApp()
            let first = try await app.ask(.get, "/app/hook/deliveries?per_page=3")
            #expect(first.body.array?.map { $0["status_code"]?.int } == [502, 502, 502])
            let link = try #require(first.headers["Link"]?.split(separator: ">").first).dropFirst()
            let rest = try await app.ask(.get, String(link))
            #expect(rest.body.array?.count == 2)
            let id = try #require(rest.body[1]?["id"]?.int)
            let whole = try await app.ask(.get, "/app/hook/deliveries/\(id)").body
            #expect(whole["event"] == "pull_request" && whole["request"]?["payload"]?["action"] == "opened")
        }
    }

    @Test("payloads have what GitHub's own examples of the same event have")
    func examples() async throws {
        guard let folder = SharedMaterial.folder?.appending(path: "github/webhooks") else {
            print("left out: ../shared/github/webhooks is absent, so no payload was held to it")
            return
        }
        try await withExampleWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            let comment = try world.standIn.comment("one", on: pull, by: world.contributor)
            try world.standIn.edit(comment, to: "two", in: world.repository, by: world.contributor)
            try world.standIn.comment("here", on: 1, of: "new.txt", in: pull, by: world.contributor)
            try await world.standIn.push(
                ["new.txt": "two\n"], to: world.fork.branch("add-results"), by: world.contributor)
            try await world.standIn.close(pull, by: world.contributor)
            try await world.standIn.reopen(pull, by: world.contributor)
            let bot = try await world.asInstallation()
            let sha = try #require(world.standIn.headSHA(of: pull))
            _ = try await bot.ask(
                .post, "/repos/kubernetes/test-infra/check-runs",
                ["name": "bucketbot", "head_sha": .string(sha), "status": "completed", "conclusion": "success"])
            let run = try #require(world.standIn.checkRuns(of: world.repository).first)
            world.standIn.runAgain(run, in: world.repository, by: world.maintainer)
            try await world.standIn.runAllAgain(run, in: world.repository, by: world.maintainer)
            let button = StandInButton(label: "Probe again", description: "Look", identifier: "probe-again")
            world.standIn.press(button, of: run, in: world.repository, by: world.maintainer)
            try await world.standIn.queue(pull, by: world.maintainer)
            try await world.standIn.merge(pull, by: world.maintainer)
            world.standIn.announceInstallation(world.installationID, by: world.maintainer)
            for delivery in world.standIn.deliveries {
                let name = ([delivery.event, delivery.action].compactMap { $0 } + ["json"]).joined(separator: ".")
                let file = folder.appending(path: name)
                let example = try JSON(bytes: Array(Data(contentsOf: file)))
                let missing = Self.missing(try JSON(bytes: delivery.payload), example)
                #expect(missing.isEmpty, "\(name): \(missing)")
            }
            let names = Set(world.standIn.deliveries.map { "\($0.event).\($0.action ?? "")" })
            #expect(names.count == 13, "\(names.sorted())")
        }
    }

    /// The members of an example that a payload lacks, three levels deep.
    private static func missing(_ payload: JSON, _ example: JSON, at place: String = "", depth: Int = 0) -> [String] {
        guard depth < 3, let members = example.object, payload.object != nil else { return [] }
        // What an old recording has and GitHub sends no more, or only to some.
        let old: Set<String> = [
            "administration", "deployments", "pages", "repository_hooks", "repository_projects", "statuses",
            "vulnerability_alerts", "allow_forking", "authorizations_url", "deleted_at", "enterprise", "master_branch",
            "single_file",
            "stargazers",
        ]
        return members.sorted { $0.key < $1.key }.flatMap { name, value -> [String] in
            guard let own = payload[name] else { return old.contains(name) ? [] : ["\(place).\(name)"] }
            return missing(own, value, at: "\(place).\(name)", depth: depth + 1)
        }
    }
}
