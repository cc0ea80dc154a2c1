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
        _ = try await database.write { db in
            try db.run(
                """
                INSERT INTO cursors (name, value, savedAt) VALUES (?, ?, ?)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value, savedAt = excluded.savedAt
                """, [name.text, value, StoredTime.milliseconds(now)])
        }
    }
}
