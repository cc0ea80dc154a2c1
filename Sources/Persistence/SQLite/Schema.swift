internal import GRDB

/// The tables' version, and how to get from an older one to this.
///
/// The file says by SQLite's `application_id` whose it is and by `user_version` how many migrations it has seen. There is
/// no way back but a backup.
enum Schema {
    /// "BktB".
    static let applicationID = 0x426B_7442

    /// All steps, in the order in which they were released.
    static let migrations: [Migration] = [
        .inbox, .outbox, .caches, .timers, .compressedBodies, .sweeps, .takings, .removals, .contacts,
    ]

    /// The version that this program works with.
    static var version: Int { migrations.count }

    /// Refuses a file that is another program's, or newer than this one.
    ///
    /// - Returns: The version of the file; 0 for an empty one.
    static func foundVersion(_ db: Database, path: String) throws -> Int {
        let owner = try Int.fetchOne(db, sql: "PRAGMA application_id")
        let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
        if owner != applicationID {
            let hasTables = try db.row("SELECT 1 FROM sqlite_master LIMIT 1") != nil
            guard owner == 0, found == 0, !hasTables else { throw StoreError.notOurs(path: path) }
        }
        guard found <= version else { throw StoreError.newerSchema(found: found, known: version) }
        return found
    }

    /// Takes the steps that are missing; to be called in a transaction, so that all are taken or none.
    ///
    /// - Parameters:
    ///   - db: A connection that writes.
    ///   - path: Where the file lies, for the error.
    ///   - target: Where to stop; tests stop earlier.
    /// - Throws: `StoreError.notOurs` or `newerSchema`.
    static func migrate(_ db: Database, path: String, upTo target: Int = version) throws {
        let found = try foundVersion(db, path: path)
        guard found < target else { return }
        for migration in migrations.prefix(target).dropFirst(found) { try db.execute(sql: migration.sql) }
        try db.execute(sql: "PRAGMA application_id = \(applicationID)")
        try db.execute(sql: "PRAGMA user_version = \(target)")
    }
}
