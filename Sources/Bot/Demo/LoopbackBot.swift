internal import BotCore
internal import CurlHTTP
internal import Foundation
internal import Logging
internal import OpenSSLCrypto
internal import Persistence
internal import Playground
internal import ServiceLifecycle

/// The bot with everything that is real in it, beside stand-ins for all that it talks to, on the loopback interface.
///
/// Its workers do nothing by themselves: `settle` carries deliveries over and has them worked on until nothing is left,
/// so that whoever steers it waits for no clock.
struct LoopbackBot: Sendable {
    /// How it is set up.
    struct Setup: Sendable {
        /// What the repository starts with.
        var files: GitChanges
        /// The buckets.
        var buckets = StandInWorld()
        /// Whether nothing is sent to GitHub.
        var isDryRun = false
        /// Whether the bot has the maintainer's personal token in the place of an App.
        var hasToken = false
        /// What the stand-in for GitHub allows.
        var limits = GitHubLimits()
        /// What is told of the bot's work.
        var logLevel = Logger.Level.critical
    }

    /// GitHub, with a repository and people.
    let world: ExampleWorld
    /// Google Cloud Storage.
    let storage: GCSStandIn
    /// What receives and works.
    let server: BotServer
    /// Everything that outlives the process.
    let store: any Store
    /// Where the App hears of events.
    let webhook: StandInWebhook
    /// What carries deliveries.
    let transport: any Transport

    /// The stand-in for GitHub.
    var github: GitHubStandIn { world.standIn }

    /// Sends what GitHub has to tell, and works on it, until there is nothing left to send and nothing is due.
    ///
    /// - Returns: The deliveries that were sent, with their answers.
    /// - Throws: Why a delivery could not be had from the store.
    @discardableResult
    func settle() async throws -> [StandInDelivery] {
        var sent: [StandInDelivery] = []
        while true {
            let batch = try await github.sendWaiting(to: webhook, over: transport)
            sent += batch
            let worked = try await work()
            if batch.isEmpty, worked == 0 { return sent }
        }
    }

    /// Works on what is in the inbox and due.
    ///
    /// - Returns: How many deliveries were taken up.
    /// - Throws: Why a delivery could not be had from the store.
    func work() async throws -> Int {
        _ = try await server.scheduled.runOnce()
        var count = 0
        while try await server.workers.runOnce() { count += 1 }
        return count
    }

    /// Runs `body` beside a bot in a folder of its own, which is deleted afterwards.
    ///
    /// - Parameters:
    ///   - setup: How it is set up.
    ///   - body: Gets the bot, which receives by then.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or why something could not be started.
    static func with<Result: Sendable>(
        _ setup: Setup, _ body: (LoopbackBot) async throws -> Result
    ) async throws -> Result {
        let folder = FileManager.default.temporaryDirectory.appending(path: "bucketbot-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer {
            do {
                try FileManager.default.removeItem(at: folder)
            } catch {
                // It lies among the temporary files, which are cleared without us too.
            }
        }
        return try await withGitHubStandIn(limits: setup.limits) { github in
            let world = try await ExampleWorld(in: github, files: setup.files)
            return try await withGCSStandIn(GCSStandIn(setup.buckets)) { storage, root in
                let place = Place(folder: folder, world: world, storage: storage, storageRoot: root)
                return try await place.withBot(setup, body)
            }
        }
    }
}

/// Where a bot is started: its folder, and the stand-ins around it.
private struct Place {
    let folder: URL
    let world: ExampleWorld
    let storage: GCSStandIn
    let storageRoot: String

    /// The settings as a person would give them.
    private func settings(_ setup: LoopbackBot.Setup) throws -> Settings {
        func file(_ name: String, _ secret: Secret) throws -> String {
            let url = folder.appending(path: name)
            try Data(secret.bytes).write(to: url)
            return url.path(percentEncoded: false)
        }
        var flags: [String: String?] = [
            "GITHUB_API_URL": world.standIn.restRoot, "STORAGE_URL": storageRoot, "LISTEN": "127.0.0.1:0",
            "DATABASE": "sqlite:\(folder.appending(path: "bucketbot.sqlite").path(percentEncoded: false))",
            "WEBHOOK_SECRETS_FILE": try file("secret", world.webhookSecret),
            "LOG_LEVEL": setup.logLevel.rawValue,
        ]
        if setup.hasToken {
            flags["GITHUB_TOKEN_FILE"] = try file("token", world.standIn.addToken(for: world.maintainer))
            flags["REPOSITORIES"] = world.repository.fullName
        } else {
            flags["GITHUB_APP_ID"] = "\(world.app.appID)"
            flags["GITHUB_PRIVATE_KEY_FILE"] = try file("key.pem", world.app.privatePEM)
        }
        return Settings(flags: flags, environment: [:])
    }

    func withBot<Result: Sendable>(
        _ setup: LoopbackBot.Setup, _ body: (LoopbackBot) async throws -> Result
    ) async throws -> Result {
        let settings = try settings(setup)
        let now: @Sendable () -> Date = { Date() }
        let logger = try settings.logger(now: now)
        let secrets = try settings.secrets()
        let store = try await settings.store()
        do {
            let result = try await settings.withHandlerParts(
                store: store, isDryRun: setup.isDryRun, logger: logger
            ) { parts in
                var server = try settings.server()
                server.work.workers = 0
                let serverParts = BotServer.Parts(
                    store: store, handler: EventHandler(parts: parts), keyring: WebhookKeyring(secrets),
                    help: .ofThisBot, surroundings: WorkSurroundings(now: now, jitter: { 0.5 }),
                    logger: logger)
                return try await serving(serverParts, server, store, body)
            }
            try await store.close()
            return result
        } catch {
            try await store.close()
            throw error
        }
    }

    /// Runs `body` while the server receives.
    private func serving<Result: Sendable>(
        _ parts: BotServer.Parts, _ settings: BotServer.Settings, _ store: any Store,
        _ body: (LoopbackBot) async throws -> Result
    ) async throws -> Result {
        let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
        let server = BotServer(parts, settings) { continuation.yield($0) }
        var quiet = parts.logger
        quiet.logLevel = max(.warning, quiet.logLevel)
        let group = ServiceGroup(configuration: .init(services: [server], logger: quiet))
        return try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }  // A server that fails to start must not be waited for.
                try await group.run()
            }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else {
                try await tasks.waitForAll()
                throw CancellationError()
            }
            let bot = LoopbackBot(
                world: world, storage: storage, server: server, store: store,
                webhook: StandInWebhook(url: "http://127.0.0.1:\(port)/webhook", secret: world.webhookSecret),
                transport: try CurlTransport())
            let result = try await body(bot)
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }
}
