import BotCore
import CurlHTTP
import Foundation
import GitHubAPI
import GoogleCloudStorage
import Logging
import OpenSSLCrypto
import Persistence
import Playground
import ServiceLifecycle
import TestSupport
import Testing

@testable import Bot

/// The bot as `bucketbot serve` puts it together: real HTTP in and out, a real database; only the clock is a test's.
///
/// Deliveries are received as always and worked on when the test says so.
struct RunningBot: Sendable {
    /// Everything that outlives it.
    let store: SQLiteStore
    /// The server itself.
    let server: BotServer
    /// Where it listens.
    let port: Int
    /// What it logs.
    let log: LogRecord
    /// What its handlers work with.
    let parts: HandlerParts
    /// Lets something happen in the middle of a check.
    let interruption: Interruption

    /// The address of its webhook.
    var webhookURL: String { "http://127.0.0.1:\(port)/webhook" }

    /// Where Prow sends, since its plugins have no path unless they are given one.
    var rootURL: String { "http://127.0.0.1:\(port)" }

    /// Works on one delivery.
    ///
    /// - Returns: Whether there was one.
    func workOnce() async throws -> Bool { try await server.workers.runOnce() }

    /// What finds deliveries that did not arrive; the test says when, where `serve` does it by itself.
    func missedDeliveries(_ clock: TestClock) -> MissedDeliveries {
        MissedDeliveries(
            deliveries: parts.github.app.deliveries, inbox: store.inbox, cursors: store.cursors,
            bell: server.workers.bell, now: { clock.now }, logger: log.logger(clock))
    }

    /// What a world offers to a bot.
    struct Surroundings: Sendable {
        let example: ExampleWorld
        /// What stands between the bot and GitHub.
        let proxy: GitHubProxyStandIn?
        /// What the bot shows GitHub.
        let credentials: GitHubCredentials
        /// Where the bot asks GitHub.
        let endpoints: [String]
        let storageRoot: String
        let clock: TestClock
        let plan: WorldPlan
        let folder: URL
    }

    /// Runs a bot while `body` runs, then stops it as SIGTERM does.
    ///
    /// - Parameters:
    ///   - surroundings: Where it lives.
    ///   - database: The name of its database.
    ///   - body: Gets it.
    /// - Throws: What `body` throws, or why the bot did not start.
    static func run(
        in surroundings: Surroundings, database: String, _ body: @escaping @Sendable (RunningBot) async throws -> Void
    ) async throws {
        let path = surroundings.folder.appending(path: "\(database).sqlite").path
        let store = try await SQLiteStore(path: path)
        let (log, interruption) = (LogRecord(), Interruption())
        let transport = try CurlTransport(CurlConfiguration())
        let clock = surroundings.clock
        let parts = try handlerParts(
            in: surroundings, store, transport, InterruptedTransport(transport: transport, interruption: interruption),
            log.logger(clock))
        var settings = BotServer.Settings()
        settings.port = 0
        settings.work.workers = 0
        let secret = surroundings.example.webhookSecret.bytes
        let serverParts = BotServer.Parts(
            store: store, handler: EventHandler(parts: parts),
            keyring: WebhookKeyring(try WebhookSecretsFile.secrets(in: secret)), help: .ofThisBot,
            surroundings: WorkSurroundings(now: { clock.now }, jitter: { 0.5 }), logger: log.logger(clock))
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = BotServer(serverParts, settings) { continuation.yield($0) }
        var quiet = log.logger(clock)
        quiet.logLevel = .error
        let group = ServiceGroup(configuration: .init(services: [server], logger: quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }  // A server that fails to start must not hang the test.
                try await group.run()
            }
            var iterator = ports.makeAsyncIterator()
            var failure: (any Error)?
            if let port = await iterator.next() {
                do {
                    try await body(
                        RunningBot(
                            store: store, server: server, port: port, log: log, parts: parts,
                            interruption: interruption))
                } catch {
                    // The bot is stopped as always before the test fails.
                    failure = error
                }
                await group.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
            if let failure { throw failure }
        }
        try await store.close()
        await transport.close()
    }

    private static func handlerParts(
        in surroundings: Surroundings, _ store: SQLiteStore, _ transport: CurlTransport,
        _ storageTransport: InterruptedTransport, _ logger: Logger
    ) throws -> HandlerParts {
        let (plan, clock) = (surroundings.plan, surroundings.clock)
        var settings = try Settings(
            flags: ["GITHUB_API_URL": surroundings.endpoints.joined(separator: ",")], environment: [:]
        ).gitHubClientSettings()
        settings.pacing = plan.pacing
        // Whoever waits has the clock move on, so that no test waits in earnest.
        let pause: @Sendable (Duration) async throws -> Void = { wait in
            try Task.checkCancellation()
            clock.advance(seconds: wait / .seconds(1))
        }
        let github = try GitHubClient(
            credentials: surroundings.credentials, transport: transport, stores: ClientStores(store),
            settings: settings,
            surroundings: ClientSurroundings(now: { clock.now }, pause: pause, random: { 0.5 }))
        let storage = GCSClient(
            transport: storageTransport, rootURL: surroundings.storageRoot,
            surroundings: GoogleCloudStorage.Surroundings(now: { clock.now }, pause: pause, random: { 0.5 }),
            concurrency: ConcurrencyLimit(16))
        return HandlerParts(
            github: github, store: store, storage: storage, memory: RegistryMemory(),
            words: try CommandTemplates(overrides: [:]), links: CheckLinks(), isDryRun: plan.isDryRun,
            quietSeconds: plan.quietSeconds, now: { clock.now }, logger: logger)
    }
}
