public import struct Foundation.Date

/// What one sweep over a registry came to.
public struct SweepReport: Sendable {
    /// The one clock that all verdicts saw.
    public let asOf: Date
    /// The commit that the registry was read at; nil for a folder without one.
    public let commit: String?
    /// Every entry, in the order of the registry.
    public let entries: [SweptEntry]
    /// What looks like an outage; nil where nothing does.
    public let outage: SweepOutage?
    /// Requests that were sent to storage.
    public let requestCount: Int
    /// Files of the registry that were read.
    public let fileCount: Int
    /// Orders in the registry that sweeps cannot follow, and contacts of entries that stay who are not there any more.
    public var findings: [Finding] = []

    /// A report.
    public init(
        asOf: Date, commit: String?, entries: [SweptEntry], outage: SweepOutage?, requestCount: Int, fileCount: Int
    ) {
        self.asOf = asOf
        self.commit = commit
        self.entries = entries
        self.outage = outage
        self.requestCount = requestCount
        self.fileCount = fileCount
    }

    /// What is wrong with orders in a registry that sweeps follow.
    public static func findings(in registry: Registry, policy: Policy) -> [Finding] {
        KeepCommentDate.findings(in: RegistryContext(registry: registry, policy: policy))
    }

    /// Those of the findings that are about contacts.
    public var contactFindings: [Finding] { findings.filter { ContactRules.ids.contains($0.rule) } }

    /// Those of the findings that are not.
    var otherFindings: [Finding] { findings.filter { !ContactRules.ids.contains($0.rule) } }

    /// The entries that are proposed for removal.
    public var proposed: [SweptEntry] { entries.filter(\.isProposed) }

    /// What the process ends with: 1 where an entry is proposed, 3 where something could not be told, else 0.
    public var exitStatus: Int32 {
        if entries.contains(where: \.isProposed) { return 1 }
        return outage?.stopsEverything == true || count(.unknown) > 0 ? 3 : 0
    }

    /// The entries of a verdict.
    public func count(_ verdict: Verdict) -> Int { entries.count { $0.freshness.verdict == verdict } }
}

/// What looks like an outage, so that no removal is opened.
public struct SweepOutage: Hashable, Sendable {
    /// What was seen.
    public enum Cause: Hashable, Sendable {
        /// No location that always has fresh results was fresh; those that were looked at.
        case noFreshControl([BucketLocation])
        /// So many of the entries that had a verdict before turned stale, never or gone.
        case massFlip(flipped: Int, judged: Int)
        /// All of so many entries of one bucket turned at once.
        case bucketFlip(bucket: String, flipped: Int)
        /// Entries of an earlier sweep wait for an operator to acknowledge it.
        case unacknowledged(entries: Int)
    }

    /// What was seen.
    public let cause: Cause
    /// Whether the sweep before did not tell it yet: whoever runs the bot is told once.
    public let isNew: Bool

    /// An outage.
    public init(cause: Cause, isNew: Bool) {
        self.cause = cause
        self.isNew = isNew
    }

    /// Whether nothing at all is opened in this sweep; entries that wait since an earlier one hold up only themselves.
    public var stopsEverything: Bool {
        if case .unacknowledged = cause { false } else { true }
    }
}
