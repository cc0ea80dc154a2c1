public import struct Foundation.Date

/// What stands for a key, and so what to do next.
public enum OutboxStanding: Hashable, Sendable {
    /// It is stored: send it, then say what came of it. `lastSent` is what this key last made, to be changed, not doubled.
    case send(OutboxEntry, lastSent: OutboxEntry?)
    /// Dry run: it is stored and must not be sent.
    case recorded(OutboxEntry)
    /// An earlier write of this key may have been done. Look on GitHub, say what was found, and prepare again.
    case readBack(OutboxEntry)
    /// The same bytes already stand, or are recorded already in a dry run.
    case unchanged(OutboxEntry)
}

/// Writes that leave the bot, each stored before it is sent.
///
/// Invariant: at most one entry of a key is prepared, so a key is never written by two at once.
public protocol Outbox: Sendable {
    /// Looks at what stands for a write's key and stores the write where it has to be sent, in one transaction.
    ///
    /// - Parameters:
    ///   - write: What is to be written.
    ///   - isDryRun: Whether it is only recorded.
    ///   - now: The present.
    /// - Returns: What to do next.
    /// - Throws: `StoreError`; then nothing may be sent.
    func prepare(_ write: OutgoingWrite, isDryRun: Bool, now: Date) async throws -> OutboxStanding

    /// Says that GitHub accepted a write and what it calls the result.
    func markSent(_ id: OutboxEntryID, remoteID: String, now: Date) async throws

    /// Says that a write was looked for and found.
    func markConfirmed(_ id: OutboxEntryID, remoteID: String, now: Date) async throws

    /// Says that a write was not done, or was looked for and does not stand.
    func markFailed(_ id: OutboxEntryID, because reason: String, now: Date) async throws

    /// Entries that are prepared, the oldest first: at start, what has to be read back.
    func unsettled(limit: Int) async throws -> [OutboxEntry]

    /// What is kept of a key, the newest first.
    func history(of key: OutboxKey) async throws -> [OutboxEntry]

    /// The last entries of all keys, the newest first.
    func latest(limit: Int) async throws -> [OutboxEntry]

    /// Forgets settled entries; what is forgotten is still found on GitHub by its key.
    ///
    /// - Parameters:
    ///   - time: Those settled before it go.
    ///   - limit: At most so many; call again while it returns as many.
    /// - Returns: How many were forgotten.
    /// - Throws: `StoreError`.
    func prune(settledBefore time: Date, limit: Int) async throws -> Int
}
