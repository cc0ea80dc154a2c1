public import struct Foundation.Date

/// What a write is found by after a failure that leaves open whether it was done.
///
/// Shape: deterministic, as in `comment:kubernetes/test-infra#12345:report` or `check:OWNER/NAME:SHA`; never a random or a
/// time.
public struct OutboxKey: Hashable, Sendable, CustomStringConvertible {
    /// The key.
    public let text: String

    /// Wraps a key.
    public init(_ text: String) { self.text = text }

    /// The key.
    public var description: String { text }
}

/// The number of one entry of the outbox.
public struct OutboxEntryID: Hashable, Sendable {
    /// Higher than that of every earlier entry.
    public let number: Int64

    /// Wraps a number.
    public init(_ number: Int64) { self.number = number }
}

/// Something that is about to be written to GitHub.
public struct OutgoingWrite: Hashable, Sendable {
    /// What it is found by.
    public var key: OutboxKey
    /// What it is, as in `comment` or `check-run`.
    public var kind: String
    /// Where it goes, as in `kubernetes/test-infra#12345`.
    public var target: String
    /// What would be sent.
    public var body: [UInt8]

    /// A write.
    public init(key: OutboxKey, kind: String, target: String, body: [UInt8]) {
        self.key = key
        self.kind = kind
        self.target = target
        self.body = body
    }
}

/// How far a write got.
public enum OutboxState: Hashable, Sendable {
    /// Stored, and perhaps sent: nobody came back to say.
    case prepared
    /// GitHub said yes and named what it made.
    case sent(remoteID: String)
    /// It was looked for on GitHub and found.
    case confirmed(remoteID: String)
    /// Dry run: it was never sent.
    case recorded
    /// It was not done, or does not stand any more.
    case failed(reason: String)
}

/// A write as the outbox has it.
public struct OutboxEntry: Hashable, Sendable {
    /// Its number.
    public let id: OutboxEntryID
    /// What was to be written.
    public let write: OutgoingWrite
    /// How far it got.
    public let state: OutboxState
    /// When it was stored.
    public let preparedAt: Date
    /// When its state was last said; nil while it is prepared.
    public let settledAt: Date?

    /// What GitHub calls the thing that was made; nil where it did not say.
    public var remoteID: String? {
        switch state {
        case .sent(let remoteID), .confirmed(let remoteID): remoteID
        case .prepared, .recorded, .failed: nil
        }
    }
}
