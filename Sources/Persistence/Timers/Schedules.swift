public import struct Foundation.Date

/// What a job is, so that scheduling it again replaces it.
public struct JobKey: Hashable, Sendable, CustomStringConvertible {
    /// The key, as in `reprobe:kubernetes/test-infra#12345`.
    public let text: String

    /// Wraps a key.
    public init(_ text: String) { self.text = text }

    /// The key.
    public var description: String { text }
}

/// Something to be done at a time.
public struct ScheduledJob: Hashable, Sendable {
    /// What it is.
    public var key: JobKey
    /// Not before this time.
    public var dueAt: Date
    /// What is needed to do it.
    public var payload: [UInt8]

    /// A job.
    public init(key: JobKey, dueAt: Date, payload: [UInt8]) {
        self.key = key
        self.dueAt = dueAt
        self.payload = payload
    }
}

/// The right to do one job until a time; see `DeliveryLease`.
public struct JobLease: Hashable, Sendable {
    /// The job.
    public let key: JobKey
    /// Which job of that key: one that is scheduled after the last has ended is another.
    let jobNumber: Int64
    /// Counts the leases of this job, and how often it was replaced.
    public let number: Int
    /// When it runs out; at that moment it is over.
    public let until: Date
}

/// A job to be done now.
public struct ClaimedJob: Hashable, Sendable {
    /// What shows that it is ours.
    public let lease: JobLease
    /// What is to be done.
    public let job: ScheduledJob
    /// Which attempt this is, from 1.
    public let attempt: Int
}

/// Jobs that wait for their time.
public protocol Schedules: Sendable {
    /// Schedules a job, in the place of one with the same key; a lease of that one is over.
    ///
    /// - Throws: `StoreError.scheduleFull`.
    func schedule(_ job: ScheduledJob) async throws

    /// Drops a job; whether there was one.
    func cancel(_ key: JobKey) async throws -> Bool

    /// Leases jobs whose time has come, the longest overdue first.
    func claimDue(now: Date, leaseSeconds: Int, limit: Int) async throws -> [ClaimedJob]

    /// Ends a job.
    ///
    /// - Throws: `LeaseLost` where the lease is over, or where the job was scheduled anew meanwhile.
    func finish(_ lease: JobLease, now: Date) async throws

    /// Gives a job back, to be tried again.
    ///
    /// - Throws: `LeaseLost` as `finish`.
    func postpone(_ lease: JobLease, _ postponement: Postponement, now: Date) async throws

    /// What is scheduled, leased jobs included, by time.
    func all(limit: Int) async throws -> [ScheduledJob]

    /// When the next job can be claimed; in the past where one can be now, nil where there is none.
    func nextDue() async throws -> Date?
}
