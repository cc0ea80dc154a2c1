public import struct Foundation.Date

/// The right to work on one delivery until a time.
///
/// The number is higher than that of every earlier lease of this delivery, so that whoever comes back after its lease has
/// run out is told apart from who has it now.
public struct DeliveryLease: Hashable, Sendable {
    /// The delivery.
    public let id: DeliveryID
    /// Counts the leases of this delivery from 1.
    public let number: Int
    /// When it runs out; at that moment it is over.
    public let until: Date
}

/// A delivery to be worked on now.
public struct ClaimedDelivery: Hashable, Sendable {
    /// What shows that it is ours.
    public let lease: DeliveryLease
    /// What was received.
    public let record: DeliveryRecord
    /// Which attempt this is, from 1; those that were postponed without fault are not counted.
    public let attempt: Int
    /// How often it was claimed since it came or was taken up again, this time included.
    public let claims: Int
    /// Why the attempt before ended; nil where there was none, or where it was cut off.
    public let lastReason: String?
}

/// The lease has run out or was given to somebody else: what was worked out must not be used.
public struct LeaseLost: Error, Hashable, CustomStringConvertible {
    /// What the lease was for.
    public let subject: String

    /// One sentence for a log.
    public var description: String { "the lease of \(subject) is over, and another may have it" }
}

/// When and why a delivery or a job is tried again.
public struct Postponement: Hashable, Sendable {
    /// Not before this time.
    public var until: Date
    /// For a log and the operator's page.
    public var reason: String
    /// Whether the attempt counts; false where nothing is wrong with the delivery, as at a stop or a rate limit.
    public var countsAsAttempt: Bool

    /// A postponement that counts unless told otherwise.
    public init(until: Date, reason: String, countsAsAttempt: Bool = true) {
        self.until = until
        self.reason = reason
        self.countsAsAttempt = countsAsAttempt
    }
}
