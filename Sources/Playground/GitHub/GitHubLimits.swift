/// What the stand-in allows, as GitHub does.
///
/// Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
public struct GitHubLimits: Hashable, Sendable {
    /// Requests that a token may send in an hour.
    public var requestsPerHour = 5_000
    /// Requests that make content in a minute, GitHub's 80; nil for no such limit, so that tests may be quick.
    public var contentPerMinute: Int?
    /// The most bytes of a file that GraphQL gives as text.
    public var graphQLTextBytes = 512_000
    /// The most bytes of a file that the contents interface gives in JSON.
    public var contentsBytes = 1_000_000
    /// How long a token of an installation lives.
    public var tokenLifetimeSeconds = 3_600
    /// How long a new token is refused, as it is where GitHub's servers have not all heard of it.
    public var tokenDelaySeconds = 0

    /// Notes that one request about a check run may hold.
    static let annotationsPerRequest = 50
    /// Buttons below one check run.
    static let buttonsPerCheckRun = 3
    /// Files of a pull request that are listed.
    static let listedFiles = 3_000
    /// Elements of one page.
    static let pageSize = 100
    /// Characters of a comment.
    static let bodyCharacters = 65_536
    /// Entries of a tree that is read with everything below it.
    static let treeEntries = 100_000

    /// GitHub's own.
    public init() {}
}
