public import struct Foundation.Date

/// What earlier sweeps left of one entry.
public struct EntryRecord: Hashable, Sendable {
    /// When a sweep first met it.
    public var firstSeenAt: Date
    /// The last verdict that was not unknown; nil before the first.
    public var verdict: Verdict?
    /// The newest fact that was ever seen.
    public var newest: Fact?
    /// The newest build of each location, with which the next listing begins.
    public var newestBuilds: [BucketLocation: String]
    /// Sweeps in a row that found no such bucket.
    public var missingSweeps: Int
    /// When the first of them was; nil where there is none.
    public var missingSince: Date?
    /// Sweeps on different UTC days in a row that agreed that it can go.
    public var confirmations: Int
    /// The last of those days, counted from 1970-01-01; nil where there is none.
    public var confirmedOn: Int?
    /// Whether it turned in an outage that no operator has acknowledged yet.
    public var isHeld: Bool

    /// What is left of an entry that was met for the first time.
    public init(
        firstSeenAt: Date, verdict: Verdict? = nil, newest: Fact? = nil, newestBuilds: [BucketLocation: String] = [:],
        missingSweeps: Int = 0, missingSince: Date? = nil, confirmations: Int = 0, confirmedOn: Int? = nil,
        isHeld: Bool = false
    ) {
        self.firstSeenAt = firstSeenAt
        self.verdict = verdict
        self.newest = newest
        self.newestBuilds = newestBuilds
        self.missingSweeps = missingSweeps
        self.missingSince = missingSince
        self.confirmations = confirmations
        self.confirmedOn = confirmedOn
        self.isHeld = isHeld
    }
}

extension EntryRecord {
    /// What is left after one more sweep.
    ///
    /// - Parameters:
    ///   - looks: What was seen of the entry's locations.
    ///   - verdict: What that means.
    ///   - turn: What else the sweep decided of the entry.
    ///   - now: The sweep's clock.
    /// - Returns: The record to keep.
    func after(_ looks: [LocationLook], verdict: Verdict, _ turn: Turn, now: Date) -> EntryRecord {
        var next = self
        // A clock that was ahead must not make an entry young for ever.
        next.firstSeenAt = min(firstSeenAt, now)
        for look in looks { if let build = look.newestBuild { next.newestBuilds[look.location] = build } }
        next.newestBuilds = next.newestBuilds.filter { known in looks.contains { $0.location == known.key } }
        for fact in looks.compactMap(\.facts.first) where fact.at > next.newest?.at ?? .distantPast {
            next.newest = fact
        }
        if !turn.isOutage { next.countMissing(looks, now: now) }
        guard verdict != .unknown else { return next }
        next.verdict = verdict
        guard verdict.isRemovable else {
            (next.confirmations, next.confirmedOn, next.isHeld) = (0, nil, false)
            return next
        }
        next.isHeld = isHeld || turn.isHeld
        if turn.counts { next.confirm(on: UTCDays.number(of: now)) }
        return next
    }

    /// What a sweep decided of an entry beside its verdict.
    struct Turn {
        /// Whether the sweep looks like an outage, so that it proves nothing.
        var isOutage = false
        /// Whether the entry turned in it, and waits for an operator.
        var isHeld = false
        /// Whether this sweep is one of those that agree.
        var counts = true
    }

    private mutating func countMissing(_ looks: [LocationLook], now: Date) {
        if looks.contains(where: \.isBucketMissing) {
            missingSweeps += 1
            missingSince = min(missingSince ?? now, now)
        } else if looks.allSatisfy({ $0.list.unknownReason == nil }) {
            (missingSweeps, missingSince) = (0, nil)
        }
    }

    private mutating func confirm(on day: Int) {
        guard let last = confirmedOn, last <= day else {
            // The first, or the clock was ahead when it was counted last.
            (confirmations, confirmedOn) = (1, day)
            return
        }
        if last < day { (confirmations, confirmedOn) = (min(confirmations, 1_000) + 1, day) }
    }
}
