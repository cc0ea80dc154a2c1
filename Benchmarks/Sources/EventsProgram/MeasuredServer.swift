import CurlHTTP
import Foundation
import OpenSSLCrypto
import Playground

/// The server in a process of its own, and what it does with one event.
final class MeasuredServer {
    /// What is printed of one event.
    private struct Line: Encodable {
        let event: String
        /// From the event's request to the comment, or to the end of the work where there is none.
        let seconds: Double
        /// Requests to GitHub.
        let requests: Int
        /// Those that were not answered 304.
        let costly: Int
        /// The same by their routes.
        let names: [String: Int]
    }

    private static let patience = Duration.seconds(60)

    private let process = Process()
    private let log: URL
    private let example: ExampleWorld
    private let transport: CurlTransport
    private var webhookURL = ""
    private var sentCount = 0

    /// Starts the server and waits until it accepts requests.
    init(program: String, _ example: ExampleWorld, storageRoot: String, folder: URL) async throws {
        self.example = example
        transport = try CurlTransport(CurlConfiguration())
        log = folder.appending(path: "log")
        func file(_ name: String, _ secret: Secret) throws -> String {
            let file = folder.appending(path: name)
            try Data(secret.bytes).write(to: file)
            return file.path
        }
        process.executableURL = URL(filePath: program)
        process.arguments = ["serve"]
        process.environment = [
            "PATH": "/usr/bin:/bin", "BUCKETBOT_LISTEN": "127.0.0.1:0", "BUCKETBOT_DRY_RUN": "false",
            "BUCKETBOT_DATABASE": "sqlite:\(folder.path)/bot.sqlite", "BUCKETBOT_STORAGE_URL": storageRoot,
            "BUCKETBOT_GITHUB_API_URL": example.standIn.restRoot, "BUCKETBOT_GITHUB_APP_ID": "\(example.app.appID)",
            "BUCKETBOT_GITHUB_PRIVATE_KEY_FILE": try file("key.pem", example.app.privatePEM),
            "BUCKETBOT_WEBHOOK_SECRETS_FILE": try file("secret", example.webhookSecret),
            "BUCKETBOT_LOG_LEVEL": "debug",
        ]
        try Data().write(to: log)
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
        try await wait("the server to start") { [self] in
            guard let match = try String(contentsOf: log, encoding: .utf8).firstMatch(of: #/listen=127\.0\.0\.1:(\d+)/#)
            else { return false }
            webhookURL = "http://127.0.0.1:\(match.1)/webhook"
            return true
        }
        // At its start it asks GitHub for deliveries that did not arrive.
        try await wait("the first look at what did not arrive") {
            !example.standIn.journal.entries("GET /app/hook/deliveries").isEmpty
        }
    }

    /// Ends the server.
    func stop() {
        process.terminate()
        process.waitUntilExit()
    }

    /// Has the server work on an event, and prints what that took.
    ///
    /// - Parameters:
    ///   - name: What is printed.
    ///   - delivery: The event.
    ///   - comment: The pull request that gets a comment by it; nil where none comes.
    /// - Throws: `Unmeasured`.
    func measure(_ name: String, _ delivery: StandInDelivery, comment: Int?) async throws {
        let standIn = example.standIn
        let before = standIn.journal.entries.count
        let start = ContinuousClock.now
        let id = try await send(delivery)
        var end: ContinuousClock.Instant?
        if let comment {
            try await wait("the comment on #\(comment)") {
                standIn.journal.entries.dropFirst(before).contains {
                    $0.request.method == "POST" && $0.request.path.hasSuffix("/issues/\(comment)/comments")
                }
            }
            end = .now
        }
        try await waitForEnd(of: id)
        let entries = standIn.journal.entries.dropFirst(before)
        let line = Line(
            event: name, seconds: ((end ?? .now) - start) / .seconds(1), requests: entries.count,
            costly: entries.count { !$0.isFree },
            names: entries.reduce(into: [:]) { $0["\($1.status) \($1.name)", default: 0] += 1 })
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(line), as: UTF8.self))
    }

    /// Has the server work on an event that nobody measures.
    func settle(_ delivery: StandInDelivery) async throws { try await waitForEnd(of: try await send(delivery)) }

    /// Sends an event under a name of its own.
    private func send(_ delivery: StandInDelivery) async throws -> String {
        sentCount += 1
        let id = "measured-\(sentCount)."
        let headers: HTTPHeaders = [
            "Content-Type": "application/json", "X-GitHub-Event": delivery.event, "X-GitHub-Delivery": id,
            "X-Hub-Signature-256": try HMACKey(example.webhookSecret).code(of: delivery.payload).headerValue,
        ]
        let request = HTTPRequest(.post, webhookURL, headers: headers, body: delivery.payload, deadline: .seconds(10))
        let status = try await transport.send(request).head.status
        guard status == 200 else { throw Unmeasured(description: "the event was answered \(status)") }
        return id
    }

    private func waitForEnd(of id: String) async throws {
        try await wait("the end of the work") { [self] in
            try String(contentsOf: log, encoding: .utf8).split(separator: "\n").contains {
                $0.contains("A delivery is finished.") && $0.contains("delivery.id=\(id)")
            }
        }
    }

    private func wait(_ what: String, until isThere: () throws -> Bool) async throws {
        let deadline = ContinuousClock.now + Self.patience
        while try !isThere() {
            guard ContinuousClock.now < deadline, process.isRunning else {
                let said = try String(contentsOf: log, encoding: .utf8).suffix(2_000)
                throw Unmeasured(description: "there was no \(what)\n\(said)")
            }
            try await Task.sleep(for: .milliseconds(1))
        }
    }
}
