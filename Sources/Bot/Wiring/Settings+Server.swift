internal import BotCore
internal import Foundation
internal import Logging
internal import OpenSSLCrypto
internal import Persistence

extension Settings {
    /// Where the server listens.
    func listenAddress() throws -> (host: String, port: Int) {
        let text = text("LISTEN") ?? "127.0.0.1:8080"
        guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]),
            (0...65_535).contains(port)
        else {
            throw WrongUse("BUCKETBOT_LISTEN=\(text): write an address and a port, as in 127.0.0.1:8080 or [::]:8080.")
        }
        let bracketed = text[..<colon].trimmingPrefix("[")
        let host = String(bracketed.hasSuffix("]") ? bracketed.dropLast() : bracketed)
        guard !host.isEmpty else {
            throw WrongUse(
                "BUCKETBOT_LISTEN=\(text): it names no address. Write 127.0.0.1:\(port) for this machine alone, "
                    + "0.0.0.0:\(port) or [::]:\(port) for everybody.")
        }
        return (host, port)
    }

    /// How the server is set up.
    func server() throws -> BotServer.Settings {
        var server = BotServer.Settings()
        (server.host, server.port) = try listenAddress()
        let largestMiB = server.webhook.maxBodyBytes >> 20
        server.webhook.bodyBudgetBytes = try count("BODY_BUDGET_MIB", default: 64, in: largestMiB...65_536) << 20
        server.work.workers = try count("WORKERS", default: 4, in: 1...256)
        server.retentionDays = try count("RETENTION_DAYS", default: 30, in: 1...3_650)
        server.secretsPath = try secretsPath()
        server.operatorToken = try operatorToken()
        return server
    }

    /// Where people reach the server.
    func publicURL() throws -> String {
        let (host, port) = try listenAddress()
        let shown = host.contains(":") ? "[\(host)]" : host
        guard let url = try address("PUBLIC_URL", suchAs: "https://bucketbot.example.org") else {
            return "http://\(shown):\(port)"
        }
        let text = url.absoluteString
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Opens the database.
    func store() async throws -> any Store {
        let text = text("DATABASE") ?? "sqlite:bucketbot.sqlite"
        guard text.hasPrefix("sqlite:"), text.count > "sqlite:".count else {
            let scheme = text.prefix { $0 != ":" }
            throw WrongUse("BUCKETBOT_DATABASE: write sqlite:PATH; \(scheme) is not served by this version.")
        }
        var limits = StoreLimits()
        limits.inboxCapacity = try count("INBOX_CAPACITY", default: 100_000, in: 1...100_000_000)
        return try await SQLiteStore(path: String(text.dropFirst("sqlite:".count)), limits: limits)
    }

    /// The secrets that webhooks are signed with.
    func secrets() throws -> [WebhookSecret] {
        let path = try secretsPath()
        do {
            return try SecretsWatch.load(path: path).secrets
        } catch {
            throw WrongUse("BUCKETBOT_WEBHOOK_SECRETS_FILE=\(path): \(error).")
        }
    }

    private func secretsPath() throws -> String {
        guard let path = text("WEBHOOK_SECRETS_FILE") else {
            throw WrongUse(
                "BUCKETBOT_WEBHOOK_SECRETS_FILE is not set. Without the webhook's secret anybody could send events: "
                    + "write it into a file that only the bot can read, and name the file here.")
        }
        return path
    }

    /// What an operator shows; nil where none is set, and operators can do nothing.
    private func operatorToken() throws -> Secret? {
        guard let path = text("OPERATOR_TOKEN_FILE") else { return nil }
        let token = try secret("OPERATOR_TOKEN_FILE", path).text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard token.utf8.count >= 16, token.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw WrongUse(
                "BUCKETBOT_OPERATOR_TOKEN_FILE=\(path): write at least 16 printable characters without spaces into it.")
        }
        return Secret(token)
    }

    /// When the repositories are swept; nil where they are not.
    func sweepSchedule() throws -> CronSchedule? {
        guard try flag("SWEEP_ENABLED", default: true) else { return nil }
        let text = text("SWEEP_SCHEDULE") ?? "0 6 * * *"
        do throws(CronSchedule.Problem) {
            return try CronSchedule(text)
        } catch {
            throw WrongUse("BUCKETBOT_SWEEP_SCHEDULE=\(text): \(error.description).")
        }
    }

    /// Whether writes are recorded and not sent.
    func isDryRun() throws -> Bool { try flag("DRY_RUN", default: true) }

    /// Where log lines go, and how.
    func logger(now: @escaping @Sendable () -> Date) throws -> Logger {
        let level = text("LOG_LEVEL") ?? "info"
        guard let level = Logger.Level(rawValue: level.lowercased()) else {
            let names = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw WrongUse("BUCKETBOT_LOG_LEVEL=\(level): write one of \(names).")
        }
        let format = text("LOG_FORMAT") ?? "text"
        guard let format = LogFormat(rawValue: format.lowercased()) else {
            throw WrongUse("BUCKETBOT_LOG_FORMAT=\(format): write text or json.")
        }
        var logger = Logger(label: "bucketbot") { LogLine(label: $0, format: format, now: now) }
        logger.logLevel = level
        return logger
    }
}
