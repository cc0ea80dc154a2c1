public import struct Foundation.Date

/// Sweeps over repositories: one for each time at which one is due, however often the process is started again.
public protocol Sweeps: Sendable {
    /// Begins the sweep of a time, or goes on with it where it was cut off.
    ///
    /// An older one of the same repository that was cut off is given up.
    ///
    /// - Parameters:
    ///   - repository: `owner/name`, or what else names a registry.
    ///   - dueAt: When it is due; nil goes on with one that was cut off in the last 12 hours, else begins one for now.
    ///   - now: The present.
    ///   - leaseSeconds: For how long nobody else takes it up.
    /// - Returns: Whether it is ours.
    /// - Throws: `StoreError`.
    func begin(_ repository: String, dueAt: Date?, now: Date, leaseSeconds: Int) async throws -> SweepStart

    /// Stores what was seen, and renews the lease.
    ///
    /// - Throws: `LeaseLost`.
    func note(_ looks: [StoredLook], _ lease: SweepLease, now: Date, leaseSeconds: Int) async throws -> SweepLease

    /// Everything that was seen in a sweep that is not finished, by its key.
    func looks(of sweep: SweepID) async throws -> [StoredLook]

    /// Ends a sweep: what it says of each entry takes the place of what was known, all of it or nothing.
    ///
    /// - Throws: `LeaseLost`.
    func finish(_ lease: SweepLease, with outcome: SweepOutcome, now: Date) async throws

    /// The last sweep of a repository that came to its end; nil where there is none.
    func last(of repository: String) async throws -> StoredSweep?

    /// A sweep; nil where there is none of this number.
    func find(_ sweep: SweepID) async throws -> StoredSweep?

    /// Notes that an operator has looked at an outage: entries that turned in it, or before, wait no longer.
    ///
    /// - Returns: Whether there is such a sweep, and it told of an outage.
    func acknowledge(_ sweep: SweepID, now: Date) async throws -> Bool
}

/// What is known of entries from sweeps.
public protocol Observations: Sendable {
    /// Every entry of a repository that a sweep has met, by its selector.
    func all(of repository: String) async throws -> [EntryObservation]

    /// One entry; nil where no sweep has met it.
    func find(_ selector: String, in repository: String) async throws -> EntryObservation?
}

/// The number of a sweep.
public struct SweepID: Hashable, Sendable, CustomStringConvertible {
    /// The number.
    public let number: Int64

    /// Wraps a number.
    public init(_ number: Int64) { self.number = number }

    /// The number.
    public var description: String { "\(number)" }
}

/// What came of beginning a sweep.
public enum SweepStart: Hashable, Sendable {
    /// It is ours now; whether something of it was done already.
    case ours(SweepLease, isResumed: Bool)
    /// It came to its end before.
    case finished(SweepID)
    /// Somebody else is at it, until this time at least.
    case underWay(until: Date)
}

/// The right to work on a sweep until a time; see `DeliveryLease`.
///
/// Renewed, it is still the same: whoever holds it from before goes on with it.
public struct SweepLease: Hashable, Sendable {
    /// The sweep.
    public let sweep: SweepID
    /// When it was begun: the one clock of the sweep.
    public let startedAt: Date
    /// Counts the leases of this sweep.
    let number: Int
    /// When it runs out; at that moment it is over.
    public let until: Date
}

/// A sweep as it is stored.
public struct StoredSweep: Hashable, Sendable {
    /// Its number.
    public let id: SweepID
    /// The repository.
    public let repository: String
    /// When it was due.
    public let dueAt: Date
    /// When it was begun.
    public let startedAt: Date
    /// When it came to its end; nil where it has not.
    public let finishedAt: Date?
    /// Its entries; 0 before the end.
    public let entryCount: Int
    /// What looked like an outage, in a sentence; nil where nothing did.
    public let outage: String?
    /// When an operator looked at that; nil where nobody has.
    public let acknowledgedAt: Date?

    /// Whether it told of an outage that nobody has looked at.
    public var isOutageOpen: Bool { outage != nil && acknowledgedAt == nil }
}

/// Something that was seen in a sweep that is under way.
public struct StoredLook: Hashable, Sendable {
    /// What was looked at.
    public let key: String
    /// What was seen; what it means is its owner's affair.
    public let body: [UInt8]

    /// Something that was seen.
    public init(key: String, body: [UInt8]) {
        self.key = key
        self.body = body
    }
}

/// What a sweep came to.
public struct SweepOutcome: Hashable, Sendable {
    /// What is known of its entries now.
    public var observations: [EntryObservation]
    /// What looks like an outage; nil where nothing does.
    public var outage: String?

    /// An outcome.
    public init(observations: [EntryObservation], outage: String?) {
        self.observations = observations
        self.outage = outage
    }
}

/// What is known of an entry from sweeps.
public struct EntryObservation: Hashable, Sendable {
    /// The fact that told when results last came.
    public struct Newest: Hashable, Sendable {
        /// When.
        public var at: Date
        /// What kind of fact it is.
        public var fact: String
        /// The build that it belongs to; nil for facts of a whole job.
        public var build: String?
        /// The address that showed it.
        public var url: String

        /// A fact.
        public init(at: Date, fact: String, build: String?, url: String) {
            self.at = at
            self.fact = fact
            self.build = build
            self.url = url
        }
    }

    /// What names the entry.
    public let selector: String
    /// When a sweep first met it.
    public var firstSeenAt: Date
    /// The last verdict that was one; nil before the first.
    public var verdict: String?
    /// The newest fact that was ever seen; nil where there is none.
    public var newest: Newest?
    /// The newest build by its location.
    public var builds: [String: String] = [:]
    /// Sweeps in a row that found no such bucket.
    public var missingCount = 0
    /// When the first of them was.
    public var missingSince: Date?
    /// Sweeps on different days that agreed that it can go.
    public var confirmationCount = 0
    /// The last of those days, counted from 1970-01-01.
    public var confirmedDay: Int?
    /// Whether it turned in an outage that nobody has acknowledged.
    public var isHeld = false

    /// An entry that was met for the first time.
    public init(selector: String, firstSeenAt: Date) {
        self.selector = selector
        self.firstSeenAt = firstSeenAt
    }
}
