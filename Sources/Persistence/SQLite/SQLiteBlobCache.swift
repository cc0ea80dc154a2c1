internal import GRDB

internal import struct Foundation.Data
internal import struct Foundation.Date

/// The cache of files in SQLite.
struct SQLiteBlobCache: BlobCache {
    let database: SQLiteAccess
    /// The bytes of all files together.
    let maxBytes: Int

    func find(_ ids: [BlobID], now: Date) async throws -> [BlobID: [UInt8]] {
        let (found, stale) = try await database.read { db -> ([BlobID: [UInt8]], [Int64]) in
            var found: [BlobID: [UInt8]] = [:]
            var stale: [Int64] = []
            for id in ids {
                guard let row = try db.row("SELECT id, usedAt, body FROM blobs WHERE hash = ?", [id.text]) else {
                    continue
                }
                found[id] = try row.bytes("body")
                if try CacheRoom.isWorthNoting(row, now: now) { stale.append(try row.number("id")) }
            }
            return (found, stale)
        }
        try await CacheRoom.touch("blobs", stale, now: now, database)
        return found
    }

    func save(_ blobs: [BlobID: [UInt8]], now: Date) async throws {
        let time = StoredTime.milliseconds(now)
        try await database.write { db in
            for (id, body) in blobs where body.count + CacheRoom.overheadBytes <= maxBytes {
                try db.run(
                    """
                    INSERT INTO blobs (hash, usedAt, byteCount, body) VALUES (?, ?, ?, ?)
                    ON CONFLICT (hash) DO UPDATE SET usedAt = excluded.usedAt
                    """, [id.text, time, body.count + CacheRoom.overheadBytes, Data(body)])
            }
            try CacheRoom.shrink("blobs", toBytes: maxBytes, db)
        }
    }

    func byteCount() async throws -> Int { try await database.read { try CacheRoom.byteCount("blobs", $0) } }
}
