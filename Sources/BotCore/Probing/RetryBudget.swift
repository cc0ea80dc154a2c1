public import struct Foundation.Date

/// How often and how long a request that got no usable answer is repeated.
///
/// The pause before repetition n is drawn evenly from zero to `firstPause` doubled n times ("full jitter"), so that
/// many callers who failed together do not come back together.
public struct RetryBudget: Hashable, Sendable {
    /// Requests in all, the first one included; at least 1.
    public var attempts: Int
    /// Time from the first request's start after which none is begun.
    public var total: Duration
    /// The longest pause before the first repetition.
    public var firstPause: Duration
    /// The longest pause before any repetition.
    public var longestPause: Duration

    /// A budget: 4 attempts within 60 seconds, pausing at most 0.5, 1 and 2 seconds.
    public init(
        attempts: Int = 4, total: Duration = .seconds(60), firstPause: Duration = .milliseconds(500),
        longestPause: Duration = .seconds(16)
    ) {
        self.attempts = attempts
        self.total = total
        self.firstPause = firstPause
        self.longestPause = longestPause
    }

    /// How long to wait before the request is repeated; nil to give up.
    ///
    /// - Parameters:
    ///   - attempt: How many requests have been made, from 1.
    ///   - retryAfter: What the server asked for; it is waited for in full, or the budget is over.
    ///   - spent: Time since the first request was begun.
    ///   - random: A random number from 0 up to 1.
    /// - Returns: The pause.
    public func pause(
        afterAttempt attempt: Int, retryAfter: Duration?, spent: Duration, random: Double
    ) -> Duration? {
        guard attempt >= 1, attempt < attempts else { return nil }
        let doublings = min(attempt - 1, 30)
        let ceiling = min(firstPause * (1 << doublings), longestPause)
        let jitter = ceiling * min(max(random, 0), 1)
        let pause = max(retryAfter ?? .zero, .zero) + jitter
        return spent + pause < total ? pause : nil
    }

    /// What a `Retry-After` header asks for: whole seconds or a date; nil for anything else.
    ///
    /// A day is the most that is understood; longer is a day, which is over every budget.
    /// Source: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3.
    public static func wait(retryAfter header: String?, now: Date) -> Duration? {
        guard let header else { return nil }
        let longest = 86_400
        if !header.isEmpty, header.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            return .seconds(min(Int(header) ?? longest, longest))
        }
        guard let date = PlausibleTime.date(httpHeader: header) else { return nil }
        return .seconds(min(max(date.timeIntervalSince(now), 0), Double(longest)))
    }
}
