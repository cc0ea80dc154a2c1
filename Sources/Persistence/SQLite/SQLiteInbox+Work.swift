internal import GRDB

internal import struct Foundation.Date

/// What workers do: claim, renew, finish, postpone and park.
extension SQLiteInbox {
    func claim(now: Date, leaseSeconds: Int) async throws -> ClaimedDelivery? {
        try await database.write { db in
            let arguments: StatementArguments = ["now": StoredTime.milliseconds(now)]
            try db.run(
                "UPDATE deliveries SET state = 'waiting', leaseUntil = NULL WHERE state = 'leased' AND leaseUntil <= :now",
                arguments)
            // Whatever is "waiting" is the first of its lane, and nobody works on that lane.
            let next = try db.number(
                """
                SELECT position FROM deliveries WHERE state = 'waiting' AND notBefore <= :now
                ORDER BY position LIMIT 1
                """, arguments)
            guard let next else { return nil }
            try db.run(
                """
                UPDATE deliveries SET state = 'leased', leaseUntil = :until, leaseNumber = leaseNumber + 1,
                    attempts = attempts + 1, claims = claims + 1 WHERE position = :position
                """, ["until": StoredTime.milliseconds(now, addingSeconds: leaseSeconds), "position": next])
            return try db.row("SELECT * FROM deliveries WHERE position = ?", [next]).map { try DeliveryRow.claimed($0) }
        }
    }

    func renew(_ lease: DeliveryLease, now: Date, leaseSeconds: Int) async throws -> DeliveryLease {
        let until = StoredTime.milliseconds(now, addingSeconds: leaseSeconds)
        try await change(lease, "state = 'leased', leaseUntil = :newUntil", ["newUntil": until], now: now)
        return DeliveryLease(id: lease.id, number: lease.number, until: StoredTime.date(until))
    }

    func finish(_ lease: DeliveryLease, covering covered: [DeliveryID], now: Date) async throws {
        try await database.write { db in
            let change = "state = 'finished', leaseUntil = NULL, settledAt = :now, reason = NULL"
            try Self.change(lease, change, [:], now: now, db)
            for id in covered {
                try db.run(
                    """
                    UPDATE deliveries SET state = 'finished', settledAt = :now, reason = :reason
                    WHERE guid = :guid AND state = 'behind'
                        AND lane = (SELECT lane FROM deliveries WHERE guid = :by)
                    """,
                    [
                        "now": StoredTime.milliseconds(now), "reason": "done together with \(lease.id)",
                        "guid": id.text, "by": lease.id.text,
                    ])
            }
            try Self.moveUp(behind: lease, db)
        }
    }

    func park(_ lease: DeliveryLease, because reason: String, now: Date) async throws {
        try await database.write { db in
            let change = "state = 'parked', leaseUntil = NULL, settledAt = :now, reason = :reason"
            try Self.change(lease, change, ["reason": reason], now: now, db)
            try Self.moveUp(behind: lease, db)
        }
    }

    /// Makes the next of a lane the first, after the first has left it.
    private static func moveUp(behind lease: DeliveryLease, _ db: Database) throws {
        try db.run(
            """
            UPDATE deliveries SET state = 'waiting' WHERE position = (
                SELECT min(next.position) FROM deliveries AS done
                JOIN deliveries AS next ON next.lane = done.lane AND next.state = 'behind'
                WHERE done.guid = ?)
            """, [lease.id.text])
    }

    func postpone(_ lease: DeliveryLease, _ postponement: Postponement, now: Date) async throws {
        let change = """
            state = 'waiting', leaseUntil = NULL, notBefore = :notBefore, reason = :reason, attempts = attempts - :back
            """
        try await self.change(
            lease, change,
            [
                "notBefore": StoredTime.milliseconds(postponement.until), "reason": postponement.reason,
                "back": postponement.countsAsAttempt ? 0 : 1,
            ], now: now)
    }

    func newer(than lease: DeliveryLease) async throws -> [PendingDelivery] {
        try await database.read { db in
            let rows = try db.rows(
                """
                SELECT other.guid, other.event, other.action, other.receivedAt FROM deliveries AS this
                JOIN deliveries AS other ON other.lane = this.lane AND other.kind = this.kind
                    AND other.state = 'behind'
                WHERE this.guid = ? ORDER BY other.position LIMIT 1000
                """, [lease.id.text])
            return try rows.map { row in
                PendingDelivery(
                    id: DeliveryID(try row.text("guid")), event: try row.text("event"),
                    action: try row.optionalText("action"), receivedAt: try row.date("receivedAt"))
            }
        }
    }

    func nextDue(now: Date) async throws -> Date? {
        try await database.read { db in
            let postponed = try db.number(
                "SELECT min(notBefore) FROM deliveries WHERE state = 'waiting' AND notBefore > 0 AND notBefore > ?",
                [StoredTime.milliseconds(now)])
            let leased = try db.number("SELECT min(leaseUntil) FROM deliveries WHERE state = 'leased'")
            return [postponed, leased].compactMap { $0 }.min().map { StoredTime.date($0) }
        }
    }

    private func change(
        _ lease: DeliveryLease, _ assignments: String, _ arguments: StatementArguments, now: Date
    ) async throws {
        try await database.write { try Self.change(lease, assignments, arguments, now: now, $0) }
    }

    /// Changes a delivery if the lease is the one that it has and is not over.
    private static func change(
        _ lease: DeliveryLease, _ assignments: String, _ arguments: StatementArguments, now: Date, _ db: Database
    ) throws {
        var arguments = arguments
        _ = arguments.append(contentsOf: [
            "guid": lease.id.text, "number": lease.number, "until": StoredTime.milliseconds(lease.until),
        ])
        let sql = """
            UPDATE deliveries SET \(assignments) WHERE guid = :guid AND state = 'leased'
                AND leaseNumber = :number AND leaseUntil = :until AND leaseUntil > :now
            """
        _ = arguments.append(contentsOf: ["now": StoredTime.milliseconds(now)])
        guard try db.run(sql, arguments) == 1 else { throw LeaseLost(subject: "delivery \(lease.id)") }
    }
}
