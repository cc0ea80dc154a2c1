public import BotCore

/// Bounds of the client, each with its unit.
public struct ClientSettings: Equatable, Sendable {
    /// Where GitHub answers.
    public var roots: GitHubRoots
    /// Where the same GitHub answers too, in their order, for when the first address gives no answer.
    public var fallbackRoots: [GitHubRoots] = []
    /// What `User-Agent` says; GitHub refuses requests without one.
    public var userAgent = "bucketbot"
    /// Which version of the interface is spoken.
    ///
    /// Source: https://docs.github.com/en/rest/about-the-rest-api/api-versions
    public var apiVersion = "2022-11-28"
    /// Time for one request.
    public var deadline: Duration = .seconds(30)
    /// The largest answer that is taken, where a request has no bound of its own.
    public var answerByteLimit = 8 << 20
    /// The largest listing of a tree, and the largest answer of GraphQL.
    public var treeByteLimit = 48 << 20
    /// The largest content of a file.
    public var blobByteLimit = 16 << 20
    /// Pages of a list that are read.
    public var maxPages = 100
    /// How often and how long a request that got no usable answer is repeated.
    public var retries = RetryBudget()
    /// The longest that a request waits for a pause to end; where it is longer, the request fails as `rateLimited`.
    public var longestPauseWait: Duration = .seconds(10)
    /// How fast requests follow each other.
    public var pacing = Pacing()

    /// Every address, the first one first.
    public var allRoots: [GitHubRoots] { [roots] + fallbackRoots }

    /// The defaults, for one GitHub.
    public init(roots: GitHubRoots) { self.roots = roots }
}

/// How fast the requests of one credential follow each other.
///
/// Source: https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api
public struct Pacing: Hashable, Sendable {
    /// Requests under way at once.
    public var maxConcurrent = 10
    /// The least time between the starts of two writes.
    public var betweenWrites: Duration = .seconds(1)
    /// The least time between the starts of two writes that notify people.
    public var betweenNotifyingWrites: Duration = .seconds(3)
    /// The least time between the starts of two searches.
    public var betweenSearches: Duration = .seconds(2)
    /// Points that may be spent at once: a read costs 1, a write 5.
    public var burstPoints = 300
    /// Points that come back each second.
    ///
    /// With the burst it makes 900 in any first minute, which is what GitHub allows.
    public var pointsPerSecond = 10
    /// Calls of an hour that are kept for `interactive` requests.
    public var reservedCalls = 750
    /// The same as a part of the hour's limit, in percent; the smaller of the two counts.
    public var reservedPercent = 15

    /// What GitHub asks for.
    public init() {}

    /// No pauses at all, for a server of one's own on loopback.
    public static let unpaced: Pacing = {
        var pacing = Pacing()
        pacing.betweenWrites = .zero
        pacing.betweenNotifyingWrites = .zero
        pacing.betweenSearches = .zero
        pacing.burstPoints = 1_000_000
        pacing.pointsPerSecond = 1_000_000
        return pacing
    }()
}
