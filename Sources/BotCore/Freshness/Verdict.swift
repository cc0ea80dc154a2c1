/// What the evidence says of an entry.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
    /// Newest result at most `ageingAfterDays` old.
    case fresh
    /// Newest result older than `ageingAfterDays`.
    case ageing
    /// Newest result older than `staleAfterDays`.
    case stale
    /// No result yet, and the entry is young, or nobody knows its age.
    case new
    /// No result at all, and the entry is known to be older than `staleAfterDays`.
    case never
    /// The bucket has been missing for long enough to be sure.
    case gone
    /// Anonymous readers are refused.
    case unreadable
    /// A question that was needed got no answer.
    case unknown
}

/// A verdict with what it rests on.
public struct Freshness: Hashable, Sendable {
    /// What the evidence says.
    public let verdict: Verdict
    /// The newest plausible fact; nil where there is none or it could not be looked for.
    public let newest: NewestFact?
    /// Whole days since the newest fact, rounded down; nil without one.
    public let ageDays: Int?
    /// The age in days over which this entry is stale.
    public let staleAfterDays: Int
    /// Why nothing can be said, for people; nil unless the verdict is unknown.
    public let unknownReason: String?

    /// A verdict.
    public init(
        verdict: Verdict, newest: NewestFact? = nil, ageDays: Int? = nil, staleAfterDays: Int,
        unknownReason: String? = nil
    ) {
        self.verdict = verdict
        self.newest = newest
        self.ageDays = ageDays
        self.staleAfterDays = staleAfterDays
        self.unknownReason = unknownReason
    }
}
