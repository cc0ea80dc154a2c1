/// How deliveries are worked on.
struct WorkLimits: Hashable, Sendable {
    /// Deliveries that are worked on at once, each of another lane; 0 where somebody else calls `runOnce`.
    var workers = 4
    /// How long a delivery is ours before another process may take it; renewed while it is worked on.
    var leaseSeconds = 60
    /// Attempts that may fail before a delivery is parked.
    var maxAttempts = 12
    /// Attempts in all, those included that the end of the program cut off: what ends it each time must not do so for
    /// ever, and a program that others end must not give its work up.
    var maxBegun = 40
    /// How often a delivery may be taken up in all, postponements without fault included, before it is parked.
    var maxClaims = 1_000
    /// How long a worker that finds nothing waits at most before it looks again.
    var idleSeconds = 30
    /// How long work that is under way may go on when the program is to stop.
    var stopSeconds = 20

    /// The defaults.
    init() {}

    /// When a delivery is tried again that has failed.
    ///
    /// - Parameters:
    ///   - attempt: Which attempt has failed, from 1.
    ///   - jitter: From 0 to 1, so that what failed together does not come back together.
    /// - Returns: Seconds: 10 after the first, three times as many after each further one, at most an hour; from half of
    ///   that to one and a half.
    func backoffSeconds(afterAttempt attempt: Int, jitter: Double) -> Double {
        var seconds = 10.0
        for _ in 1..<min(max(1, attempt), 20) { seconds = min(seconds * 3, 3_600) }
        return seconds * (0.5 + min(max(jitter, 0), 1))
    }
}
