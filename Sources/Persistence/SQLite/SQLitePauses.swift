internal import GRDB

internal import struct Foundation.Date

/// The pauses in SQLite.
struct SQLitePauses: Pauses {
    let database: SQLiteAccess

    func pause(_ pause: Pause, now: Date) async throws -> Pause {
        try await database.write { db in
            let time = StoredTime.milliseconds(now)
            try db.run("DELETE FROM pauses WHERE until <= ?", [time])
            try db.run(
                """
                INSERT INTO pauses (credential, scope, until, reason) VALUES (?, ?, ?, ?)
                ON CONFLICT (credential, scope) DO UPDATE SET until = excluded.until, reason = excluded.reason
                WHERE excluded.until > until
                """,
                [pause.key.credential, pause.key.scope, StoredTime.milliseconds(pause.until), pause.reason])
            let row = try db.row(
                "SELECT * FROM pauses WHERE credential = ? AND scope = ?", [pause.key.credential, pause.key.scope])
            return try row.map { try Self.pause($0) } ?? pause
        }
    }

    func active(now: Date) async throws -> [Pause] {
        let sql = "SELECT * FROM pauses WHERE until > ? ORDER BY until, credential, scope"
        return try await database.read { try $0.rows(sql, [StoredTime.milliseconds(now)]).map { try Self.pause($0) } }
    }

    func lift(_ key: PauseKey) async throws {
        _ = try await database.write { db in
            try db.run("DELETE FROM pauses WHERE credential = ? AND scope = ?", [key.credential, key.scope])
        }
    }

    private static func pause(_ row: Columns) throws -> Pause {
        Pause(
            key: PauseKey(credential: try row.text("credential"), scope: try row.text("scope")),
            until: try row.date("until"), reason: try row.text("reason"))
    }
}
