/// How much of a webhook request is taken, and how long it may take.
struct WebhookLimits: Hashable, Sendable {
    /// Bytes of one body; GitHub sends no larger one.
    ///
    /// Source: https://docs.github.com/en/webhooks/webhook-events-and-payloads#payload-cap
    var maxBodyBytes = 25 << 20
    /// Bytes of all bodies that are being received or stored.
    var bodyBudgetBytes = 64 << 20
    /// How long a request waits for room in the budget.
    var budgetWait = Duration.seconds(5)
    /// How long a body may take; GitHub gives up on a delivery after 10 seconds.
    var bodyDeadline = Duration.seconds(9)
    /// What a refused sender is told to wait, in seconds.
    var retryAfterSeconds = 10
    /// Connections that are open at once; more wait to be accepted.
    var maxConnections = 512
    /// How long a new connection may take until the head of its first request is complete.
    var headSeconds = 10
    /// How long a connection may be open between an answer and the next head.
    var idleSeconds = 60
    /// How long a request may arrive in all, also one that was refused and whose rest is thrown away.
    var requestSeconds = 30
    /// How long a connection that is to be closed is read on, so that its sender can read the answer.
    var lingerSeconds = 2
}
