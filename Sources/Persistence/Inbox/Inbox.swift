public import struct Foundation.Date

/// The durable queue between the webhook and the workers.
///
/// Invariants: at most one delivery of a lane is leased at any time; deliveries of a lane are claimed in the order in
/// which they were stored, a postponed one holding up those behind it; what was stored is there until it is finished and
/// pruned.
public protocol Inbox: Sendable {
    /// Stores deliveries in one transaction: when this returns they are on the disk, when it throws none is.
    ///
    /// A known delivery is recognized by its ID alone, whatever else differs, also within the batch. One that is parked is
    /// taken up again and replaced by what came, if that is about the same repository or signed for the same: whoever may
    /// sign for another must not reach it.
    ///
    /// - Returns: What became of each, in the order given.
    func accept(_ batch: [DeliveryRecord]) async throws -> [AcceptOutcome]

    /// Leases the oldest delivery whose turn it is; leases that have run out count as given back.
    ///
    /// - Returns: Nil where nobody's turn it is.
    func claim(now: Date, leaseSeconds: Int) async throws -> ClaimedDelivery?

    /// Makes a lease last longer.
    ///
    /// - Throws: `LeaseLost` where it is over.
    func renew(_ lease: DeliveryLease, now: Date, leaseSeconds: Int) async throws -> DeliveryLease

    /// Ends the work on a delivery.
    ///
    /// - Parameters:
    ///   - lease: Of the delivery that was worked on.
    ///   - covered: Deliveries waiting behind it in its lane that the same work has dealt with; others are left alone.
    ///   - now: The present.
    /// - Throws: `LeaseLost` where it is over; then nothing is finished.
    func finish(_ lease: DeliveryLease, covering covered: [DeliveryID], now: Date) async throws

    /// Gives a delivery back, to be tried again at a later time.
    ///
    /// - Throws: `LeaseLost` where it is over.
    func postpone(_ lease: DeliveryLease, _ postponement: Postponement, now: Date) async throws

    /// Takes a delivery out of its lane until somebody takes it up again.
    ///
    /// - Throws: `LeaseLost` where it is over.
    func park(_ lease: DeliveryLease, because reason: String, now: Date) async throws

    /// Those of the same lane and kind that wait behind a delivery, in order; at most 1,000.
    ///
    /// - Returns: Nothing where the delivery has no kind. The caller decides whether the newest stands for all.
    func newer(than lease: DeliveryLease) async throws -> [PendingDelivery]

    /// Puts a parked or finished delivery at the end of its lane, to be worked on once more.
    ///
    /// - Returns: Whether it is there and was neither waiting nor leased.
    func takeUp(_ id: DeliveryID) async throws -> Bool

    /// Looks a delivery up; nil where it is not known, or no longer.
    func find(_ id: DeliveryID) async throws -> StoredDelivery?

    /// Which of these were ever stored and not pruned since.
    func known(among ids: [DeliveryID]) async throws -> Set<DeliveryID>

    /// Parked deliveries, the last parked first.
    func parked(limit: Int) async throws -> [StoredDelivery]

    /// How full it is.
    func counts() async throws -> InboxCounts

    /// When the next postponement or lease ends; nil where there is none.
    func nextDue(now: Date) async throws -> Date?

    /// Forgets deliveries that were settled long ago.
    ///
    /// - Parameters:
    ///   - time: Those finished before it go.
    ///   - parkedTime: Those parked before it go.
    ///   - limit: At most so many, so that writers need not wait long; call again while it returns as many.
    /// - Returns: How many were forgotten.
    /// - Throws: `StoreError`.
    func prune(finishedBefore time: Date, parkedBefore parkedTime: Date, limit: Int) async throws -> Int
}

extension Inbox {
    /// Ends the work on one delivery alone.
    public func finish(_ lease: DeliveryLease, now: Date) async throws {
        try await finish(lease, covering: [], now: now)
    }
}
