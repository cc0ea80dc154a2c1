public import struct Foundation.Date

/// What was known of an entry before this probe.
public struct EntryHistory: Hashable, Sendable {
    /// Whole days since the entry was added; nil where nobody knows, which counts as young.
    public var ageDays: Int?
    /// Sweeps in a row that found no such bucket, this one not included.
    public var missingSweeps: Int
    /// When the first of them was; nil where there is none.
    public var missingSince: Date?
    /// Whether it is a presubmit group that no Prow job backs, which runs only when someone opens a PR.
    public var isUnbackedPresubmit: Bool

    /// A history; nothing is known unless told otherwise.
    public init(
        ageDays: Int? = nil, missingSweeps: Int = 0, missingSince: Date? = nil, isUnbackedPresubmit: Bool = false
    ) {
        self.ageDays = ageDays
        self.missingSweeps = missingSweeps
        self.missingSince = missingSince
        self.isUnbackedPresubmit = isUnbackedPresubmit
    }
}
