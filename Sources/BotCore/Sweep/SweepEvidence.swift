public import struct Foundation.Date

/// All that a sweep has to go by: what it saw, and what was known before.
public struct SweepEvidence: Sendable {
    /// The sweep's one clock.
    public let now: Date
    /// What was seen.
    public var looks: [LookKey: LocationLook]
    /// What earlier sweeps left.
    public var records: [Selector: EntryRecord]
    /// Whole days since the commit that added an entry, where a checkout tells.
    public var commitAges: [Selector: Int]
    /// What people decided.
    public var standings: EntryStandings
    /// Whether the sweep before this one told of an outage that is not over.
    public var hadOutage: Bool

    /// Nothing was known before.
    public init(
        now: Date, looks: [LookKey: LocationLook] = [:], records: [Selector: EntryRecord] = [:],
        commitAges: [Selector: Int] = [:], standings: EntryStandings = EntryStandings(), hadOutage: Bool = false
    ) {
        self.now = now
        self.looks = looks
        self.records = records
        self.commitAges = commitAges
        self.standings = standings
        self.hadOutage = hadOutage
    }

    /// What earlier sweeps left of an entry; what is left of one that was never met, if there is nothing.
    func record(of selector: Selector) -> EntryRecord { records[selector] ?? EntryRecord(firstSeenAt: now) }

    /// What was known of an entry before this sweep.
    ///
    /// Its age is that of the older of its first observation and the commit that added it.
    func history(of target: SweepTargets.Target) -> EntryHistory {
        let record = record(of: target.selector)
        let observed = UTCDays.whole(from: record.firstSeenAt, to: now)
        return EntryHistory(
            ageDays: max(observed, commitAges[target.selector] ?? 0), missingSweeps: record.missingSweeps,
            missingSince: record.missingSince, isUnbackedPresubmit: target.isUnbackedPresubmit)
    }
}
