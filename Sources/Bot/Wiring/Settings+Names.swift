internal import BotCore
internal import Logging

extension Settings {
    /// The names that the environment may have behind `BUCKETBOT_`.
    static let knownNames: Set<String> = [
        "BODY_BUDGET_MIB", "CA_FILE", "DATABASE", "DRY_RUN", "GITHUB_API_URL", "GITHUB_APP_ID", "GITHUB_GRAPHQL_URL",
        "GITHUB_PRIVATE_KEY_FILE", "GITHUB_TOKEN_FILE", "INBOX_CAPACITY", "LISTEN", "LOG_FORMAT", "LOG_LEVEL",
        "OPERATOR_TOKEN_FILE", "PROBE_CONCURRENCY", "PUBLIC_URL", "REPOSITORIES", "RETENTION_DAYS", "STORAGE_URL",
        "SWEEP_ENABLED", "SWEEP_SCHEDULE", "TEMPLATES", "WEBHOOK_SECRETS_FILE", "WORKERS",
    ]

    /// Tells of names that begin as settings do and are none: who misspells one gets its default and wonders why.
    func warnOfUnknownNames(_ logger: Logger) {
        for name in namesInEnvironment.sorted() where !Self.knownNames.contains(name) {
            let near = nearest(to: name, among: Self.knownNames.sorted(), count: 1).first
            let hint = near.map { " Did you mean BUCKETBOT_\($0)?" } ?? ""
            logger.warning("BUCKETBOT_\(name) is no setting, and changes nothing.\(hint)")
        }
    }
}
