internal import Foundation
internal import GRDB

/// What is known of entries, in SQLite.
struct SQLiteObservations: Observations {
    let database: SQLiteAccess

    func all(of repository: String) async throws -> [EntryObservation] {
        try await database.read { db in
            try db.rows("SELECT * FROM observations WHERE repository = ? ORDER BY selector", [repository])
                .map { try Self.observation($0) }
        }
    }

    func find(_ selector: String, in repository: String) async throws -> EntryObservation? {
        try await database.read { db in
            try db.row("SELECT * FROM observations WHERE repository = ? AND selector = ?", [repository, selector])
                .map { try Self.observation($0) }
        }
    }

    /// Puts an observation in the place of the one before.
    static func save(_ entry: EntryObservation, of repository: String, now: Date, in db: Database) throws {
        let arguments: StatementArguments = [
            "repository": repository, "selector": entry.selector,
            "firstSeenAt": StoredTime.milliseconds(entry.firstSeenAt), "observedAt": StoredTime.milliseconds(now),
            "verdict": entry.verdict, "newestAt": entry.newest.map { StoredTime.milliseconds($0.at) },
            "newestFact": entry.newest?.fact, "newestBuild": entry.newest?.build, "newestURL": entry.newest?.url,
            "builds": try text(of: entry.builds), "missingCount": entry.missingCount,
            "missingSince": entry.missingSince.map { StoredTime.milliseconds($0) },
            "confirmationCount": entry.confirmationCount, "confirmedDay": entry.confirmedDay,
            "isHeld": entry.isHeld ? 1 : 0,
        ]
        try db.run(
            """
            INSERT INTO observations (repository, selector, firstSeenAt, observedAt, verdict, newestAt, newestFact,
                newestBuild, newestURL, builds, missingCount, missingSince, confirmationCount, confirmedDay, isHeld,
                heldAt)
            VALUES (:repository, :selector, :firstSeenAt, :observedAt, :verdict, :newestAt, :newestFact,
                :newestBuild, :newestURL, :builds, :missingCount, :missingSince, :confirmationCount, :confirmedDay,
                :isHeld, :observedAt)
            ON CONFLICT (repository, selector) DO UPDATE SET firstSeenAt = excluded.firstSeenAt,
                observedAt = excluded.observedAt, verdict = excluded.verdict, newestAt = excluded.newestAt,
                newestFact = excluded.newestFact, newestBuild = excluded.newestBuild, newestURL = excluded.newestURL,
                builds = excluded.builds, missingCount = excluded.missingCount, missingSince = excluded.missingSince,
                confirmationCount = excluded.confirmationCount, confirmedDay = excluded.confirmedDay,
                heldAt = iif(isHeld = 1 AND excluded.isHeld = 1, heldAt, excluded.heldAt), isHeld = excluded.isHeld
            """, arguments)
    }

    private static func text(of builds: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(builds), as: UTF8.self)
    }

    private static func observation(_ row: Columns) throws -> EntryObservation {
        var entry = EntryObservation(selector: try row.text("selector"), firstSeenAt: try row.date("firstSeenAt"))
        entry.verdict = try row.optionalText("verdict")
        if let at = try row.optionalDate("newestAt") {
            entry.newest = EntryObservation.Newest(
                at: at, fact: try row.text("newestFact"), build: try row.optionalText("newestBuild"),
                url: try row.text("newestURL"))
        }
        do {
            entry.builds = try JSONDecoder().decode([String: String].self, from: Data(try row.text("builds").utf8))
        } catch is DecodingError {
            throw StoreError.corrupt(detail: "column builds holds no list of builds")
        }
        entry.missingCount = try row.count("missingCount")
        entry.missingSince = try row.optionalDate("missingSince")
        entry.confirmationCount = try row.count("confirmationCount")
        entry.confirmedDay = try row.optionalNumber("confirmedDay").map { Int(clamping: $0) }
        entry.isHeld = try row.number("isHeld") != 0
        return entry
    }
}
