import BotCore
import Foundation
import Logging
import OpenSSLCrypto
import Persistence
import ServiceLifecycle
import Synchronization
import TestSupport

@testable import Bot

/// The time in every test of the server.
let testTime = Date(timeIntervalSince1970: 1_800_000_000)

/// A server of a test, on a free port, with a store of its own.
struct RunningServer: Sendable {
    let port: Int
    let store: SQLiteStore
    let server: BotServer
    let log: LogRecord
    let folder: URL

    /// Sends requests on one connection and reads as many answers.
    func answers(to requests: [[UInt8]]) async throws -> [WireClient.Answer] {
        try await WireClient.connected(to: port) { client in
            for request in requests { try await client.send(request) }
            var answers: [WireClient.Answer] = []
            for _ in requests { answers.append(try await client.answer()) }
            return answers
        }
    }

    /// Sends a request on a connection of its own.
    func answer(to request: WebhookRequest) async throws -> WireClient.Answer {
        try await answer(toBytes: request.bytes)
    }

    /// Sends bytes on a connection of their own.
    func answer(toBytes bytes: [UInt8]) async throws -> WireClient.Answer {
        try await WireClient.connected(to: port) { client in
            try await client.send(bytes)
            return try await client.answer()
        }
    }

    /// What is stored under an ID.
    func stored(_ id: String) async throws -> StoredDelivery? { try await store.inbox.find(DeliveryID(id)) }
}

/// How a test wants its server.
struct ServerPlan: Sendable {
    var secrets = "quiet please"
    var settings: BotServer.Settings
    var limits = StoreLimits()
    var handler: any DeliveryHandler = IdleHandler()
    var watchesSecrets = false
    var logFormat = LogFormat.text

    /// A server that works on nothing by itself.
    init() {
        settings = BotServer.Settings()
        settings.port = 0
        settings.work.workers = 0
    }
}

/// Finishes whatever it is given.
struct IdleHandler: DeliveryHandler {
    func handle(_ event: Event, of delivery: DeliveryInHand) async throws -> DeliveryOutcome { .finished }
}

/// The lines that a server wrote.
final class LogRecord: Sendable {
    private let written = Mutex<[String]>([])

    /// The lines so far.
    var lines: [String] { written.withLock { $0 } }

    /// A logger that writes here.
    func logger(_ format: LogFormat = .text, level: Logger.Level = .trace) -> Logger {
        var logger = Logger(label: "test") { label in
            LogLine(label: label, format: format, now: { testTime }) { line in self.written.withLock { $0.append(line) }
            }
        }
        logger.logLevel = level
        return logger
    }
}

/// Runs a server while `body` runs, then stops it as SIGTERM does.
///
/// - Parameters:
///   - plan: How the test wants it.
///   - body: Gets the server.
///   - afterwards: Gets the store when the server has stopped.
/// - Throws: What any of them throws, or why the server did not start.
func withBotServer(
    _ plan: ServerPlan = ServerPlan(), _ body: @escaping @Sendable (RunningServer) async throws -> Void,
    afterwards: (SQLiteStore) async throws -> Void = { _ in }
) async throws {
    try await withTemporaryFolder { folder in
        let secretsFile = folder.appending(path: "secrets")
        try plan.secrets.write(to: secretsFile, atomically: true, encoding: .utf8)
        let store = try await SQLiteStore(path: folder.appending(path: "bot.sqlite").path, limits: plan.limits)
        let log = LogRecord()
        var settings = plan.settings
        if plan.watchesSecrets { settings.secretsPath = secretsFile.path }
        let parts = BotServer.Parts(
            store: store, handler: plan.handler,
            keyring: WebhookKeyring(try WebhookSecretsFile.secrets(in: Array(plan.secrets.utf8))), help: .ofThisBot,
            surroundings: WorkSurroundings(now: { testTime }, jitter: { 0.5 }), logger: log.logger(plan.logFormat))
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = BotServer(parts, settings) { continuation.yield($0) }
        var quiet = log.logger()
        quiet.logLevel = .error
        let group = ServiceGroup(configuration: .init(services: [server], logger: quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }  // A server that fails to start must not hang the test.
                try await group.run()
            }
            var iterator = ports.makeAsyncIterator()
            if let port = await iterator.next() {
                try await body(RunningServer(port: port, store: store, server: server, log: log, folder: folder))
                await group.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
        }
        try await afterwards(store)
        try await store.close()
    }
}
