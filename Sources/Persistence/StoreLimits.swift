/// How much a store holds before it refuses or forgets.
public struct StoreLimits: Hashable, Sendable {
    /// Deliveries that wait or are being worked on; more are refused.
    ///
    /// Parked and finished ones do not count.
    public var inboxCapacity = 100_000
    /// Entries that are kept for one key of the outbox.
    public var outboxEntriesPerKey = 10
    /// All cached answers together; beyond it those go that were not used for the longest time.
    public var responseCacheBytes = 64 << 20
    /// All cached files together, likewise.
    public var blobCacheBytes = 256 << 20
    /// Jobs that wait for their time; more are refused.
    public var scheduleCapacity = 10_000
    /// How long a call waits for another process that is writing.
    public var busyTimeoutSeconds = 5

    /// The defaults.
    public init() {}
}
