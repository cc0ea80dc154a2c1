import BotCore
import Foundation
import OpenSSLCrypto
import Persistence
import Testing

@testable import Bot

@Suite("What a webhook is answered")
struct WebhookAnswerTests {
    private static let thanks = "Event received. Have a nice day.\n"

    private func check(
        _ change: (inout WebhookRequest) throws -> Void, gives status: Int, saying text: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        var request = try WebhookRequest()
        try change(&request)
        let sent = request
        try await withBotServer { bot in
            let answer = try await bot.answer(to: sent)
            #expect(answer.status == status, sourceLocation: sourceLocation)
            #expect(answer.text.contains(text), "\(answer.text)", sourceLocation: sourceLocation)
            let id = sent.headers.last { $0.name.lowercased() == "x-github-delivery" }?.value ?? "g-1"
            #expect((try await bot.stored(id) != nil) == (status == 200), sourceLocation: sourceLocation)
        }
    }

    @Test("what is right is stored and thanked for, on each of the three paths", arguments: ["/webhook", "/hook", "/"])
    func stored(path: String) async throws {
        try await check({ $0.path = path }, gives: 200, saying: Self.thanks)
    }

    @Test("only POST is taken", arguments: ["GET", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS"])
    func method(name: String) async throws {
        try await withBotServer { bot in
            var request = try WebhookRequest()
            request.method = name
            request.body = []
            let bytes = request.bytes
            let answer = try await WireClient.connected(to: bot.port) { client in
                try await client.send(bytes)
                return try await client.rest()
            }
            #expect(answer.hasPrefix("HTTP/1.1 405 "))
            #expect(answer.contains("\r\nAllow: POST\r\n"))
            #expect(try await bot.stored("g-1") == nil)
        }
    }

    @Test("a delivery without its event or its ID is refused", arguments: ["X-GitHub-Event", "X-GitHub-Delivery"])
    func headerMissing(name: String) async throws {
        try await check({ $0.set(name, nil) }, gives: 400, saying: name)
    }

    @Test("a delivery with two events or two IDs is refused", arguments: ["X-GitHub-Event", "X-GitHub-Delivery"])
    func headerDoubled(name: String) async throws {
        try await check({ $0.headers.append((name.lowercased(), "other")) }, gives: 400, saying: name)
    }

    @Test("an ID has 1 to 100 printable ASCII characters", arguments: ["", String(repeating: "x", count: 101), "gé-1"])
    func headerForm(value: String) async throws {
        try await check({ $0.set("X-GitHub-Delivery", value) }, gives: 400, saying: "X-GitHub-Delivery")
        try await check({ $0.set("X-GitHub-Event", value) }, gives: 400, saying: "X-GitHub-Event")
    }

    @Test("an ID need not be a GUID", arguments: ["guid", String(repeating: "x", count: 100), "a b~!"])
    func headerFree(value: String) async throws {
        try await check({ $0.set("X-GitHub-Delivery", value) }, gives: 200, saying: Self.thanks)
    }

    @Test("deliveries of Prow's phony, which calls each GUID, are told apart by what they hold")
    func phony() async throws {
        try await withBotServer { bot in
            for number in [1, 2, 1] {
                let body = pullRequestPayload(number: number)
                let request = try WebhookRequest(id: "GUID", event: "pull_request", body: body)
                #expect(try await bot.answer(to: request).status == 200)
            }
            #expect(try await bot.store.inbox.counts().waiting == 2)
        }
    }

    @Test("header names are taken in any case")
    func headerCase() async throws {
        try await check(
            { $0.headers = $0.headers.map { ($0.name.lowercased(), $0.value) } }, gives: 200, saying: Self.thanks)
        try await check(
            { $0.headers = $0.headers.map { ($0.name.uppercased(), $0.value) } }, gives: 200, saying: Self.thanks)
    }

    @Test(
        "a body that is neither JSON nor a form is refused",
        arguments: ["text/plain", "application/xml", "", "application/jsonx", "multipart/form-data; boundary=x"])
    func mediaType(value: String) async throws {
        try await check({ $0.set("Content-Type", value) }, gives: 415, saying: "application/json")
    }

    @Test("a body without a type, or with two, is refused")
    func mediaTypeMissing() async throws {
        try await check({ $0.set("Content-Type", nil) }, gives: 415, saying: "application/json")
        try await check(
            { $0.headers.append(("Content-Type", "application/json")) }, gives: 415, saying: "application/json")
    }

    @Test(
        "JSON may name its charset",
        arguments: ["application/json; charset=utf-8", "Application/JSON ;charset=UTF-8", "application/json"])
    func mediaTypeCharset(value: String) async throws {
        try await check({ $0.set("Content-Type", value) }, gives: 200, saying: Self.thanks)
    }

    @Test("an encoded body is refused, even by a coding that does nothing", arguments: ["gzip", "identity", ""])
    func contentEncoding(value: String) async throws {
        try await check({ $0.set("Content-Encoding", value) }, gives: 415, saying: "Content-Encoding")
    }

    @Test("a signature that is missing, doubled, malformed or of SHA-1 is refused before the body is read")
    func signatureHeader() async throws {
        let name = "X-Hub-Signature-256"
        let digits = String(repeating: "0", count: 64)
        for value in [
            nil, "", digits, "sha1=\(digits)", "sha256=\(digits.dropLast())", "sha256=\(digits)0",
            "sha256=+" + digits.dropLast(),
        ] {
            try await check({ $0.set(name, value) }, gives: 403, saying: name)
        }
        try await check({ $0.headers.append((name, "sha256=\(digits)")) }, gives: 403, saying: name)
        try await check(
            {
                $0.set(name, nil)
                $0.set("X-Hub-Signature", "sha1=7d38cdd689735b008b3c702edd92eea23791c5f6")
            }, gives: 403, saying: name)
    }

    @Test("a signature that fits no secret is refused: another secret, one bit of it, one bit of the body")
    func signature() async throws {
        try await check({ try $0.sign(with: "quiet Please") }, gives: 403, saying: "fits no secret")
        try await check({ $0.body[0] ^= 1 }, gives: 403, saying: "fits no secret")
        try await check(
            { request in
                let right = try #require(request.headers.last?.value)
                let last = try #require(right.last?.hexDigitValue)
                request.set("X-Hub-Signature-256", right.dropLast() + String(last ^ 1, radix: 16))
            }, gives: 403, saying: "fits no secret")
    }

    @Test("the example of GitHub's documentation fits")
    func documentedExample() throws {
        let code = try HMACKey(Secret("It's a Secret to Everybody")).code(of: Array("Hello, World!".utf8))
        let documented = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        #expect(code.matches(try #require(WebhookSignature(documented))))
    }

    @Test("what is wrong is told in the order of the documented table")
    func order() async throws {
        try await withBotServer { bot in
            var request = try WebhookRequest(body: "no JSON", secret: "wrong")
            request.method = "PUT"
            request.headers = [("Host", "h"), ("Content-Encoding", "gzip"), ("Content-Length", "99999999")]
            let mends: [(status: Int, mend: (inout WebhookRequest) throws -> Void)] = [
                (405, { $0.method = "POST" }),
                (400, { $0.set("X-GitHub-Event", "ping") }),
                (400, { $0.set("X-GitHub-Delivery", "g-1") }),
                (415, { $0.set("Content-Type", "application/json") }),
                (415, { $0.set("Content-Encoding", nil) }),
                (403, { $0.set("X-Hub-Signature-256", "sha256=" + String(repeating: "0", count: 64)) }),
                (413, { $0.set("Content-Length", "7") }),
                (403, { try $0.sign(with: "quiet please") }),
                (200, { _ in }),
            ]
            for (status, mend) in mends {
                let head = request.openHead + "\r\n"
                #expect(try await bot.answer(toBytes: Array(head.utf8) + request.body).status == status)
                try mend(&request)
            }
        }
    }

    @Test("a delivery that comes again is a duplicate")
    func duplicate() async throws {
        try await withBotServer { bot in
            let request = try WebhookRequest(event: "pull_request", body: pullRequestPayload())
            #expect(try await bot.answer(to: request).text == Self.thanks)
            let again = try await bot.answer(to: request)
            #expect(again.status == 200)
            #expect(again.text == "duplicate\n")
            #expect(try await bot.store.inbox.counts().waiting == 1)
        }
    }

    @Test("a parked delivery that comes again is taken up")
    func takenUpAgain() async throws {
        var plan = ServerPlan()
        plan.handler = ParkingHandler()
        try await withBotServer(plan) { bot in
            let request = try WebhookRequest(event: "pull_request", body: pullRequestPayload())
            _ = try await bot.answer(to: request)
            #expect(try await bot.server.workers.runOnce())
            #expect(try await bot.store.inbox.counts().parked == 1)
            #expect(try await bot.answer(to: request).text == "duplicate\n")
            #expect(try await bot.store.inbox.counts().parked == 0)
            #expect(try await bot.store.inbox.counts().waiting == 1)
        }
    }

    @Test(
        "a signed body that cannot be understood is stored and parked",
        arguments: [
            "", "no JSON", "[]", "null", "\"text\"", "{", "{\"a\":\"\u{0}\"}",
            String(repeating: "[", count: 100_000), #"{"action":"opened","repository":7}"#,
        ])
    func parked(body: String) async throws {
        try await withBotServer { bot in
            let answer = try await bot.answer(to: try WebhookRequest(event: "pull_request", body: body))
            #expect(answer.status == 200)
            let stored = try #require(try await bot.stored("g-1"))
            guard case .parked = stored.state else {
                Issue.record("it is \(stored.state)")
                return
            }
            #expect(stored.record.body == Array(body.utf8))
            #expect(stored.reason?.isEmpty == false)
        }
    }

    @Test("a signed body that is not UTF-8 is stored and parked")
    func notUTF8() async throws {
        try await withBotServer { bot in
            var request = try WebhookRequest(event: "pull_request")
            request.body = [0x7B, 0x22, 0xFF, 0xFE, 0x22, 0x3A, 0x31, 0x7D]
            try request.sign(with: "quiet please")
            #expect(try await bot.answer(to: request).status == 200)
            #expect(try await bot.store.inbox.counts().parked == 1)
        }
    }

    @Test("a form's payload is read, and the body is kept as it was signed")
    func form() async throws {
        try await withBotServer { bot in
            var request = try WebhookRequest(event: "pull_request")
            let allowed = CharacterSet.alphanumerics
            let escaped = try #require(pullRequestPayload().addingPercentEncoding(withAllowedCharacters: allowed))
            request.body = Array("other=1&payload=\(escaped.replacing("%20", with: "+"))".utf8)
            request.set("Content-Type", "application/x-www-form-urlencoded")
            try request.sign(with: "quiet please")
            #expect(try await bot.answer(to: request).status == 200)
            let stored = try #require(try await bot.stored("g-1"))
            #expect(stored.record.body == request.body)
            #expect(stored.record.payload == Array(pullRequestPayload().utf8))
            #expect(stored.record.lane.name == "acme/registry#7")
            #expect(stored.state == .waiting(notBefore: nil))
        }
    }

    @Test("what nothing depends on is known and done")
    func ignored() async throws {
        try await withBotServer { bot in
            let request = try WebhookRequest(event: "star", body: #"{"action":"created"}"#)
            #expect(try await bot.answer(to: request).text == Self.thanks)
            #expect(try await bot.stored("g-1")?.state == .finished(at: testTime))
            #expect(try await bot.server.workers.runOnce() == false)
        }
    }

    @Test("what the bot tells itself cannot be told to it from outside")
    func ownEvent() async throws {
        try await withBotServer { bot in
            let repository = EventRepository(
                id: RepositoryID(rawValue: 21), name: try #require(RepositoryName("acme/registry")), isPrivate: false)
            let event = LookAgainEvent(
                repository: repository, number: 7, head: try #require(ObjectSHA(String(repeating: "a", count: 40))),
                round: 1, installationID: nil)
            let request = try WebhookRequest(event: LookAgainEvent.name, body: event.payload)
            #expect(try await bot.answer(to: request).status == 200)
            #expect(try await bot.stored("g-1")?.state == .finished(at: testTime))
        }
    }

    @Test("503 where the inbox is full, and nothing is stored")
    func full() async throws {
        var plan = ServerPlan()
        plan.limits.inboxCapacity = 1
        try await withBotServer(plan) { bot in
            let body = pullRequestPayload()
            #expect(try await bot.answer(to: try WebhookRequest(event: "pull_request", body: body)).status == 200)
            let answer = try await bot.answer(to: try WebhookRequest(id: "g-2", event: "pull_request", body: body))
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "10")
            #expect(try await bot.stored("g-2") == nil)
        }
    }

    @Test("503 where the database is away")
    func databaseAway() async throws {
        try await withBotServer { bot in
            try await bot.store.close()
            let answer = try await bot.answer(to: try WebhookRequest())
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "10")
            #expect(bot.log.lines.contains { $0.contains(" error ") && $0.contains("delivery.id=g-1") })
        }
    }
}

/// Parks whatever it is given.
struct ParkingHandler: DeliveryHandler {
    func handle(_ event: Event, of delivery: DeliveryInHand) async throws -> DeliveryOutcome {
        .parked(why: "for a person")
    }
}

/// A pull request as GitHub tells of it, trimmed to what is read.
func pullRequestPayload(
    _ action: String = "opened", repository: String = "acme/registry", number: Int = 7,
    head: String = String(repeating: "a", count: 40)
) -> String {
    let owner = repository.prefix { $0 != "/" }
    return """
        {"action": "\(action)", "number": \(number),
         "pull_request": {"number": \(number), "draft": false, "merged": false, "state": "open",
           "user": {"id": 11, "login": "jan", "type": "User"},
           "head": {"ref": "topic", "sha": "\(head)", "repo": {"full_name": "\(repository)"}},
           "base": {"ref": "main", "sha": "\(String(repeating: "b", count: 40))", "repo": {"full_name": "\(repository)"}}},
         "repository": {"id": 21, "full_name": "\(repository)", "private": false, "owner": {"login": "\(owner)"}},
         "sender": {"id": 11, "login": "jan", "type": "User"}, "installation": {"id": 31}}
        """
}
