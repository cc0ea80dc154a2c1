internal import ArgumentParser
internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import NIOCore
internal import Persistence
internal import ServiceLifecycle
internal import UnixSignals

/// `bucketbot serve`: the bot itself.
struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Receive GitHub's webhooks, and answer pull requests and commands.",
        discussion: """
            Every setting is an environment variable too, named BUCKETBOT_ and the flag; deploy/env.example lists them \
            all. Unless --dry-run false is given, what would be written to GitHub is recorded and not sent.

            SIGTERM stops it: what is under way may end for 20 seconds, the rest is done after the next start. \
            SIGHUP reads the webhook secrets again; so does a change of their file.
            """
    )

    @OptionGroup var options: ServerOptions
    @OptionGroup var github: GitHubOptions

    @OptionGroup var prow: ProwOptions

    /// All flags by the setting's name; those of Prow's plugins where ours are not given.
    var flags: [String: String?] {
        let own = options.flags.merging(github.flags) { $1 }
        return own.merging(prow.flags) { own, prow in own ?? prow }
    }

    func run() async throws {
        ReturnedMemory.prefer()
        let settings = Settings(flags: flags)
        let now: @Sendable () -> Date = { Date() }
        let logger = try settings.logger(now: now)
        settings.warnOfUnknownNames(logger)
        let secrets = try settings.secrets()
        let server = try settings.server()
        let (publicURL, isDryRun) = (try settings.publicURL(), try settings.isDryRun())
        // Before a database is made: what is missing is said at once.
        _ = (try settings.gitHubCredentials(), try settings.repositoryScope())
        let schedule = try settings.sweepSchedule()
        let store = try await settings.store()
        do {
            if try await !store.becomeSoleWorker() {
                logger.notice(
                    """
                    Another process serves from this database. What one of them leaves undone when it ends, the other \
                    does when its lease is over.
                    """)
            }
            try await settings.withHandlerParts(store: store, isDryRun: isDryRun, logger: logger) { handlers in
                var parts = BotServer.Parts(
                    store: store, handler: EventHandler(parts: handlers), keyring: WebhookKeyring(secrets),
                    help: .ofThisBot,
                    surroundings: WorkSurroundings(now: now, jitter: { Double.random(in: 0..<1) }), logger: logger)
                parts.sweeps = schedule.map {
                    ScheduledSweeps(schedule: $0, parts: handlers, delay: Double.random(in: 0..<1))
                }
                parts.reconciles = try DailyReconciles(parts: handlers, delay: Double.random(in: 0..<1))
                parts.deliveries = handlers.github.isApp ? handlers.github.app.deliveries : nil
                let bot = BotServer(parts, server) { port in
                    logger.notice(
                        "Bucketbot \(bucketbotVersion) is \(isDryRun ? "in dry run: nothing is written to GitHub" : "live").",
                        metadata: [
                            "listen": "\(server.host):\(port)", "webhook": "\(publicURL)/webhook",
                            "secrets": "\(secrets.map(\.name).joined(separator: ", "))",
                        ])
                }
                try await run(bot, logger)
            }
        } catch {
            try await store.close()
            throw Self.isAboutListening(error) ? WrongUse(Self.words(error, server)) : error
        }
        try await store.close()
        logger.notice("Bucketbot has stopped.")
    }

    private static func isAboutListening(_ error: any Error) -> Bool { error is IOError || error is SocketAddressError }

    /// Why nobody can listen there, and what changes it.
    private static func words(_ error: any Error, _ server: BotServer.Settings) -> String {
        let host = server.host.contains(":") ? "[\(server.host)]" : server.host
        let reason =
            switch (error as? IOError)?.errnoCode {
            case EADDRINUSE: "something else listens there already. Stop it, or choose another port"
            case EADDRNOTAVAIL: "this machine has no such address. Write one of its own, or 127.0.0.1"
            case EACCES: "a port below 1024 needs privileges. Choose another"
            case nil: "no address is known for that name. Write a number, as in 127.0.0.1"
            case let code?: "it cannot be listened on (\(String(cString: strerror(code)))). Choose another"
            }
        return "BUCKETBOT_LISTEN=\(host):\(server.port): \(reason) by BUCKETBOT_LISTEN or --listen."
    }

    private func run(_ bot: BotServer, _ logger: Logger) async throws {
        var quiet = logger
        quiet.logLevel = max(.warning, quiet.logLevel)
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: bot, successTerminationBehavior: .gracefullyShutdownGroup)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        configuration.maximumGracefulShutdownDuration = .seconds(28)
        try await ServiceGroup(configuration: configuration).run()
    }
}
