internal import GRDB

internal import struct Foundation.Date

/// The removal pull requests in SQLite.
struct SQLiteRemovals: Removals {
    let database: SQLiteAccess

    func save(_ removal: StoredRemoval) async throws {
        _ = try await database.write { db in
            try db.run(
                """
                INSERT INTO removalPulls (repository, number, isOpen, record, savedAt) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (repository, number) DO UPDATE
                SET isOpen = excluded.isOpen, record = excluded.record, savedAt = excluded.savedAt
                """,
                [
                    removal.repository, removal.number, removal.isOpen ? 1 : 0, removal.record,
                    StoredTime.milliseconds(removal.savedAt),
                ])
        }
    }

    func all(in repository: String) async throws -> [StoredRemoval] {
        try await database.read { db in
            let sql = "SELECT * FROM removalPulls WHERE repository = ? ORDER BY number"
            return try db.rows(sql, [repository.lowercased()]).map { row in
                StoredRemoval(
                    repository: try row.text("repository"), number: Int(clamping: try row.number("number")),
                    isOpen: try row.number("isOpen") != 0, record: try row.text("record"),
                    savedAt: StoredTime.date(try row.number("savedAt")))
            }
        }
    }

    func forget(_ number: Int, in repository: String) async throws {
        _ = try await database.write { db in
            try db.run(
                "DELETE FROM removalPulls WHERE repository = ? AND number = ?", [repository.lowercased(), number])
        }
    }

    func note(_ ping: StoredPing) async throws {
        _ = try await database.write { db in
            try db.run(
                """
                INSERT INTO pings (person, repository, number, at) VALUES (?, ?, ?, ?)
                ON CONFLICT (person, repository, number, at) DO NOTHING
                """,
                [ping.person, ping.place.repository, ping.place.number, StoredTime.milliseconds(ping.at)])
        }
    }

    func forget(_ ping: StoredPing) async throws {
        _ = try await database.write { db in
            try db.run(
                "DELETE FROM pings WHERE person = ? AND repository = ? AND number = ? AND at = ?",
                [ping.person, ping.place.repository, ping.place.number, StoredTime.milliseconds(ping.at)])
        }
    }

    func pings(since time: Date) async throws -> [String: Int] {
        try await database.read { db in
            let rows = try db.rows(
                "SELECT person, count(*) AS times FROM pings WHERE at >= ? GROUP BY person",
                [StoredTime.milliseconds(time)])
            return try rows.reduce(into: [:]) { counts, row in
                counts[try row.text("person")] = Int(clamping: try row.number("times"))
            }
        }
    }

    func forgetPings(before time: Date) async throws -> Int {
        try await database.write { try $0.run("DELETE FROM pings WHERE at < ?", [StoredTime.milliseconds(time)]) }
    }
}
