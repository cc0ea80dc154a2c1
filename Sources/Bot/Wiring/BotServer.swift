internal import Foundation
internal import GitHubAPI
internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import OpenSSLCrypto
internal import Persistence
internal import ServiceLifecycle

/// The running bot: what receives deliveries, what works on them, and what keeps both in order, as one service.
///
/// When it is to stop, everything is told at once: no connection is accepted any more and no delivery is begun, what is
/// under way may end, and what was received meanwhile is stored before `run` returns. The store stays open; it is its
/// owner's.
struct BotServer: Service {
    /// What it is made of.
    struct Parts: Sendable {
        /// Everything that outlives the process.
        var store: any Store
        /// Who works on deliveries.
        var handler: any DeliveryHandler
        /// Whose signatures count.
        var keyring: WebhookKeyring
        /// What Prow is told.
        var help: PluginHelp
        /// The clock and chance.
        var surroundings: WorkSurroundings
        /// Where GitHub tells what it sent; nil where the bot is no App.
        var deliveries: AppDeliveries?
        /// What sweeps the repositories; nil where nothing does.
        var sweeps: ScheduledSweeps?
        /// What looks after removal pull requests; nil where nothing does.
        var reconciles: DailyReconciles?
        /// Where it is told.
        var logger: Logger
    }

    /// How it is set up.
    struct Settings: Sendable {
        /// The address to listen on.
        var host = "127.0.0.1"
        /// The port; 0 takes a free one.
        var port = 8080
        /// How much of a request is taken.
        var webhook = WebhookLimits()
        /// How deliveries are worked on.
        var work = WorkLimits()
        /// How long what is done is remembered.
        var retentionDays = 30
        /// What an operator shows; nil where nobody can do anything.
        var operatorToken: Secret?
        /// The file with the secrets; nil where they do not change.
        var secretsPath: String?
        /// How often that file is looked at.
        var secretsInterval = Duration.seconds(5)
    }

    /// Who works on deliveries; tests call `runOnce` on it.
    let workers: DeliveryWorkers
    /// What is due from the schedule; tests call `runOnce` on it.
    let scheduled: ScheduledDeliveries
    /// What did not arrive; nil where GitHub cannot be asked for it.
    let missed: MissedDeliveries?
    /// What is forgotten.
    let pruning: InboxPruning
    /// Stores what is received from other places than the web as well.
    let batcher: InboxBatcher
    private let parts: Parts
    private let settings: Settings
    private let budget: ByteBudget
    private let readiness: Readiness
    private let onRunning: @Sendable (Int) async -> Void

    /// A server that has yet to run.
    ///
    /// - Parameters:
    ///   - parts: What it is made of.
    ///   - settings: How it is set up.
    ///   - onRunning: Is told the port when connections are accepted.
    init(_ parts: Parts, _ settings: Settings, onRunning: @escaping @Sendable (Int) async -> Void = { _ in }) {
        self.parts = parts
        self.settings = settings
        self.onRunning = onRunning
        let (store, logger, now) = (parts.store, parts.logger, parts.surroundings.now)
        let bell = WorkBell()
        workers = DeliveryWorkers(
            inbox: store.inbox, handler: parts.handler, bell: bell, limits: settings.work,
            surroundings: parts.surroundings, logger: logger)
        scheduled = ScheduledDeliveries(
            schedules: store.schedules, inbox: store.inbox, bell: bell, now: now, logger: logger)
        missed = parts.deliveries.map { deliveries in
            MissedDeliveries(
                deliveries: deliveries, inbox: store.inbox, cursors: store.cursors, bell: bell, now: now,
                logger: logger)
        }
        pruning = InboxPruning(store: store, retentionDays: settings.retentionDays, now: now, logger: logger)
        batcher = InboxBatcher(inbox: store.inbox)
        budget = ByteBudget(
            bytes: settings.webhook.bodyBudgetBytes, largestBytes: settings.webhook.maxBodyBytes,
            wait: settings.webhook.budgetWait)
        readiness = Readiness(store: store, now: now)
    }

    /// The most bytes of bodies that were ever held at once.
    var peakBodyBytes: Int { budget.peakBytes }

    /// The bytes of bodies that are held now.
    var takenBodyBytes: Int { budget.takenBytes }

    /// Serves and works until the service is to stop.
    ///
    /// - Throws: Why it could not start, as that the address is taken.
    func run() async throws {
        async let stored: Void = batcher.run()
        try await runFront()
        batcher.drain()
        await stored
    }

    private func runFront() async throws {
        try await withThrowingTaskGroup(of: Void.self) { front in
            front.addTask { try await application.run() }
            front.addTask {
                readiness.noteWorkers(areRunning: true)
                defer { readiness.noteWorkers(areRunning: false) }
                try await workers.run()
            }
            for work in repeatedWork { front.addTask { try await work.run() } }
            if let watch { front.addTask { try await watch.run() } }
            front.addTask {
                do {
                    try await gracefulShutdown()
                } catch {
                    // The server ends without being asked to; then nobody asks whether it is ready either.
                }
                readiness.noteStop()
            }
            // Not `waitForAll`, which lets the others go on when one has failed.
            while try await front.next() != nil {}
        }
    }

    private var application: Application<WebResponder> {
        let (parts, limits) = (parts, settings.webhook)
        let intake = WebhookIntake(
            limits: limits, budget: budget, keyring: parts.keyring, batcher: batcher, bell: workers.bell,
            now: parts.surroundings.now, logger: parts.logger)
        var configuration = ApplicationConfiguration(
            address: .hostname(settings.host, port: settings.port), serverName: "bucketbot")
        configuration.availableConnectionsDelegate = ConnectionPlaces(limits.maxConnections, logger: parts.logger)
        var quiet = parts.logger
        // Hummingbird and the services tell of every step; what matters of it is told here.
        quiet.logLevel = max(.warning, quiet.logLevel)
        return Application(
            responder: WebResponder(
                intake: intake, help: parts.help, readiness: readiness,
                operators: OperatorRoutes(
                    store: parts.store, token: settings.operatorToken, now: parts.surroundings.now,
                    logger: parts.logger)),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [ConnectionBounds(limits: limits)],
                    idleTimeout: .seconds(Int64(limits.idleSeconds)))),
            configuration: configuration,
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? 0) },
            logger: quiet)
    }

    private var repeatedWork: [RepeatedWork] {
        let logger = parts.logger
        var works = [
            RepeatedWork(name: "forget old rows", interval: .seconds(3600), logger: logger) {
                try await pruning.runOnce()
                return nil
            },
            RepeatedWork(name: "store what was scheduled", interval: .seconds(15), logger: logger) {
                try await scheduled.runOnce()
            },
        ]
        if let sweeps = parts.sweeps {
            works.append(
                RepeatedWork(name: "sweep the repositories", interval: .seconds(300), logger: logger) {
                    try await sweeps.runOnce()
                })
        }
        if let reconciles = parts.reconciles {
            works.append(
                RepeatedWork(name: "look after removal pull requests", interval: .seconds(300), logger: logger) {
                    try await reconciles.runOnce()
                })
        }
        if let missed {
            works.append(
                RepeatedWork(name: "look for deliveries that did not arrive", interval: .seconds(300), logger: logger) {
                    try await missed.runOnce()
                    return nil
                })
        }
        return works
    }

    private var watch: SecretsWatch? {
        settings.secretsPath.map {
            SecretsWatch(
                path: $0, keyring: parts.keyring, interval: settings.secretsInterval, logger: parts.logger)
        }
    }
}
