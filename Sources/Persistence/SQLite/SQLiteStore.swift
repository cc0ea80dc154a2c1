internal import GRDB

/// A store in one SQLite file, with its log and index beside it (`-wal`, `-shm`).
///
/// What a method has stored when it returns survives a kill and a power failure: the log is synced at every commit.
public struct SQLiteStore: Store {
    let database: SQLiteAccess
    private let limits: StoreLimits
    private let sole: FileLock

    /// Opens a file, making it where it is missing, and brings its tables up to date.
    ///
    /// - Parameters:
    ///   - path: The file; its folder must be there and writable.
    ///   - limits: How much it holds.
    /// - Throws: `StoreError`, which says what is wrong and what to do.
    public init(path: String, limits: StoreLimits = StoreLimits()) async throws {
        database = try await SQLiteAccess.open(path: path, busyTimeoutSeconds: limits.busyTimeoutSeconds)
        self.limits = limits
        sole = FileLock(path: path + "-serve")
    }

    /// Deliveries that were accepted and have to be worked on.
    public var inbox: any Inbox { SQLiteInbox(database: database, capacity: limits.inboxCapacity) }

    /// Writes that leave the bot.
    public var outbox: any Outbox { SQLiteOutbox(database: database, entriesPerKey: limits.outboxEntriesPerKey) }

    /// Answers of GitHub with their ETags.
    public var responseCache: any ResponseCache {
        SQLiteResponseCache(database: database, maxBytes: limits.responseCacheBytes)
    }

    /// Contents of files.
    public var blobCache: any BlobCache { SQLiteBlobCache(database: database, maxBytes: limits.blobCacheBytes) }

    /// Until when nobody asks.
    public var pauses: any Pauses { SQLitePauses(database: database) }

    /// How far something was read.
    public var cursors: any Cursors { SQLiteCursors(database: database) }

    /// What has to be done at a time.
    public var schedules: any Schedules { SQLiteSchedules(database: database, capacity: limits.scheduleCapacity) }

    /// Sweeps over repositories.
    public var sweeps: any Sweeps { SQLiteSweeps(database: database) }

    /// What is known of entries from sweeps.
    public var observations: any Observations { SQLiteObservations(database: database) }

    /// Locks a file beside the database, which the system unlocks when the process ends however it does, and gives every
    /// lease back.
    public func becomeSoleWorker() async throws -> Bool {
        guard try sole.lock() else { return false }
        try await database.write { db in
            try db.run("UPDATE deliveries SET state = 'waiting', leaseUntil = NULL WHERE state = 'leased'")
            try db.run("UPDATE scheduledJobs SET leaseUntil = NULL WHERE leaseUntil IS NOT NULL")
        }
        return true
    }

    /// Removal pull requests, and who was mentioned.
    public var removals: any Removals { SQLiteRemovals(database: database) }

    /// What is known of contacts.
    public var contacts: any Contacts { SQLiteContacts(database: database) }

    /// Writes a row and syncs the log.
    public func probe() async throws {
        try await database.write { db in
            // A change that is always one, so that the log is written and synced.
            _ = try db.run(
                """
                INSERT INTO cursors (name, value, savedAt) VALUES ('probe', '1', 0)
                ON CONFLICT (name) DO UPDATE SET value = 3 - value
                """)
        }
    }

    /// What SQLite finds wrong, at most 20 sentences.
    public func integrityIssues() async throws -> [String] {
        try await database.read { db in
            try String.fetchAll(db, sql: "PRAGMA integrity_check(20)").filter { $0 != "ok" }
        }
    }

    /// Waits for what is under way and closes the file.
    public func close() async throws {
        try await database.close()
        sole.unlock()
    }
}
