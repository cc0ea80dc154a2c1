internal import GRDB

internal import struct Foundation.Data
internal import struct Foundation.Date

/// The scheduled jobs in SQLite.
struct SQLiteSchedules: Schedules {
    let database: SQLiteAccess
    /// Jobs that may be scheduled at once.
    let capacity: Int

    func schedule(_ job: ScheduledJob) async throws {
        try await database.write { db in
            let others = try db.number("SELECT count(*) FROM scheduledJobs WHERE key <> ?", [job.key.text]) ?? 0
            guard others < capacity else { throw StoreError.scheduleFull(capacity: capacity) }
            try db.run(
                """
                INSERT INTO scheduledJobs (key, dueAt, payload) VALUES (?, ?, ?)
                ON CONFLICT (key) DO UPDATE SET dueAt = excluded.dueAt, payload = excluded.payload,
                    leaseNumber = leaseNumber + 1, leaseUntil = NULL, attempts = 0
                """, [job.key.text, StoredTime.milliseconds(job.dueAt), Data(job.payload)])
        }
    }

    func cancel(_ key: JobKey) async throws -> Bool {
        try await database.write { try $0.run("DELETE FROM scheduledJobs WHERE key = ?", [key.text]) == 1 }
    }

    func claimDue(now: Date, leaseSeconds: Int, limit: Int) async throws -> [ClaimedJob] {
        try await database.write { db in
            let time = StoredTime.milliseconds(now)
            let due = try db.rows(
                """
                SELECT id FROM scheduledJobs WHERE dueAt <= :now AND (leaseUntil IS NULL OR leaseUntil <= :now)
                ORDER BY dueAt, id LIMIT :limit
                """, ["now": time, "limit": max(0, limit)])
            return try due.compactMap { row in
                let id = try row.number("id")
                try db.run(
                    """
                    UPDATE scheduledJobs SET leaseNumber = leaseNumber + 1, leaseUntil = ?, attempts = attempts + 1
                    WHERE id = ?
                    """, [StoredTime.milliseconds(now, addingSeconds: leaseSeconds), id])
                return try db.row("SELECT * FROM scheduledJobs WHERE id = ?", [id]).map { try Self.claimed($0) }
            }
        }
    }

    func finish(_ lease: JobLease, now: Date) async throws {
        try await change(lease, "DELETE FROM scheduledJobs", [:], now: now)
    }

    func postpone(_ lease: JobLease, _ postponement: Postponement, now: Date) async throws {
        try await change(
            lease, "UPDATE scheduledJobs SET dueAt = :dueAt, leaseUntil = NULL, attempts = attempts - :back",
            [
                "dueAt": StoredTime.milliseconds(postponement.until), "back": postponement.countsAsAttempt ? 0 : 1,
            ], now: now)
    }

    func all(limit: Int) async throws -> [ScheduledJob] {
        let sql = "SELECT * FROM scheduledJobs ORDER BY dueAt, id LIMIT ?"
        return try await database.read { try $0.rows(sql, [max(0, limit)]).map { try Self.job($0) } }
    }

    func nextDue() async throws -> Date? {
        let sql = "SELECT min(max(dueAt, coalesce(leaseUntil, 0))) FROM scheduledJobs"
        return try await database.read { try $0.number(sql).map { StoredTime.date($0) } }
    }

    /// Changes a job if the lease is the one that it has and is not over.
    private func change(_ lease: JobLease, _ verb: String, _ arguments: StatementArguments, now: Date) async throws {
        try await database.write { db in
            var arguments = arguments
            _ = arguments.append(contentsOf: [
                "id": lease.jobNumber, "number": lease.number, "until": StoredTime.milliseconds(lease.until),
                "now": StoredTime.milliseconds(now),
            ])
            let sql = "\(verb) WHERE id = :id AND leaseNumber = :number AND leaseUntil = :until AND leaseUntil > :now"
            guard try db.run(sql, arguments) == 1 else { throw LeaseLost(subject: "job \(lease.key)") }
        }
    }

    private static func job(_ row: Columns) throws -> ScheduledJob {
        ScheduledJob(
            key: JobKey(try row.text("key")), dueAt: try row.date("dueAt"), payload: try row.bytes("payload"))
    }

    private static func claimed(_ row: Columns) throws -> ClaimedJob {
        let job = try job(row)
        let lease = JobLease(
            key: job.key, jobNumber: try row.number("id"), number: try row.count("leaseNumber"),
            until: try row.date("leaseUntil"))
        return ClaimedJob(lease: lease, job: job, attempt: try row.count("attempts"))
    }
}
