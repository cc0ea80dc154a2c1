internal import GRDB

internal import struct Foundation.Data
internal import struct Foundation.Date

/// What is known of contacts, in SQLite.
struct SQLiteContacts: Contacts {
    let database: SQLiteAccess

    func all(of owner: String) async throws -> [String: StoredContact] {
        try await database.read { db in
            let rows = try db.rows("SELECT * FROM contacts WHERE owner = ?", [owner.lowercased()])
            return try rows.reduce(into: [:]) { contacts, row in
                let contact = StoredContact(
                    owner: try row.text("owner"), person: try row.text("person"), record: try row.bytes("record"),
                    askedAt: try row.date("askedAt"))
                contacts[contact.person] = contact
            }
        }
    }

    func save(_ contact: StoredContact) async throws {
        _ = try await database.write { db in
            try db.run(
                """
                INSERT INTO contacts (owner, person, record, askedAt) VALUES (?, ?, ?, ?)
                ON CONFLICT (owner, person) DO UPDATE SET record = excluded.record, askedAt = excluded.askedAt
                """,
                [contact.owner, contact.person, Data(contact.record), StoredTime.milliseconds(contact.askedAt)])
        }
    }

    func forget(askedBefore time: Date) async throws -> Int {
        try await database.write { db in
            try db.run("DELETE FROM contacts WHERE askedAt < ?", [StoredTime.milliseconds(time)])
        }
    }
}
