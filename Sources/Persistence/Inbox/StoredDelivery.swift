public import struct Foundation.Date

/// Where a delivery stands.
public enum DeliveryState: Hashable, Sendable {
    /// It waits for its turn; after a postponement not before a time.
    case waiting(notBefore: Date?)
    /// Somebody works on it.
    case leased(until: Date)
    /// Nobody works on it until somebody says so.
    case parked(at: Date)
    /// It is done.
    case finished(at: Date)
}

/// A delivery as the inbox has it.
public struct StoredDelivery: Hashable, Sendable {
    /// What was received.
    public let record: DeliveryRecord
    /// Where it stands.
    public let state: DeliveryState
    /// How often it was tried.
    public let attempts: Int
    /// Why it was last postponed or parked, or what else it was done with.
    public let reason: String?
}

/// A delivery that waits behind another in its lane.
public struct PendingDelivery: Hashable, Sendable {
    /// Which.
    public let id: DeliveryID
    /// `X-GitHub-Event`.
    public let event: String
    /// The payload's `action`.
    public let action: String?
    /// When it came.
    public let receivedAt: Date
}

/// How full the inbox is.
public struct InboxCounts: Hashable, Sendable {
    /// Those that wait, postponed ones included.
    public let waiting: Int
    /// Those that somebody works on, or worked on when it was cut off.
    public let leased: Int
    /// Those that need a person.
    public let parked: Int
    /// When the first of those came that wait or are being worked on; nil where there is none.
    public let oldestReceivedAt: Date?
}
