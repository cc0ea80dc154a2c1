internal import GRDB

internal import struct Foundation.Data
internal import struct Foundation.Date

/// The outbox in SQLite.
struct SQLiteOutbox: Outbox {
    let database: SQLiteAccess
    /// Entries that are kept of one key.
    let entriesPerKey: Int

    func prepare(_ write: OutgoingWrite, isDryRun: Bool, now: Date) async throws -> OutboxStanding {
        try await database.write { db in
            isDryRun ? try record(write, now: now, db) : try prepare(write, now: now, db)
        }
    }

    private func prepare(_ write: OutgoingWrite, now: Date, _ db: Database) throws -> OutboxStanding {
        if let prepared = try Self.latest(write.key, "state = 'prepared'", db) { return .readBack(prepared) }
        let lastSent = try Self.latest(write.key, "state IN ('sent', 'confirmed')", db)
        // A failure since then may mean that it stands no more, so the same bytes are sent again.
        let last = try Self.latest(write.key, "state <> 'recorded'", db)
        if let lastSent, lastSent.id == last?.id, lastSent.write.body == write.body { return .unchanged(lastSent) }
        let entry = try insert(write, "prepared", now: now, db)
        return .send(entry, lastSent: lastSent)
    }

    private func record(_ write: OutgoingWrite, now: Date, _ db: Database) throws -> OutboxStanding {
        if let last = try Self.latest(write.key, "TRUE", db), last.write.body == write.body {
            switch last.state {
            case .recorded, .sent, .confirmed: return .unchanged(last)
            case .prepared, .failed: break
            }
        }
        return .recorded(try insert(write, "recorded", now: now, db))
    }

    private func insert(_ write: OutgoingWrite, _ state: String, now: Date, _ db: Database) throws -> OutboxEntry {
        let time = StoredTime.milliseconds(now)
        try db.run(
            """
            INSERT INTO outgoing (key, kind, target, state, preparedAt, settledAt, body)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                write.key.text, write.kind, write.target, state, time, state == "prepared" ? nil : time,
                Data(write.body),
            ])
        let id = db.lastInsertedRowID
        // The last that was sent stays whatever failed since: it says what to change on GitHub.
        try db.run(
            """
            DELETE FROM outgoing WHERE key = :key AND state <> 'prepared'
                AND id NOT IN (SELECT id FROM outgoing WHERE key = :key ORDER BY id DESC LIMIT :limit)
                AND id <> coalesce(
                    (SELECT max(id) FROM outgoing WHERE key = :key AND state IN ('sent', 'confirmed')), 0)
            """, ["key": write.key.text, "limit": max(1, entriesPerKey)])
        guard let row = try db.row("SELECT * FROM outgoing WHERE id = ?", [id]) else {
            throw StoreError.corrupt(detail: "an entry of the outbox is not there after it was stored")
        }
        return try Self.entry(row)
    }

    func markSent(_ id: OutboxEntryID, remoteID: String, now: Date) async throws {
        try await mark(id, "sent", remoteID: remoteID, now: now)
    }

    func markConfirmed(_ id: OutboxEntryID, remoteID: String, now: Date) async throws {
        try await mark(id, "confirmed", remoteID: remoteID, now: now)
    }

    func markFailed(_ id: OutboxEntryID, because reason: String, now: Date) async throws {
        try await mark(id, "failed", reason: reason, now: now)
    }

    private func mark(
        _ id: OutboxEntryID, _ state: String, remoteID: String? = nil, reason: String? = nil, now: Date
    ) async throws {
        _ = try await database.write { db in
            try db.run(
                "UPDATE outgoing SET state = ?, remoteID = ?, reason = ?, settledAt = ? WHERE id = ?",
                [state, remoteID, reason, StoredTime.milliseconds(now), id.number])
        }
    }

    func unsettled(limit: Int) async throws -> [OutboxEntry] {
        let sql = "SELECT * FROM outgoing WHERE state = 'prepared' ORDER BY id LIMIT ?"
        return try await database.read { try $0.rows(sql, [max(0, limit)]).map { try Self.entry($0) } }
    }

    func history(of key: OutboxKey) async throws -> [OutboxEntry] {
        let sql = "SELECT * FROM outgoing WHERE key = ? ORDER BY id DESC"
        return try await database.read { try $0.rows(sql, [key.text]).map { try Self.entry($0) } }
    }

    func latest(limit: Int) async throws -> [OutboxEntry] {
        let sql = "SELECT * FROM outgoing ORDER BY id DESC LIMIT ?"
        return try await database.read { try $0.rows(sql, [max(0, limit)]).map { try Self.entry($0) } }
    }

    func prune(settledBefore time: Date, limit: Int) async throws -> Int {
        try await database.write { db in
            try db.run(
                """
                DELETE FROM outgoing WHERE id IN (
                    SELECT id FROM outgoing WHERE settledAt IS NOT NULL AND settledAt < ?
                    ORDER BY settledAt LIMIT ?)
                """, [StoredTime.milliseconds(time), max(0, limit)])
        }
    }

    private static func latest(_ key: OutboxKey, _ condition: String, _ db: Database) throws -> OutboxEntry? {
        let sql = "SELECT * FROM outgoing WHERE key = ? AND \(condition) ORDER BY id DESC LIMIT 1"
        return try db.row(sql, [key.text]).map { try entry($0) }
    }

    private static func entry(_ row: Columns) throws -> OutboxEntry {
        let state: OutboxState
        let name = try row.text("state")
        switch name {
        case "prepared": state = .prepared
        case "sent": state = .sent(remoteID: try row.text("remoteID"))
        case "confirmed": state = .confirmed(remoteID: try row.text("remoteID"))
        case "recorded": state = .recorded
        case "failed": state = .failed(reason: try row.optionalText("reason") ?? "")
        default: throw StoreError.corrupt(detail: "an entry of the outbox is \(name)")
        }
        let write = OutgoingWrite(
            key: OutboxKey(try row.text("key")), kind: try row.text("kind"), target: try row.text("target"),
            body: try row.bytes("body"))
        return OutboxEntry(
            id: OutboxEntryID(try row.number("id")), write: write, state: state,
            preparedAt: try row.date("preparedAt"), settledAt: try row.optionalDate("settledAt"))
    }
}
