/// What the stand-in for GitHub was asked, and what it answered, in the order in which the requests came.
public struct GitHubJournal: Sendable {
    /// One request with its answer.
    public struct Entry: Hashable, Sendable {
        /// The request.
        public let request: GitHubRequest
        /// The route as GitHub's documentation writes it, such as `/repos/{owner}/{repo}/pulls/{pull_number}`; nil for
        /// GraphQL and for what nobody should ask.
        public let template: String?
        /// The status that was sent, whatever was meant to go wrong with it.
        public let status: Int
        /// The body that was sent.
        public let body: [UInt8]
        /// Whether it cost nothing of the rate.
        public let isFree: Bool
        /// Why nobody should have asked this; nil for a proper request.
        public let surprise: String?
        /// Whether something went wrong on purpose.
        public let isSpoiled: Bool

        /// The method and the route.
        public var name: String { "\(request.method) \(template ?? request.path)" }
    }

    /// The most entries that are kept; later ones are counted alone.
    public static let entryLimit = 50_000

    /// The entries, the first `entryLimit` of them.
    public private(set) var entries: [Entry] = []
    /// How many requests came.
    public private(set) var count = 0

    /// An empty journal.
    public init() {}

    /// The entries of one route: a method, a blank and the template.
    public func entries(_ name: String) -> [Entry] { entries.filter { $0.name == name } }

    /// How many requests came by their routes.
    public var counts: [String: Int] { entries.reduce(into: [:]) { $0[$1.name, default: 0] += 1 } }

    /// How many requests were paid for with the rate: all but `304` and `/rate_limit`.
    public var costlyCount: Int { entries.count { !$0.isFree } }

    /// What nobody should have asked; a test that finds one fails.
    public var surprises: [Entry] { entries.filter { $0.surprise != nil } }

    mutating func add(_ entry: Entry) {
        count += 1
        if entries.count < Self.entryLimit { entries.append(entry) }
    }
}
