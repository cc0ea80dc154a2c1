internal import ArgumentParser

/// The settings of the server; each is also an environment variable.
struct ServerOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp("Address of the server, 127.0.0.1:8080 by default. [BUCKETBOT_LISTEN]", valueName: "address")
    )
    var listen: String?

    @Option(
        name: .customLong("public-url"),
        help: ArgumentHelp("Where people reach it. [BUCKETBOT_PUBLIC_URL]", valueName: "url"))
    var publicURL: String?

    @Option(
        help: ArgumentHelp("sqlite:PATH, sqlite:bucketbot.sqlite by default. [BUCKETBOT_DATABASE]", valueName: "url"))
    var database: String?

    @Option(
        name: .customLong("webhook-secrets-file"),
        help: ArgumentHelp("File with the webhook's secret. [BUCKETBOT_WEBHOOK_SECRETS_FILE]", valueName: "file"))
    var webhookSecretsFile: String?

    @Option(
        name: .customLong("dry-run"),
        help: ArgumentHelp("Record what would be written, true by default. [BUCKETBOT_DRY_RUN]", valueName: "bool"))
    var dryRun: String?

    @Option(help: ArgumentHelp("Deliveries worked on at once, 4 by default. [BUCKETBOT_WORKERS]", valueName: "n"))
    var workers: String?

    @Option(
        name: .customLong("inbox-capacity"),
        help: ArgumentHelp("Deliveries that may wait, 100000 by default. [BUCKETBOT_INBOX_CAPACITY]", valueName: "n"))
    var inboxCapacity: String?

    @Option(
        name: .customLong("body-budget-mib"),
        help: ArgumentHelp(
            "MiB of bodies in flight together, 64 by default. [BUCKETBOT_BODY_BUDGET_MIB]", valueName: "n"))
    var bodyBudgetMiB: String?

    @Option(
        name: .customLong("retention-days"),
        help: ArgumentHelp(
            "How long what is done is remembered, 30 by default. [BUCKETBOT_RETENTION_DAYS]", valueName: "n"))
    var retentionDays: String?

    @Option(
        name: .customLong("operator-token-file"),
        help: ArgumentHelp(
            "File with the token that operators show. [BUCKETBOT_OPERATOR_TOKEN_FILE]", valueName: "file"))
    var operatorTokenFile: String?

    @Option(
        name: .customLong("sweep-enabled"),
        help: ArgumentHelp(
            "Sweep the repositories on schedule, true by default. [BUCKETBOT_SWEEP_ENABLED]", valueName: "bool"))
    var sweepEnabled: String?

    @Option(
        name: .customLong("sweep-schedule"),
        help: ArgumentHelp(
            "When, as five fields of cron in UTC, '0 6 * * *' by default. [BUCKETBOT_SWEEP_SCHEDULE]",
            valueName: "cron"))
    var sweepSchedule: String?

    @Option(
        name: .customLong("log-level"),
        help: ArgumentHelp(
            "trace, debug, info, notice, warning, error or critical. [BUCKETBOT_LOG_LEVEL]", valueName: "level"))
    var logLevel: String?

    @Option(
        name: .customLong("log-format"), help: ArgumentHelp("text or json. [BUCKETBOT_LOG_FORMAT]", valueName: "format")
    )
    var logFormat: String?

    @OptionGroup var storage: StorageOptions

    /// The flags by the setting's name.
    var flags: [String: String?] {
        let own: [String: String?] = [
            "LISTEN": listen, "PUBLIC_URL": publicURL, "DATABASE": database,
            "WEBHOOK_SECRETS_FILE": webhookSecretsFile, "DRY_RUN": dryRun, "WORKERS": workers,
            "INBOX_CAPACITY": inboxCapacity, "BODY_BUDGET_MIB": bodyBudgetMiB, "RETENTION_DAYS": retentionDays,
            "OPERATOR_TOKEN_FILE": operatorTokenFile, "SWEEP_ENABLED": sweepEnabled, "SWEEP_SCHEDULE": sweepSchedule,
            "LOG_LEVEL": logLevel,
            "LOG_FORMAT": logFormat,
        ]
        return own.merging(storage.flags) { $1 }
    }
}
