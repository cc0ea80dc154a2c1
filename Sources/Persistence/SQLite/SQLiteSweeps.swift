internal import GRDB

internal import struct Foundation.Data
internal import struct Foundation.Date

/// The sweeps in SQLite.
struct SQLiteSweeps: Sweeps {
    let database: SQLiteAccess

    /// How long a sweep without a due time that was cut off is gone on with.
    static let resumedWithinSeconds = 43_200.0
    /// How far clocks may be apart; a lease from further ahead was given by a clock that was wrong.
    static let toleratedSkewSeconds = 600.0

    func begin(_ repository: String, dueAt: Date?, now: Date, leaseSeconds: Int) async throws -> SweepStart {
        try await database.write { db in
            let open = try db.row(
                "SELECT * FROM sweeps WHERE repository = ? AND finishedAt IS NULL ORDER BY id DESC LIMIT 1",
                [repository])
            if let until = try open?.optionalDate("leaseUntil"), now < until,
                until.timeIntervalSince(now) <= Double(leaseSeconds) + Self.toleratedSkewSeconds
            {
                return .underWay(until: until)
            }
            let due = try Self.due(dueAt, open: open, now: now)
            let time = StoredTime.milliseconds(due)
            let sql = "SELECT * FROM sweeps WHERE repository = ? AND dueAt = ?"
            if let found = try db.row(sql, [repository, time]), try found.optionalDate("finishedAt") != nil {
                return .finished(SweepID(try found.number("id")))
            }
            try db.run(
                """
                DELETE FROM sweepLooks WHERE sweep IN (
                    SELECT id FROM sweeps WHERE repository = ? AND finishedAt IS NULL AND dueAt <> ?)
                """, [repository, time])
            try db.run(
                "DELETE FROM sweeps WHERE repository = ? AND finishedAt IS NULL AND dueAt <> ?", [repository, time])
            let isNew = try db.run(
                "INSERT OR IGNORE INTO sweeps (repository, dueAt, startedAt) VALUES (?, ?, ?)",
                [repository, time, StoredTime.milliseconds(now)])
            try db.run(
                """
                UPDATE sweeps SET leaseNumber = leaseNumber + 1, leaseUntil = ? WHERE repository = ? AND dueAt = ?
                """, [StoredTime.milliseconds(now, addingSeconds: leaseSeconds), repository, time])
            guard let row = try db.row(sql, [repository, time]) else {
                throw StoreError.corrupt(detail: "a sweep that was stored is not there")
            }
            return .ours(try Self.lease(row), isResumed: isNew == 0)
        }
    }

    private static func due(_ dueAt: Date?, open: Columns?, now: Date) throws -> Date {
        if let dueAt { return dueAt }
        guard let open else { return now }
        let age = now.timeIntervalSince(try open.date("startedAt"))
        guard (-toleratedSkewSeconds..<resumedWithinSeconds).contains(age) else { return now }
        return try open.date("dueAt")
    }

    func note(
        _ looks: [StoredLook], _ lease: SweepLease, now: Date, leaseSeconds: Int
    ) async throws -> SweepLease {
        try await database.write { db in
            let until = StoredTime.milliseconds(now, addingSeconds: leaseSeconds)
            try Self.change(db, lease, "leaseUntil = :new", ["new": until], now: now)
            for look in looks {
                try db.run(
                    """
                    INSERT INTO sweepLooks (sweep, key, body) VALUES (?, ?, ?)
                    ON CONFLICT (sweep, key) DO UPDATE SET body = excluded.body
                    """, [lease.sweep.number, look.key, Data(look.body)])
            }
            return SweepLease(
                sweep: lease.sweep, startedAt: lease.startedAt, number: lease.number, until: StoredTime.date(until))
        }
    }

    func looks(of sweep: SweepID) async throws -> [StoredLook] {
        try await database.read { db in
            try db.rows("SELECT * FROM sweepLooks WHERE sweep = ? ORDER BY key", [sweep.number]).map { row in
                StoredLook(key: try row.text("key"), body: try row.bytes("body"))
            }
        }
    }

    func finish(_ lease: SweepLease, with outcome: SweepOutcome, now: Date) async throws {
        try await database.write { db in
            let arguments: StatementArguments = [
                "at": StoredTime.milliseconds(now), "count": outcome.observations.count, "outage": outcome.outage,
            ]
            try Self.change(
                db, lease, "finishedAt = :at, leaseUntil = NULL, entryCount = :count, outage = :outage", arguments,
                now: now)
            let repository = try db.row("SELECT * FROM sweeps WHERE id = ?", [lease.sweep.number])?.text("repository")
            for observation in outcome.observations {
                try SQLiteObservations.save(observation, of: repository ?? "", now: now, in: db)
            }
            try db.run("DELETE FROM sweepLooks WHERE sweep = ?", [lease.sweep.number])
        }
    }

    func last(of repository: String) async throws -> StoredSweep? {
        // By number: a clock that was ahead must not make one sweep the last for long.
        let sql = "SELECT * FROM sweeps WHERE repository = ? AND finishedAt IS NOT NULL ORDER BY id DESC LIMIT 1"
        return try await database.read { try $0.row(sql, [repository]).map { try Self.sweep($0) } }
    }

    func find(_ sweep: SweepID) async throws -> StoredSweep? {
        try await database.read { db in
            try db.row("SELECT * FROM sweeps WHERE id = ?", [sweep.number]).map { try Self.sweep($0) }
        }
    }

    func acknowledge(_ sweep: SweepID, now: Date) async throws -> Bool {
        try await database.write { db in
            guard let row = try db.row("SELECT * FROM sweeps WHERE id = ?", [sweep.number]),
                try row.optionalText("outage") != nil
            else { return false }
            let repository = try row.text("repository")
            try db.run(
                """
                UPDATE sweeps SET acknowledgedAt = ?
                WHERE repository = ? AND id <= ? AND outage IS NOT NULL AND acknowledgedAt IS NULL
                """, [StoredTime.milliseconds(now), repository, sweep.number])
            let finishedAt: Int64? = try row.optionalDate("finishedAt").map { StoredTime.milliseconds($0) }
            // What turned in a later sweep is another outage.
            try db.run(
                "UPDATE observations SET isHeld = 0 WHERE repository = ? AND isHeld = 1 AND heldAt <= ?",
                [repository, finishedAt])
            return true
        }
    }

    /// Changes a sweep if the lease is the one that it has and is not over.
    private static func change(
        _ db: Database, _ lease: SweepLease, _ values: String, _ arguments: StatementArguments, now: Date
    ) throws {
        var arguments = arguments
        _ = arguments.append(contentsOf: [
            "id": lease.sweep.number, "number": lease.number, "now": StoredTime.milliseconds(now),
        ])
        let sql = """
            UPDATE sweeps SET \(values)
            WHERE id = :id AND leaseNumber = :number AND leaseUntil > :now
            """
        guard try db.run(sql, arguments) == 1 else { throw LeaseLost(subject: "sweep \(lease.sweep)") }
    }

    private static func lease(_ row: Columns) throws -> SweepLease {
        SweepLease(
            sweep: SweepID(try row.number("id")), startedAt: try row.date("startedAt"),
            number: try row.count("leaseNumber"), until: try row.date("leaseUntil"))
    }

    private static func sweep(_ row: Columns) throws -> StoredSweep {
        StoredSweep(
            id: SweepID(try row.number("id")), repository: try row.text("repository"), dueAt: try row.date("dueAt"),
            startedAt: try row.date("startedAt"), finishedAt: try row.optionalDate("finishedAt"),
            entryCount: try row.count("entryCount"), outage: try row.optionalText("outage"),
            acknowledgedAt: try row.optionalDate("acknowledgedAt"))
    }
}
