internal import BotCore
internal import CurlHTTP

public import struct Foundation.Date

/// What GitHub said last of one of its hourly limits.
public struct RateLimit: Hashable, Sendable {
    /// GitHub's name of the limit, as in `core` or `graphql`.
    public let resource: String
    /// Calls in an hour.
    public let limit: Int
    /// Calls that are left.
    public let remaining: Int
    /// When all of them are back, by the clock of this machine.
    public let resetsAt: Date
}

extension RateLimit {
    /// Reads the headers of an answer; `nil` where they are not there, as on an Enterprise Server without limits.
    ///
    /// The time is GitHub's, so it is taken relative to the answer's `Date`: this machine's clock may be wrong.
    /// Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit
    init?(_ headers: HTTPHeaders, now: Date) {
        guard let limit = Self.count(headers["x-ratelimit-limit"]), limit > 0,
            let remaining = Self.count(headers["x-ratelimit-remaining"]),
            let seconds = Self.count(headers["x-ratelimit-reset"]),
            let reset = PlausibleTime.date(secondsSince1970: Double(seconds))
        else { return nil }
        let serverNow = headers["Date"].flatMap { PlausibleTime.date(httpHeader: $0) } ?? now
        // An hour is what GitHub's windows last; more would be a mistake that stops everything.
        let wait = min(max(reset.timeIntervalSince(serverNow), 0), Self.longestWindowSeconds)
        self.init(
            resource: headers["x-ratelimit-resource"] ?? Self.core, limit: limit, remaining: remaining,
            resetsAt: now.addingTimeInterval(wait))
    }

    /// The limit of most of REST.
    static let core = "core"
    /// The limit of GraphQL.
    static let graphQL = "graphql"
    /// The limit of searches.
    static let search = "search"

    private static let longestWindowSeconds = 3_660.0

    private static func count(_ text: String?) -> Int? {
        guard let text, text.utf8.count <= 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        return Int(text)
    }
}

/// Why an answer refuses on account of a limit.
struct LimitHit: Hashable {
    /// Which requests have to wait.
    let scope: String
    /// Until when.
    let until: Date
    /// Whether GitHub left the time open, so that it doubles when it happens again.
    let isGuessed: Bool

    /// What to wait first where GitHub does not say how long.
    static let guessedWaitSeconds = 60.0
    /// What to wait at most in that case.
    static let longestGuessSeconds = 960.0

    /// Recognizes a limit in an answer; `nil` where it is another refusal.
    ///
    /// Order: `Retry-After`, then the hour's limit used up, then a secondary limit without a time.
    /// Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#exceeding-the-rate-limit
    ///
    /// - Parameters:
    ///   - response: The answer.
    ///   - error: Its body.
    ///   - resource: Whose hour is used up where GitHub says so.
    ///   - earlierGuesses: How often in a row the time had to be guessed.
    ///   - now: The present.
    init?(_ response: HTTPResponse, error: ErrorBody, resource: String, earlierGuesses: Int, now: Date) {
        let status = response.head.status
        let headers = response.head.headers
        guard status == 403 || status == 429 else { return nil }
        if let wait = RetryBudget.wait(retryAfter: headers["Retry-After"], now: Self.serverNow(headers, now)) {
            self.init(scope: RequestPause.everything, until: now.addingTimeInterval(wait.seconds), isGuessed: false)
            return
        }
        if let limit = RateLimit(headers, now: now), limit.remaining == 0 {
            // A second more, because both clocks are cut to seconds.
            self.init(scope: resource, until: limit.resetsAt.addingTimeInterval(1), isGuessed: false)
            return
        }
        guard status == 429 || error.namesSecondaryLimit else { return nil }
        let wait = min(Self.guessedWaitSeconds * Double(1 << min(earlierGuesses, 10)), Self.longestGuessSeconds)
        self.init(scope: RequestPause.everything, until: now.addingTimeInterval(wait), isGuessed: true)
    }

    private init(scope: String, until: Date, isGuessed: Bool) {
        self.scope = scope
        self.until = until
        self.isGuessed = isGuessed
    }

    private static func serverNow(_ headers: HTTPHeaders, _ now: Date) -> Date {
        headers["Date"].flatMap { PlausibleTime.date(httpHeader: $0) } ?? now
    }
}

extension Duration {
    /// Seconds with their fraction.
    var seconds: Double {
        let parts = components
        return Double(parts.seconds) + Double(parts.attoseconds) / 1e18
    }
}
