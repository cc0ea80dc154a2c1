import BotCore
import Foundation
import Persistence
import TestSupport
import Testing

@testable import Bot

@Suite("What else the server answers")
struct WebRoutesTests {
    private func request(_ method: String, _ path: String, body: String = "") -> [UInt8] {
        Array("\(method) \(path) HTTP/1.1\r\nHost: h\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8)
    }

    @Test("it is healthy while it answers, and ready while workers run and the database can be written to")
    func health() async throws {
        try await withBotServer { bot in
            let health = try await bot.answer(toBytes: request("GET", "/healthz"))
            #expect(health.text == "ok\n")
            #expect(try await bot.answer(toBytes: request("GET", "/readyz")).status == 200)
            #expect(try await bot.answer(toBytes: request("POST", "/readyz")).status == 405)
            // An answer to HEAD has no body, so the next one on the connection is read from its beginning.
            let both = request("HEAD", "/healthz") + request("GET", "/healthz")
            let text = try await WireClient.connected(to: bot.port) { client in
                try await client.send(both + Array("GET / HTTP/1.1\r\nHost: h\r\n\r\n".utf8))
                return try await client.rest()
            }
            #expect(text.components(separatedBy: "HTTP/1.1 200 OK\r\n").count == 3)
            #expect(text.components(separatedBy: "\r\n\r\nok\n").count == 2)
        }
    }

    @Test("it is not ready when the database is away, and still healthy")
    func notReady() async throws {
        try await withBotServer { bot in
            try await bot.store.close()
            let answer = try await bot.answer(toBytes: request("GET", "/readyz"))
            #expect(answer.status == 503)
            #expect(answer.text == "not ready: the database cannot be written to\n")
            #expect(try await bot.answer(toBytes: request("GET", "/healthz")).status == 200)
        }
    }

    @Test("it is not ready before its workers run, nor when it is to stop")
    func lifecycle() async throws {
        try await withBotServer { bot in
            let readiness = Readiness(store: bot.store, now: { testTime })
            #expect(await readiness.obstacles() == ["no worker is running"])
            readiness.noteWorkers(areRunning: true)
            #expect(await readiness.obstacles().isEmpty)
            readiness.noteStop()
            #expect(await readiness.obstacles() == ["the server is stopping"])
        }
    }

    @Test("Prow is told of the commands at each of the paths", arguments: ["/help", "/hook/help", "/webhook/help"])
    func help(path: String) async throws {
        try await withBotServer { bot in
            let asked = #"[{"Org":"kubernetes","Repo":"test-infra"},{"org":"kubernetes-sigs","repo":""}]"#
            let answer = try await bot.answer(toBytes: request("POST", path, body: asked))
            #expect(answer.status == 200)
            #expect(answer.headers["content-type"] == "application/json")
            #expect(answer.headers["cache-control"] == "no-cache")
            let help = try #require(try JSONSerialization.jsonObject(with: Data(answer.text.utf8)) as? [String: Any])
            #expect(Set(help.keys) == ["Description", "Config", "Events", "Commands"])
            #expect(help["Events"] is NSNull)
            let commands = try #require(help["Commands"] as? [[String: Any]])
            #expect(commands.first?["Usage"] as? String == "/check-bucket [SELECTOR|gs://BUCKET/PREFIX]")
            #expect(
                commands.allSatisfy { Set($0.keys) == ["Usage", "Featured", "Description", "Examples", "WhoCanUse"] })
            #expect(try await bot.answer(toBytes: request("GET", path)).status == 405)
            #expect(try await bot.answer(toBytes: request("POST", path, body: "{}")).status == 400)
            #expect(try await bot.answer(toBytes: request("POST", path, body: "null")).status == 200)
        }
    }

    @Test("Prow's list may be empty or long, and has at most 64 KiB, within the budget of all bodies")
    func helpIsBounded() async throws {
        var plan = ServerPlan()
        plan.settings.webhook.maxBodyBytes = 1 << 20
        plan.settings.webhook.bodyBudgetBytes = 1 << 20
        plan.settings.webhook.budgetWait = .milliseconds(50)
        try await withBotServer(plan) { bot in
            let most = "[" + String(repeating: "{},", count: (PluginHelp.maxBodyBytes - 4) / 3) + "{}]"
            #expect(try await bot.answer(toBytes: request("POST", "/help", body: "[]")).status == 200)
            #expect(try await bot.answer(toBytes: request("POST", "/help", body: most)).status == 200)
            let more = String(repeating: " ", count: PluginHelp.maxBodyBytes) + "[]"
            #expect(try await bot.answer(toBytes: request("POST", "/help", body: more)).status == 413)
            let head = try WebhookRequest(id: "g-1", body: "12").openHead + "Content-Length: 2\r\n\r\n"
            try await WireClient.connected(to: bot.port) { client in
                let before = bot.server.peakBodyBytes
                try await client.send(head + "1")
                while bot.server.takenBodyBytes == 0, bot.server.peakBodyBytes == before { await Task.yield() }
                let refused = try await bot.answer(toBytes: request("POST", "/help", body: most))
                #expect(refused.status == 503)
                #expect(refused.headers["retry-after"] == "1")
                try await client.send("2")
                #expect(try await client.answer().status == 200)
            }
        }
    }

    @Test(
        "an answer to HEAD has no body, wherever it goes",
        arguments: ["/", "/webhook", "/help", "/readyz", "/nothing"])
    func head(path: String) async throws {
        try await withBotServer { bot in
            let text = try await WireClient.connected(to: bot.port) { client in
                try await client.send("HEAD \(path) HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n")
                return try await client.rest()
            }
            #expect(text.hasPrefix("HTTP/1.1 "))
            #expect(text.hasSuffix("\r\n\r\n"), "\(text)")
            #expect(text.components(separatedBy: "\r\n\r\n").count == 2)
        }
    }

    @Test(
        "who connects and says nothing, or half a head, is let go", .timeLimit(.minutes(1)),
        arguments: ["", "POST /web"])
    func silence(sent: String) async throws {
        var plan = ServerPlan()
        plan.settings.webhook.headSeconds = 1
        plan.settings.webhook.idleSeconds = 3_600
        try await withBotServer(plan) { bot in
            let text = try await WireClient.connected(to: bot.port) { client in
                if !sent.isEmpty { try await client.send(sent) }
                return try await client.rest()
            }
            #expect(text == "")
        }
    }

    @Test("that all connections are taken is said once, and who waits is served afterwards")
    func allPlacesTaken() async throws {
        var plan = ServerPlan()
        plan.settings.webhook.maxConnections = 1
        try await withBotServer(plan) { bot in
            for _ in 0..<3 {
                let answer = try await bot.answer(toBytes: request("GET", "/healthz"))
                #expect(answer.status == 200)
            }
            let lines = bot.log.lines.filter { $0.contains("All connections that may be open at once are open") }
            #expect(lines.count == 1)
            #expect(lines.first?.contains(" warning ") == true)
        }
    }

    @Test("there is nothing elsewhere")
    func nothing() async throws {
        try await withBotServer { bot in
            for path in ["/webhooks", "/hook/", "/../etc/passwd", "/%2e"] {
                let answer = try await bot.answer(toBytes: request("GET", path))
                #expect(answer.status == 404, "\(path)")
            }
        }
    }

    @Test("every event that GitHub documents is accepted, and waits or is knowingly ignored")
    func documentedEvents() async throws {
        guard let shared = SharedMaterial.folder else { return }
        let folder = shared.appending(path: "github/webhooks")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        try #require(names.count > 30)
        try await withBotServer { bot in
            for name in names {
                let payload = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
                let event = String(name.prefix { $0 != "." })
                let request = try WebhookRequest(id: name, event: event, body: payload)
                #expect(try await bot.answer(to: request).status == 200, "\(name)")
                let stored = try #require(try await bot.stored(name))
                if case .parked = stored.state { Issue.record("\(name) is parked: \(stored.reason ?? "")") }
            }
        }
    }
}
