import Foundation
import NIOCore
import OpenSSLCrypto
import Persistence
import Testing

@testable import Bot

@Suite("How a webhook's body arrives")
struct WebhookBodyTests {
    private static let largest = 25 << 20

    @Test("a body of exactly 25 MiB is taken, by its length and in chunks")
    func largestBody() async throws {
        try await withBotServer { bot in
            var request = try WebhookRequest(event: "star")
            // No JSON, so that the time goes into what this is about.
            request.body = Array(repeating: UInt8(ascii: "x"), count: Self.largest)
            try request.sign(with: "quiet please")
            #expect(try await bot.answer(to: request).status == 200)
            request.set("X-GitHub-Delivery", "g-2")
            #expect(try await bot.answer(toBytes: request.chunked(by: 1 << 20)).status == 200)
            #expect(try await bot.stored("g-2")?.record.body.count == Self.largest)
        }
    }

    @Test(
        "a body that is announced larger is refused before it is read", arguments: ["26214401", "99999999999999999999"])
    func tooLargeByLength(length: String) async throws {
        try await withBotServer { bot in
            let head = try WebhookRequest().openHead + "Content-Length: \(length)\r\n\r\n"
            let answer = try await bot.answer(toBytes: Array(head.utf8))
            #expect(answer.status == (length.count > 10 ? 400 : 413))
        }
    }

    @Test("a body that turns out larger is refused, and the connection is closed")
    func tooLargeByCount() async throws {
        var plan = ServerPlan()
        plan.settings.webhook.maxBodyBytes = 1000
        try await withBotServer(plan) { bot in
            var request = try WebhookRequest()
            request.body = Array(repeating: 0x20, count: 1001)
            try request.sign(with: "quiet please")
            let bytes = request.chunked(by: 100)
            let text = try await WireClient.connected(to: bot.port) { client in
                try await client.send(bytes)
                return try await client.rest()
            }
            #expect(text.hasPrefix("HTTP/1.1 413 "))
            #expect(try await bot.stored("g-1") == nil)
            request.body.removeLast()
            try request.sign(with: "quiet please")
            #expect(try await bot.answer(toBytes: request.chunked(by: 100)).status == 200)
        }
    }

    @Test("a sender that never ends is cut off after its answer")
    func endless() async throws {
        var plan = ServerPlan()
        plan.settings.webhook.maxBodyBytes = 1000
        plan.settings.webhook.lingerSeconds = 0
        try await withBotServer(plan) { bot in
            let head = try WebhookRequest().openHead + "Transfer-Encoding: chunked\r\n\r\n"
            let chunk = "400\r\n" + String(repeating: "x", count: 1024) + "\r\n"
            let text = try await WireClient.connected(to: bot.port) { client in
                try await client.send(head + chunk)
                return try await client.rest()
            }
            #expect(text.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test("408 where chunks stop coming")
    func slowChunks() async throws {
        var plan = ServerPlan()
        plan.settings.webhook.bodyDeadline = .milliseconds(50)
        plan.settings.webhook.lingerSeconds = 0
        try await withBotServer(plan) { bot in
            let head = try WebhookRequest(body: "123456").openHead + "Transfer-Encoding: chunked\r\n\r\n"
            let text = try await WireClient.connected(to: bot.port) { client in
                try await client.send(head + "3\r\n123\r\n")
                return try await client.rest()
            }
            #expect(text.hasPrefix("HTTP/1.1 408 "))
            #expect(try await bot.stored("g-1") == nil)
        }
    }

    @Test("408 where the body is not complete in time, however much has come", arguments: [0, 1, 5])
    func tooSlow(sentBytes: Int) async throws {
        var plan = ServerPlan()
        plan.settings.webhook.bodyDeadline = .milliseconds(50)
        plan.settings.webhook.lingerSeconds = 0
        try await withBotServer(plan) { bot in
            let head = try WebhookRequest(body: "123456").openHead + "Content-Length: 6\r\n\r\n"
            let text = try await WireClient.connected(to: bot.port) { client in
                try await client.send(Array(head.utf8) + Array("123456".utf8.prefix(sentBytes)))
                return try await client.rest()
            }
            #expect(text.hasPrefix("HTTP/1.1 408 "))
            #expect(try await bot.stored("g-1") == nil)
            #expect(try await bot.answer(to: try WebhookRequest()).status == 200)
        }
    }

    @Test("a body that is cut off is not stored, and the server goes on")
    func cutOff() async throws {
        try await withBotServer { bot in
            let request = try WebhookRequest(body: #"{"zen": "Keep it logically awesome."}"#)
            let bytes = Array(request.bytes.dropLast(5))
            try await WireClient.connected(to: bot.port) { client in try await client.send(bytes) }
            #expect(try await bot.answer(to: try WebhookRequest(id: "g-2")).status == 200)
            #expect(try await bot.stored("g-1") == nil)
        }
    }

    @Test("a body may come in chunks of one byte")
    func chunked() async throws {
        try await withBotServer { bot in
            let request = try WebhookRequest(event: "pull_request", body: pullRequestPayload())
            #expect(try await bot.answer(toBytes: request.chunked(by: 1)).status == 200)
            #expect(try await bot.stored("g-1")?.record.body == request.body)
        }
    }

    @Test("requests that are sent without waiting for the answers are answered in order")
    func pipelined() async throws {
        try await withBotServer { bot in
            let requests = try (0..<20).map { try WebhookRequest(id: "g-\($0 % 10)") }
            let answers = try await bot.answers(to: requests.map(\.bytes))
            #expect(answers.map(\.status) == Array(repeating: 200, count: 20))
            #expect(answers.map(\.text).suffix(10) == Array(repeating: "duplicate\n", count: 10)[...])
        }
    }

    @Test("503 where other bodies take up the budget for too long, and room again when they are gone")
    func budgetTaken() async throws {
        var plan = ServerPlan()
        plan.settings.webhook.maxBodyBytes = 1 << 20
        plan.settings.webhook.bodyBudgetBytes = 1 << 20
        plan.settings.webhook.budgetWait = .milliseconds(50)
        try await withBotServer(plan) { bot in
            let head = try WebhookRequest(id: "g-1", body: "12").openHead + "Content-Length: 2\r\n\r\n"
            try await WireClient.connected(to: bot.port) { client in
                try await client.send(head + "1")
                // The first holds the part that is lent to one at a time once its byte is there.
                while bot.server.peakBodyBytes == 0 { await Task.yield() }
                let refused = try await bot.answer(to: try WebhookRequest(id: "g-2"))
                #expect(refused.status == 503)
                #expect(refused.headers["retry-after"] == "10")
                try await client.send("2")
                #expect(try await client.answer().status == 200)
            }
            #expect(try await bot.answer(to: try WebhookRequest(id: "g-2")).status == 200)
        }
    }

    @Test("32 senders of 25 MB at once stay within the budget, and all that is answered 200 is stored whole")
    func manyLargeBodies() async throws {
        var plan = ServerPlan()
        // On a slow machine the senders wait for each other; how long is not what this is about.
        plan.settings.webhook.budgetWait = .seconds(120)
        plan.settings.webhook.bodyDeadline = .seconds(120)
        plan.settings.webhook.requestSeconds = 240
        try await withBotServer(plan) { bot in
            let body = String(repeating: "x", count: 25_000_000)
            let signed = try WebhookRequest(event: "star", body: body)
            let bytes = ByteBuffer(bytes: signed.body)
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<32 {
                    group.addTask {
                        var request = signed
                        request.set("X-GitHub-Delivery", "large-\(number)")
                        let head = request.openHead + "Content-Length: \(bytes.readableBytes)\r\n\r\n"
                        return try await WireClient.connected(to: bot.port) { client in
                            try await client.send(head)
                            try await client.send(bytes)
                            return try await client.answer().status
                        }
                    }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 200, count: 32))
            #expect(bot.server.peakBodyBytes <= 64 << 20)
            for number in 0..<32 {
                #expect(try await bot.stored("large-\(number)")?.record.body.count == body.utf8.count)
            }
        }
    }
}
