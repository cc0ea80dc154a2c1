internal import GRDB

internal import struct Foundation.Date

/// The cursors in SQLite.
struct SQLiteCursors: Cursors {
    let database: SQLiteAccess

    func position(of name: CursorName) async throws -> CursorPosition? {
        try await database.read { db in
            try db.row("SELECT * FROM cursors WHERE name = ?", [name.text]).map { row in
                CursorPosition(value: try row.text("value"), savedAt: try row.date("savedAt"))
            }
        }
    }

    func move(_ name: CursorName, to value: String, now: Date) async throws {
        try await database.write { try Self.move(name, to: value, now: now, $0) }
    }

    private static func move(_ name: CursorName, to value: String, now: Date, _ db: Database) throws {
        try db.run(
            """
            INSERT INTO cursors (name, value, savedAt) VALUES (?, ?, ?)
            ON CONFLICT (name) DO UPDATE SET value = excluded.value, savedAt = excluded.savedAt
            """, [name.text, value, StoredTime.milliseconds(now)])
    }

    func change<Value: Sendable>(
        _ name: CursorName, now: Date, _ change: @escaping @Sendable (inout String?) throws -> Value
    ) async throws -> Value {
        try await database.write { db in
            let before = try db.row("SELECT value FROM cursors WHERE name = ?", [name.text])?.text("value")
            var value = before
            let result = try change(&value)
            if value == nil {
                try db.run("DELETE FROM cursors WHERE name = ?", [name.text])
            } else if let value, value != before {
                try Self.move(name, to: value, now: now, db)
            }
            return result
        }
    }

    func prune(namesFrom prefix: String, savedBefore time: Date, limit: Int) async throws -> Int {
        try await database.write { db in
            try db.run(
                """
                DELETE FROM cursors WHERE name IN (
                    SELECT name FROM cursors WHERE substr(name, 1, length(:prefix)) = :prefix AND savedAt < :time
                    LIMIT :limit)
                """, ["prefix": prefix, "time": StoredTime.milliseconds(time), "limit": max(0, limit)])
        }
    }
}
