/// Everything that outlives the process.
///
/// A store is SQLite today; another engine implements the same protocols and passes the same contract.
/// No part of it reads a clock: the present is a parameter called `now`, and times are kept to the millisecond.
/// Every method throws `StoreError`, or `CancellationError` where the calling task was cancelled before the transaction
/// was complete; then nothing of it is stored.
public protocol Store: Sendable {
    /// Deliveries that were accepted and have to be worked on.
    var inbox: any Inbox { get }
    /// Writes that leave the bot, by their keys.
    var outbox: any Outbox { get }
    /// Answers of GitHub with their ETags.
    var responseCache: any ResponseCache { get }
    /// Contents of files by the hash that names them.
    var blobCache: any BlobCache { get }
    /// Until when nobody asks because GitHub said so.
    var pauses: any Pauses { get }
    /// How far something was read that is read in portions.
    var cursors: any Cursors { get }
    /// What has to be done at a time.
    var schedules: any Schedules { get }
    /// Sweeps over repositories.
    var sweeps: any Sweeps { get }
    /// What is known of entries from sweeps.
    var observations: any Observations { get }
    /// The removal pull requests that the bot opened, and whom it mentioned.
    var removals: any Removals { get }
    /// What GitHub said of those whom registries name.
    var contacts: any Contacts { get }

    /// Makes this store the only one that works on what is stored, until it is closed or its process ends, and gives back
    /// at once what an earlier process had leased when it ended.
    ///
    /// - Returns: Whether it is; false where another store is it already, and then nothing was given back: what a process
    ///   held that ended comes back when its lease is over.
    func becomeSoleWorker() async throws -> Bool

    /// Reads and writes something small, so that `/readyz` can say whether the store works.
    func probe() async throws

    /// Reads everything and compares it with its indexes; may take minutes.
    ///
    /// - Returns: What is wrong, a sentence each; empty where all is well.
    func integrityIssues() async throws -> [String]

    /// Waits for what is under way and lets go of the files. Every later call throws `StoreError.unavailable`.
    func close() async throws
}
