public import struct Foundation.Date

/// What GitHub calls one event everywhere: the value of `X-GitHub-Delivery`.
///
/// Shape: 1 to 100 printable ASCII characters, in general a GUID. It is the same when GitHub sends the event again, and
/// the same for every webhook that is told of the event.
public struct DeliveryID: Hashable, Sendable, CustomStringConvertible {
    /// As it was received.
    public let text: String

    /// Wraps what was received.
    public init(_ text: String) { self.text = text }

    /// The text.
    public var description: String { text }
}

/// Deliveries of one lane are worked on one after the other, in the order in which they were stored.
///
/// Shape: any text that two deliveries share when they are about the same thing, as in `kubernetes/test-infra#12345`.
public struct Lane: Hashable, Sendable, CustomStringConvertible {
    /// The name.
    public let name: String

    /// Wraps a name.
    public init(_ name: String) { self.name = name }

    /// The name.
    public var description: String { name }
}

/// One webhook request whose signature held, as it is stored before it is answered.
public struct DeliveryRecord: Hashable, Sendable {
    /// What makes it the same delivery when it comes again.
    public var id: DeliveryID
    /// `X-GitHub-Event`.
    public var event: String
    /// The payload's `action`; nil where the event has none.
    public var action: String?
    /// The name of the secret that fitted, or what else brought it.
    public var source: String
    /// What the secret that fitted may sign for, as its file says it; nil where none did.
    public var signedFor: String?
    /// `owner/name`; nil where it is about no repository.
    public var repository: String?
    /// What it must not overtake.
    public var lane: Lane
    /// Those of one lane and kind may be done as one, the newest; nil where each has to be done.
    public var kind: String?
    /// When the request was complete.
    public var receivedAt: Date
    /// Those headers that the work needs, by name.
    public var headers: [String: String]
    /// The body as it was signed.
    public let body: [UInt8]
    /// Why it is parked at once and never worked on; nil for all that can be understood.
    public var parkedBecause: String?
    /// Why there is nothing to do, so that it is finished at once; nil for all that somebody has to look at.
    public var ignoredBecause: String?

    /// The body as it is going to be stored; nil for one that is stored as it is.
    private(set) var compressedBody: CompressedBytes?

    /// A record with what every delivery has; the rest is set where it is known.
    public init(id: DeliveryID, event: String, source: String, lane: Lane, receivedAt: Date, body: [UInt8]) {
        self.id = id
        self.event = event
        self.source = source
        self.lane = lane
        self.receivedAt = receivedAt
        self.headers = [:]
        self.body = body
    }

    /// Compresses the body, where that makes it smaller.
    mutating func compressBody() { compressedBody = CompressedBytes(body) }
}
