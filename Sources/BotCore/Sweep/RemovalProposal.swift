/// What one pull request takes out: the stale entries of one group, a contribution a commit.
///
/// Its entries are those that the open pull request of this group keeps, or those of a new one.
public struct RemovalProposal: Sendable {
    /// How its entries were put together; `contact` where the repository allows no merge commits, whatever the policy says.
    public let groupBy: RemovalPolicy.GroupBy
    /// Whether the policy asked for another way of putting them together.
    public let isGroupingForced: Bool
    /// The group in a branch's name: lower-case letters, digits and dashes.
    public let area: String
    /// The first 8 hexadecimal digits of the SHA-256 over the sorted selectors when first planned; where the pull request of
    /// such a key has ended, over those and a number.
    public let key: String
    /// The pull request that is open for it; nil where one has to be opened.
    public let openPullRequest: Int?
    /// What goes, a commit each, in order.
    public let plans: [ContributionPlan]
    /// The removal of everything at once.
    public let whole: RemovalPlan
    /// The entries that were named, in the order of the registry.
    public let entries: [SweptEntry]

    /// A proposal.
    public init(
        groupBy: RemovalPolicy.GroupBy, isGroupingForced: Bool, area: String, key: String, openPullRequest: Int?,
        plans: [ContributionPlan], whole: RemovalPlan, entries: [SweptEntry]
    ) {
        self.groupBy = groupBy
        self.isGroupingForced = isGroupingForced
        self.area = area
        self.key = key
        self.openPullRequest = openPullRequest
        self.plans = plans
        self.whole = whole
        self.entries = entries
    }

    /// The branch of the pull request.
    public var branch: String { RemovalRecord.branch(area: area, key: key) }

    /// The entries that were named.
    public var selectors: [Selector] { entries.map(\.selector) }

    /// What the key is the hash of: the sorted selectors, a line each.
    public static func keyText(of selectors: [Selector]) -> String {
        selectors.map(\.description).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.joined(separator: "\n")
    }
}
