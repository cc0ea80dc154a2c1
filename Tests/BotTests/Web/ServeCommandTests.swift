import Foundation
import Persistence
import Subprocess
import TestSupport
import Testing

@testable import Bot

@Suite("bucketbot serve")
struct ServeCommandTests {
    private func send(_ request: WebhookRequest, to port: Int) async throws -> WireClient.Answer {
        let bytes = request.bytes
        return try await WireClient.connected(to: port) { client in
            try await client.send(bytes)
            return try await client.answer()
        }
    }

    /// Runs it to its end, with settings that are right beside the arguments.
    private func serve(_ arguments: [String], in folder: URL) async throws -> ProgramResult {
        try write(["secrets": "quiet please", "token": "ghp_thetokenofatest"], in: folder)
        let own = [
            "BUCKETBOT_WEBHOOK_SECRETS_FILE": "\(folder.path)/secrets",
            "BUCKETBOT_DATABASE": "sqlite:\(folder.path)/bot.sqlite",
        ]
        let environment = own.merging(ServeProcess.gitHubAway(folder)) { $1 }
        return try await bucketbot(
            ["serve"] + arguments,
            environment: Dictionary(uniqueKeysWithValues: environment.map { (.init(stringLiteral: $0), $1) }))
    }

    @Test("it says whether it is live and where the webhook is, and ends with 0 at SIGTERM")
    func startAndStop() async throws {
        try await withTemporaryFolder { folder in
            let serve = try await ServeProcess(in: folder, secrets: "quiet please")
            let banner = try await serve.log(until: "listen=")
            #expect(banner.contains("in dry run: nothing is written to GitHub"))
            #expect(banner.contains("/webhook"))
            #expect(try await send(try WebhookRequest(), to: serve.port).status == 200)
            serve.signal(SIGTERM)
            let end = await serve.ended()
            #expect(end.status == 0)
            #expect(end.log.contains("Bucketbot has stopped."))
        }
    }

    @Test(
        "without a secret it refuses to start and says what to do",
        arguments: ["", "\n", "'*': []\n", "one\ntwo\n"])
    func noSecret(file: String) async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "secrets").path
            try file.write(toFile: path, atomically: true, encoding: .utf8)
            let result = try await bucketbot(
                ["serve", "--database", "sqlite:\(folder.path)/bot.sqlite", "--webhook-secrets-file", path])
            #expect(result.status == 2)
            #expect(result.errors.contains("BUCKETBOT_WEBHOOK_SECRETS_FILE=\(path): "))
            #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/bot.sqlite"))
        }
    }

    @Test(
        "a wrong setting is named together with what is wrong with it",
        arguments: [
            ["--listen", "8080"], ["--listen", "127.0.0.1:99999"], ["--database", "postgresql://h/d"],
            ["--database", "sqlite:"], ["--dry-run", "maybe"], ["--workers", "0"], ["--body-budget-mib", "24"],
            ["--log-level", "loud"], ["--log-format", "xml"], ["--public-url", "example"], ["--retention-days", "x"],
            ["--inbox-capacity", "0"], ["--webhook-secrets-file", "/does/not/exist"],
            ["--github-token-file", "/does/not/exist"], ["--repositories", "acme"],
            ["--github-api-url", "github"], ["--repositories", ","], ["--listen", ":8080"], ["--ca-file", "/dev/null"],
            ["--public-url", "https://u:topsecret@h"], ["--github-api-url", "https://topsecret@h/api/v3"],
            ["--github-graphql-url", "https://u:topsecret@h/graphql"], ["--public-url", "u:topsecret@h"],
        ])
    func wrongSetting(arguments: [String]) async throws {
        try await withTemporaryFolder { folder in
            let result = try await serve(arguments, in: folder)
            let name = arguments[0].dropFirst(2).uppercased().replacing("-", with: "_")
            #expect(result.status == 2)
            #expect(result.errors.contains("BUCKETBOT_\(name)"), "\(result.errors)")
            #expect(!result.errors.contains("topsecret"))
        }
    }

    @Test("a misspelt setting is told of, with what was meant")
    func misspelt() async throws {
        try await withTemporaryFolder { folder in
            let serve = try await ServeProcess(
                in: folder, secrets: "quiet please",
                environment: [
                    "BUCKETBOT_REPOSITORY": "x/y", "BUCKETBOT_ZZZZZZZZ": "1", "BUCKETBOT_SWEEP_ENABLED": "false",
                ])
            serve.signal(SIGTERM)
            let log = await serve.ended().log
            #expect(
                log.contains(
                    "BUCKETBOT_REPOSITORY is no setting, and changes nothing. Did you mean BUCKETBOT_REPOSITORIES?"))
            #expect(log.contains("BUCKETBOT_ZZZZZZZZ is no setting, and changes nothing."))
            #expect(!log.contains("BUCKETBOT_SWEEP_ENABLED is no setting"))
        }
    }

    @Test("what a process was working on when it was killed is taken up at the next start, whatever its lease says")
    func leasesOfTheDead() async throws {
        try await withTemporaryFolder { folder in
            let path = "\(folder.path)/bot.sqlite"
            let store = try await SQLiteStore(path: path)
            var record = DeliveryRecord(
                id: DeliveryID("g-1"), event: "push", source: "test", lane: Lane("l"), receivedAt: Date(),
                body: Array("{}".utf8))
            record.kind = "push"
            _ = try await store.inbox.accept([record])
            #expect(try await store.inbox.claim(now: Date(), leaseSeconds: 86_400) != nil)
            try await store.close()
            let serve = try await ServeProcess(in: folder, secrets: "quiet please")
            // An empty push cannot be understood.
            _ = try await serve.log(until: "A delivery is parked.")
            serve.signal(SIGTERM)
            #expect(await serve.ended().status == 0)
        }
    }

    @Test("new secrets are taken at SIGHUP, a file that became empty changes nothing, and no line holds a secret")
    func hotReload() async throws {
        try await withTemporaryFolder { folder in
            let serve = try await ServeProcess(in: folder, secrets: "firstsecret")
            func status(_ secret: String, _ id: String) async throws -> Int {
                try await send(try WebhookRequest(id: id, secret: secret), to: serve.port).status
            }
            #expect(try await status("firstsecret", "g-1") == 200)
            #expect(try await status("secondsecret", "g-2") == 403)
            try write(["secrets": "'*': [{value: secondsecret, created_at: 2026-05-05}]"], in: folder)
            serve.signal(SIGHUP)
            _ = try await serve.log(until: "secrets=\"* 2026-05-05\"")
            #expect(try await status("secondsecret", "g-3") == 200)
            #expect(try await status("firstsecret", "g-4") == 403)
            try write(["secrets": " \n"], in: folder)
            serve.signal(SIGHUP)
            _ = try await serve.log(until: "those from before stay valid")
            #expect(try await status("secondsecret", "g-5") == 200)
            serve.signal(SIGTERM)
            let log = await serve.ended().log
            #expect(log.contains("secret.name=default") && log.contains("secret.name=\"* 2026-05-05\""))
            #expect(!log.contains("firstsecret") && !log.contains("secondsecret") && !log.contains("ghp_"))
        }
    }

    @Test("a log of JSON is one object a line, with the delivery, its event, its repository and its secret's name")
    func jsonLog() async throws {
        var plan = ServerPlan()
        plan.logFormat = .json
        try await withBotServer(plan) { bot in
            _ = try await bot.answer(to: try WebhookRequest(event: "pull_request", body: pullRequestPayload()))
            let lines = try bot.log.lines.map {
                try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: String])
            }
            let stored = try #require(lines.first { $0["message"] == "A delivery was stored." })
            #expect(stored["delivery.id"] == "g-1")
            #expect(stored["event"] == "pull_request")
            #expect(stored["repo"] == "acme/registry")
            #expect(stored["secret.name"] == "default")
            #expect(stored["level"] == "info")
        }
    }

    @Test("between reading a request and answering it the database is synced to the disk")
    func syncedBeforeTheAnswer() async throws {
        let strace = "/usr/bin/strace"
        try #require(
            FileManager.default.isExecutableFile(atPath: strace), "\(strace) is missing: apt-get install strace")
        try await withTemporaryFolder { folder in
            let trace = folder.appending(path: "trace").path
            let calls = "trace=read,recvfrom,recvmsg,write,writev,sendto,sendmsg,fdatasync,fsync"
            let serve = try await ServeProcess(
                in: folder, secrets: "quiet please",
                wrapper: [strace, "-f", "-y", "-s", "64", "-e", calls, "-o", trace])
            for number in 0..<3 {
                let request = try WebhookRequest(
                    id: "g-\(number)", event: "pull_request", body: pullRequestPayload(number: number + 1))
                #expect(try await send(request, to: serve.port).status == 200)
            }
            // The signal goes to strace's child, since strace holds its own back.
            let child = try String(contentsOfFile: "/proc/\(serve.id)/task/\(serve.id)/children", encoding: .utf8)
            let id = try #require(Int32(child.trimmingCharacters(in: .whitespaces)))
            kill(id, SIGTERM)
            #expect(await serve.ended().status == 0)
            let lines = try String(contentsOfFile: trace, encoding: .utf8).split(separator: "\n")
            var begun: Set<Substring> = []
            var isReading = false
            var synced = false
            var answers = 0
            for line in lines {
                let thread = line.prefix { $0 != " " }
                if line.contains("POST /webhook") {
                    (isReading, synced, begun) = (true, false, [])
                } else if line.contains("sync("), line.contains("bot.sqlite-wal") {
                    if line.contains("unfinished") {
                        begun.insert(thread)
                    } else {
                        synced = synced || line.contains("= 0")
                    }
                } else if line.contains("sync resumed"), begun.contains(thread) {
                    synced = synced || line.contains("= 0")
                } else if line.contains("HTTP/1.1 200 OK"), isReading {
                    #expect(synced, "answer \(answers + 1) was written before the sync")
                    answers += 1
                    isReading = false
                }
            }
            #expect(answers == 3)
        }
    }

    @Test("what was accepted before a kill is there after the next start, and is answered as a duplicate")
    func killed() async throws {
        try await withTemporaryFolder { folder in
            let request = try WebhookRequest(event: "pull_request", body: pullRequestPayload())
            let first = try await ServeProcess(in: folder, secrets: "quiet please")
            #expect(try await send(request, to: first.port).status == 200)
            first.signal(SIGKILL)
            #expect(await first.ended().status == -SIGKILL)
            let second = try await ServeProcess(in: folder, secrets: "quiet please")
            #expect(try await send(request, to: second.port).text == "duplicate\n")
            second.signal(SIGTERM)
            #expect(await second.ended().status == 0)
        }
    }

    @Test("a port that is taken is an error and not a crash")
    func portTaken() async throws {
        try await withTemporaryFolder { folder in
            let first = try await ServeProcess(in: folder, secrets: "quiet please")
            let result = try await serve(
                ["--listen", "127.0.0.1:\(first.port)", "--database", "sqlite:\(folder.path)/other.sqlite"], in: folder)
            #expect(result.status == 2)
            #expect(
                result.errors.contains(
                    """
                    BUCKETBOT_LISTEN=127.0.0.1:\(first.port): something else listens there already. Stop it, or choose \
                    another port by BUCKETBOT_LISTEN or --listen.
                    """))
            let elsewhere = try await serve(
                ["--listen", "192.0.2.1:8080", "--database", "sqlite:\(folder.path)/other.sqlite"], in: folder)
            #expect(elsewhere.status == 2)
            #expect(elsewhere.errors.contains("BUCKETBOT_LISTEN=192.0.2.1:8080: this machine has no such address."))
            first.signal(SIGTERM)
            _ = await first.ended()
        }
    }
}
