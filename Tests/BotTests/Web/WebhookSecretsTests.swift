import BotCore
import Foundation
import OpenSSLCrypto
import Persistence
import TestSupport
import Testing

@testable import Bot

@Suite("The file of webhook secrets")
struct WebhookSecretsTests {
    /// What a secret signs, so that two can be told apart without seeing them.
    private func mark(_ secret: WebhookSecret) throws -> String { try secret.key.code(of: [1]).headerValue }

    private func mark(_ text: String) throws -> String { try HMACKey(Secret(text)).code(of: [1]).headerValue }

    @Test(
        "a bare secret is taken without the white space around it",
        arguments: ["a1b2", "a1b2\n", "  a1b2\r\n\n"])
    func bare(file: String) throws {
        let secrets = try WebhookSecretsFile.secrets(in: Array(file.utf8))
        #expect(secrets.map(\.name) == ["default"])
        #expect(secrets.map(\.scope) == [.everything])
        #expect(try secrets.map(mark) == [mark("a1b2")])
    }

    @Test(
        "a bare secret may look like YAML of another kind",
        arguments: ["12345678", "a key: value", "[not, a, list", "%percent", "@at", "- dash", "'quoted'", "true", "é😀"])
    func bareButOdd(file: String) throws {
        let secrets = try WebhookSecretsFile.secrets(in: Array(file.utf8))
        #expect(try secrets.map(mark) == [mark(file)])
    }

    @Test("Prow's map gives each secret its scope, and a name that does not tell it")
    func map() throws {
        let file = """
            # rotated every quarter
            '*':
              - value: everywhere
                created_at: 2026-01-02T03:04:05Z
            kubernetes/test-infra:
              - value: old
                created_at: 2025-01-01T00:00:00Z
              - value: "new"
            Kubernetes:
              - {value: 4711, created_at: 2026-02-02T00:00:00Z}
            """
        let secrets = try WebhookSecretsFile.secrets(in: Array(file.utf8))
        #expect(
            secrets.map(\.name) == [
                "* 2026-01-02T03:04:05Z", "kubernetes/test-infra 2025-01-01T00:00:00Z", "kubernetes/test-infra 2",
                "kubernetes 2026-02-02T00:00:00Z",
            ])
        #expect(try secrets.map(mark) == ["everywhere", "old", "new", "4711"].map(mark))
        let json = #"{"kubernetes": [{"value": "x", "created_at": "2026-01-02T03:04:05Z"}]}"#
        #expect(try WebhookSecretsFile.secrets(in: Array(json.utf8)).map(\.scope) == [.owner("kubernetes")])
    }

    @Test(
        "a file that gives no secret is refused, and the reason holds nothing of it",
        arguments: [
            "", " \n\t\n", "one\ntwo", "'*':\n  - value: ''\n", "'*': []", "'*':\n  - created_at: now\n",
            "a b:\n  - value: topsecret\n", "'*': [{value: topsecret}]\n'*': [{value: topsecret}]\n",
            "'*':\n  - value: topsecret\n---\nb: 1\n", "x: &a topsecret\ny: *a\n", "'*': topsecret",
            "\"*\": topsecret\n",
            "kubernetes: topsecret", "a/b/c:\n  - value: topsecret\n",
        ])
    func refused(file: String) throws {
        let error = #expect(throws: WebhookSecretsError.self) {
            try WebhookSecretsFile.secrets(in: Array(file.utf8))
        }
        #expect(error.map { "\($0)" }?.contains("topsecret") == false)
    }

    @Test("a file has at most 100 secrets and 1 MiB")
    func limits() throws {
        let many = "'*':\n" + String(repeating: "  - value: x\n", count: 101)
        #expect(throws: WebhookSecretsError.tooMany(limit: 100)) {
            try WebhookSecretsFile.secrets(in: Array(many.utf8))
        }
        #expect(throws: WebhookSecretsError.tooLarge(limitBytes: 1 << 20)) {
            try WebhookSecretsFile.secrets(in: Array(repeating: 0x61, count: 1 << 20 + 1))
        }
    }

    @Test("a secret signs for what it is configured for and for nothing else")
    func scope() throws {
        let of: (String) throws -> EventScope = { try EventScope(payload: Array($0.utf8)) }
        let repository = try of(#"{"repository": {"full_name": "Kubernetes/Test-Infra"}}"#)
        let organization = try of(#"{"organization": {"login": "kubernetes"}}"#)
        let nothing = try of("{}")
        let cases: [(String, [Bool])] = [
            ("*", [true, true, true, true]), ("kubernetes", [true, true, false, false]),
            ("kubernetes/test-infra", [true, false, false, false]), ("kubernetes/other", [false, false, false, false]),
            ("kubernetes-sigs", [false, false, false, false]),
        ]
        for (name, expected) in cases {
            let scope = try #require(SecretScope(name))
            #expect([repository, organization, nothing, nil].map { scope.covers($0) } == expected, "\(name)")
        }
    }

    @Test("a parked delivery is not replaced by what a secret of another scope has signed")
    func otherScope() async throws {
        var plan = ServerPlan()
        plan.secrets = """
            acme: [{value: ours}]
            other: [{value: theirs}]
            """
        plan.handler = ParkingHandler()
        try await withBotServer(plan) { bot in
            let ours = try WebhookRequest(event: "pull_request", body: pullRequestPayload(), secret: "ours")
            #expect(try await bot.answer(to: ours).status == 200)
            #expect(try await bot.server.workers.runOnce())
            let theirs = try WebhookRequest(
                event: "pull_request", body: pullRequestPayload(repository: "other/registry"), secret: "theirs")
            #expect(try await bot.answer(to: theirs).text == "duplicate\n")
            #expect(try await bot.stored("g-1")?.record.body == ours.body)
            #expect(try await bot.store.inbox.counts().parked == 1)
            #expect(try await bot.answer(to: ours).status == 200)
            #expect(try await bot.store.inbox.counts().parked == 0)
        }
    }

    @Test("every secret of a source is tried, and one organization cannot sign for another")
    func overTheWire() async throws {
        var plan = ServerPlan()
        plan.secrets = """
            acme: [{value: old}, {value: new}]
            other: [{value: foreign}]
            """
        try await withBotServer(plan) { bot in
            let body = pullRequestPayload()
            for (index, (secret, status)) in [("old", 200), ("new", 200), ("foreign", 403), ("none", 403)].enumerated()
            {
                let request = try WebhookRequest(id: "g-\(index)", event: "pull_request", body: body, secret: secret)
                #expect(try await bot.answer(to: request).status == status, "\(secret)")
            }
            #expect(try await bot.stored("g-1")?.record.source == "acme 2")
            #expect(try await bot.store.inbox.counts().waiting == 2)
            #expect(bot.log.lines.contains { $0.contains("secret.name=\"other 1\"") && $0.contains("status=403") })
            // A body that does not tell whom it speaks for cannot be within a scope.
            let mute = try WebhookRequest(id: "g-9", event: "ping", body: "no JSON", secret: "old")
            #expect(try await bot.answer(to: mute).status == 403)
            for word in ["old", "new", "foreign"] {
                #expect(
                    !bot.log.lines.contains { $0.split(whereSeparator: { " =\"\n".contains($0) }).contains(word[...]) })
            }
        }
    }

    @Test("new secrets of a file are found, also where Kubernetes turns the link to another folder")
    func changed() async throws {
        try await withTemporaryFolder { folder in
            let files = FileManager.default
            for name in ["one", "two"] {
                try write(["\(name)/hmac": name], in: folder)
            }
            try files.createSymbolicLink(atPath: folder.path + "/..data", withDestinationPath: "one")
            try files.createSymbolicLink(atPath: folder.path + "/hmac", withDestinationPath: "..data/hmac")
            let path = folder.appending(path: "hmac").path
            let log = LogRecord()
            let loaded = try SecretsWatch.load(path: path)
            let keyring = WebhookKeyring(loaded.secrets)
            let watch = SecretsWatch(path: path, keyring: keyring, interval: .seconds(5), logger: log.logger())
            #expect(watch.look(since: loaded.stamp, isAsked: false) == loaded.stamp)
            #expect(log.lines.isEmpty)

            try files.createSymbolicLink(atPath: folder.path + "/..next", withDestinationPath: "two")
            try #require(rename(folder.path + "/..next", folder.path + "/..data") == 0)
            let second = watch.look(since: loaded.stamp, isAsked: false)
            #expect(try keyring.current.map(mark) == [mark("two")])

            try write(["two/hmac": ""], in: folder)
            let third = watch.look(since: second, isAsked: false)
            #expect(try keyring.current.map(mark) == [mark("two")])
            #expect(log.lines.last?.contains("those from before stay valid") == true)
            let count = log.lines.count
            #expect(watch.look(since: third, isAsked: false) == third)
            #expect(log.lines.count == count, "an unchanged file is told of once")

            try files.removeItem(atPath: folder.path + "/..data")
            #expect(watch.look(since: third, isAsked: true) == nil)
            #expect(try keyring.current.map(mark) == [mark("two")])
        }
    }
}
