internal import ArgumentParser
internal import BotCore
internal import Foundation
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

    func run() async throws {
        let settings = Settings(flags: options.flags)
        let now: @Sendable () -> Date = { Date() }
        let logger = try settings.logger(now: now)
        let secrets = try settings.secrets()
        let server = try settings.server()
        let (publicURL, isDryRun) = (try settings.publicURL(), try settings.isDryRun())
        let store = try await settings.store()
        let surroundings = WorkSurroundings(now: now, jitter: { Double.random(in: 0..<1) })
        let parts = BotServer.Parts(
            store: store, handler: NoHandler(), keyring: WebhookKeyring(secrets), help: .ofThisBot,
            surroundings: surroundings, logger: logger)
        let bot = BotServer(parts, server) { port in
            logger.notice(
                "Bucketbot \(bucketbotVersion) is \(isDryRun ? "in dry run: nothing is written to GitHub" : "live").",
                metadata: [
                    "listen": "\(server.host):\(port)", "webhook": "\(publicURL)/webhook",
                    "secrets": "\(secrets.map(\.name).joined(separator: ", "))",
                ])
        }
        do {
            try await run(bot, store, logger)
        } catch let error as IOError {
            throw WrongUse("BUCKETBOT_LISTEN=\(server.host):\(server.port): \(error.description).")
        }
    }

    private func run(_ bot: BotServer, _ store: any Store, _ logger: Logger) async throws {
        var quiet = logger
        quiet.logLevel = max(.warning, quiet.logLevel)
        var configuration = ServiceGroupConfiguration(
            services: [.init(service: bot, successTerminationBehavior: .gracefullyShutdownGroup)],
            gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet)
        configuration.maximumGracefulShutdownDuration = .seconds(28)
        do {
            try await ServiceGroup(configuration: configuration).run()
        } catch {
            try await store.close()
            throw error
        }
        try await store.close()
        logger.notice("Bucketbot has stopped.")
    }
}
