internal import GRDB

internal import struct Foundation.Date

/// What the two caches share: a bound in bytes, and when each entry was last used.
enum CacheRoom {
    /// What an entry takes beside its texts and body: its row, and its places in the indexes.
    static let overheadBytes = 256
    /// Use is noted to the hour, since noting it is a write and reading should not wait for the disk.
    static let useGranularityMilliseconds: Int64 = 3_600_000

    /// The bytes of a table's entries.
    static func byteCount(_ table: String, _ db: Database) throws -> Int {
        Int(clamping: try db.number("SELECT coalesce(sum(byteCount), 0) FROM \(table)") ?? 0)
    }

    /// Forgets the entries that were not used for the longest time until the rest fits.
    static func shrink(_ table: String, toBytes maxBytes: Int, _ db: Database) throws {
        var excess = try byteCount(table, db) - maxBytes
        while excess > 0 {
            let oldest = try db.rows("SELECT id, byteCount FROM \(table) ORDER BY usedAt, id LIMIT 100")
            guard !oldest.isEmpty else { return }
            for row in oldest where excess > 0 {
                excess -= try row.count("byteCount")
                try db.run("DELETE FROM \(table) WHERE id = ?", [try row.number("id")])
            }
        }
    }

    /// Notes that entries were used, where that was not noted lately.
    static func touch(_ table: String, _ ids: [Int64], now: Date, _ database: SQLiteAccess) async throws {
        guard !ids.isEmpty else { return }
        try await database.write { db in
            for id in ids {
                try db.run("UPDATE \(table) SET usedAt = ? WHERE id = ?", [StoredTime.milliseconds(now), id])
            }
        }
    }

    /// Whether the use of a row has to be noted.
    static func isWorthNoting(_ row: Columns, now: Date) throws -> Bool {
        StoredTime.milliseconds(now) - (try row.number("usedAt")) >= useGranularityMilliseconds
    }
}
