internal import GRDB

internal import struct Foundation.Date

/// The inbox in SQLite: accepting, looking up, counting and forgetting.
///
/// `SQLiteInbox+Work` has what workers do.
struct SQLiteInbox: Inbox {
    let database: SQLiteAccess
    /// Deliveries that may wait or be worked on at once.
    let capacity: Int

    func accept(_ records: [DeliveryRecord]) async throws -> [AcceptOutcome] {
        guard !records.isEmpty else { return [] }
        return try await database.write { db in
            var batch = InboxBatch(room: try room(for: records.count, db))
            return try records.map { try Self.accept($0, &batch, db) }
        }
    }

    /// How many more deliveries may be open; at least `count` where there is room for so many.
    ///
    /// Counting takes long when many are open. It is not needed while even all that came since the oldest open one would
    /// fit.
    private func room(for count: Int, _ db: Database) throws -> Int {
        let newest = try db.number("SELECT max(position) FROM deliveries") ?? 0
        let oldest = try ["waiting", "leased"].compactMap { state in
            try db.number("SELECT min(position) FROM deliveries WHERE state = '\(state)'")
        }
        let atMost = Int(clamping: oldest.min().map { newest - $0 + 1 } ?? 0)
        guard capacity - atMost < count else { return capacity - atMost }
        return capacity - (try ["waiting", "leased", "behind"].map { try Self.count($0, db) }.reduce(0, +))
    }

    private static func count(_ state: String, _ db: Database) throws -> Int {
        Int(clamping: try db.number("SELECT count(*) FROM deliveries WHERE state = '\(state)'") ?? 0)
    }

    /// What is known while one batch is stored.
    private struct InboxBatch {
        /// How many more may be open.
        var room: Int
        /// Lanes that a delivery of this batch waits in.
        var lanes: Set<Lane> = []
    }

    private static func accept(
        _ record: DeliveryRecord, _ batch: inout InboxBatch, _ db: Database
    ) throws -> AcceptOutcome {
        // Nearly every delivery is new, so it is looked for only where it could not be put in.
        if !isOpen(record) || batch.room > 0, let outcome = try insert(record, &batch, db) { return outcome }
        let sql = "SELECT state, repository, source, signedFor FROM deliveries WHERE guid = ?"
        guard let known = try db.row(sql, [record.id.text]) else { return .refused }
        guard try known.text("state") == "parked", record.parkedBecause == nil, try mayReplace(known, record) else {
            return .duplicate
        }
        guard batch.room > 0 else { return .refused }
        batch.room -= 1
        // What came now was signed now, so it takes the place of what could not be worked on.
        try db.run(
            """
            UPDATE deliveries SET lane = :lane, kind = :kind, event = :event, action = :action, source = :source,
                signedFor = :signedFor, repository = :repository, receivedAt = :receivedAt, headers = :headers,
                bodyForm = :bodyForm, body = :body
            WHERE guid = :guid
            """, try DeliveryRow.arguments(record))
        try moveToEnd(record.id, db)
        return .takenUpAgain
    }

    /// Whether what came may take the place of what is known: its signature could have signed that too.
    private static func mayReplace(_ known: Columns, _ record: DeliveryRecord) throws -> Bool {
        let repository = try known.optionalText("repository")
        if let repository, repository.lowercased() == record.repository?.lowercased() { return true }
        if let signedFor = try known.optionalText("signedFor") { return signedFor == record.signedFor }
        return try known.text("source") == record.source
    }

    private static func isOpen(_ record: DeliveryRecord) -> Bool {
        record.parkedBecause == nil && record.ignoredBecause == nil
    }

    /// Stores a new delivery.
    ///
    /// - Returns: Nil where its ID is known; then nothing has changed.
    private static func insert(
        _ record: DeliveryRecord, _ batch: inout InboxBatch, _ db: Database
    ) throws -> AcceptOutcome? {
        guard isOpen(record) else {
            let state = record.parkedBecause == nil ? "finished" : "parked"
            return try insert(record, state, db) ? .settled : nil
        }
        if batch.lanes.contains(record.lane) {
            guard try insert(record, "behind", db) else { return nil }
            batch.room -= 1
            return .queued
        }
        let state = try openState(record.lane.name, db)
        guard try insert(record, state, db) else { return nil }
        batch.room -= 1
        batch.lanes.insert(record.lane)
        let hasWoken = try wake(record.lane.name, db)
        return state == "waiting" || hasWoken ? .stored : .queued
    }

    private static func insert(_ record: DeliveryRecord, _ state: String, _ db: Database) throws -> Bool {
        var arguments = try DeliveryRow.arguments(record)
        let standing: StatementArguments = [
            "state": state,
            "reason": record.parkedBecause ?? record.ignoredBecause,
            "settledAt": isOpen(record) ? nil : StoredTime.milliseconds(record.receivedAt),
        ]
        _ = arguments.append(contentsOf: standing)
        return try db.run(
            """
            INSERT INTO deliveries (guid, lane, kind, state, settledAt, reason, event, action, source, signedFor,
                repository, receivedAt, headers, bodyForm, body)
            VALUES (:guid, :lane, :kind, :state, :settledAt, :reason, :event, :action, :source, :signedFor,
                :repository, :receivedAt, :headers, :bodyForm, :body)
            ON CONFLICT (guid) DO NOTHING
            """, arguments) > 0
    }

    /// Lets a delivery that failed be tried at once: something has happened in its lane, and what came now waits behind it.
    ///
    /// One that waits without having failed knows what for, as for a rate limit.
    ///
    /// - Returns: Whether there was one.
    private static func wake(_ lane: String, _ db: Database) throws -> Bool {
        try db.run(
            "UPDATE deliveries SET notBefore = 0 WHERE lane = ? AND state = 'waiting' AND attempts > 0", [lane]) > 0
    }

    /// How a delivery joins a lane: behind the open ones, or as the first.
    private static func openState(_ lane: String, _ db: Database) throws -> String {
        let sql = "SELECT 1 FROM deliveries WHERE lane = ? AND state IN ('waiting', 'leased')"
        return try db.row(sql, [lane]) == nil ? "waiting" : "behind"
    }

    /// Lets a settled delivery wait again, behind all others.
    private static func moveToEnd(_ id: DeliveryID, _ db: Database) throws {
        guard let row = try db.row("SELECT lane FROM deliveries WHERE guid = ?", [id.text]) else { return }
        try db.run(
            """
            UPDATE deliveries SET position = (SELECT max(position) + 1 FROM deliveries), state = ?,
                notBefore = 0, settledAt = NULL, attempts = 0, claims = 0, reason = NULL
            WHERE guid = ?
            """, [try openState(try row.text("lane"), db), id.text])
    }

    func takeUp(_ id: DeliveryID) async throws -> Bool {
        try await database.write { db in
            let sql = "SELECT 1 FROM deliveries WHERE guid = ? AND state IN ('parked', 'finished')"
            guard try db.row(sql, [id.text]) != nil else { return false }
            try Self.moveToEnd(id, db)
            return true
        }
    }

    func find(_ id: DeliveryID) async throws -> StoredDelivery? {
        try await database.read { db in
            try db.row("SELECT * FROM deliveries WHERE guid = ?", [id.text]).map { try DeliveryRow.stored($0) }
        }
    }

    func known(among ids: [DeliveryID]) async throws -> Set<DeliveryID> {
        try await database.read { db in
            Set(try ids.filter { try db.row("SELECT 1 FROM deliveries WHERE guid = ?", [$0.text]) != nil })
        }
    }

    func parked(limit: Int) async throws -> [StoredDelivery] {
        let sql = "SELECT * FROM deliveries WHERE state = 'parked' ORDER BY settledAt DESC, position DESC LIMIT ?"
        return try await database.read { try $0.rows(sql, [max(0, limit)]).map { try DeliveryRow.stored($0) } }
    }

    func counts() async throws -> InboxCounts {
        try await database.read { db in
            let waiting = "SELECT receivedAt FROM deliveries WHERE state = 'waiting' ORDER BY position LIMIT 1"
            let leased = "SELECT min(receivedAt) FROM deliveries WHERE state = 'leased'"
            let oldest = [try db.number(waiting), try db.number(leased)].compactMap { $0 }.min()
            return InboxCounts(
                waiting: try Self.count("waiting", db) + (try Self.count("behind", db)),
                leased: try Self.count("leased", db), parked: try Self.count("parked", db),
                oldestReceivedAt: oldest.map { StoredTime.date($0) })
        }
    }

    func prune(finishedBefore time: Date, parkedBefore parkedTime: Date, limit: Int) async throws -> Int {
        try await database.write { db in
            let finished = try Self.prune("finished", before: time, limit: limit, db)
            return finished + (try Self.prune("parked", before: parkedTime, limit: limit - finished, db))
        }
    }

    private static func prune(_ state: String, before time: Date, limit: Int, _ db: Database) throws -> Int {
        try db.run(
            """
            DELETE FROM deliveries WHERE position IN (
                SELECT position FROM deliveries WHERE state = '\(state)' AND settledAt < ?
                ORDER BY settledAt LIMIT ?)
            """, [StoredTime.milliseconds(time), max(0, limit)])
    }
}
