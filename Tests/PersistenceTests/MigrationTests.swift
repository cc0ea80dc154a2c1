import Foundation
import GRDB
import TestSupport
import Testing

@testable import Persistence

@Suite("Every version of the tables leads to the newest")
struct MigrationTests {
    /// A row for the tables that each version has brought, in order.
    private static let rows = [
        """
        INSERT INTO deliveries (guid, lane, state, event, source, receivedAt, headers, body)
        VALUES ('kept', 'o/r#1', 'waiting', 'push', 'app', 1000, '{}', x'7b7d')
        """,
        """
        INSERT INTO outgoing (key, kind, target, state, preparedAt, body)
        VALUES ('kept', 'comment', 'o/r#1', 'prepared', 1000, x'01')
        """,
        """
        INSERT INTO blobs (hash, usedAt, byteCount, body) VALUES ('kept', 1000, 257, x'01');
        INSERT INTO responses (url, method, accept, credential, etag, status, usedAt, byteCount, headers, body)
        VALUES ('kept', 'GET', 'a', 'c', 'e', 200, 1000, 257, '{}', x'01')
        """,
        """
        INSERT INTO pauses VALUES ('c', 'kept', 4000000000000, 'r');
        INSERT INTO cursors VALUES ('kept', 'v', 1000);
        INSERT INTO scheduledJobs (key, dueAt, payload) VALUES ('kept', 1000, x'01')
        """,
        """
        INSERT INTO deliveries (guid, lane, state, event, source, receivedAt, headers, bodyForm, body)
        VALUES ('shrunk', 'o/r#2', 'waiting', 'push', 'app', 1000, '{}', 'zstd', x'28b52ffd20021100007b7d')
        """,
        """
        INSERT INTO sweeps (repository, dueAt, startedAt, finishedAt) VALUES ('kept', 1000, 1000, 2000);
        INSERT INTO observations VALUES
            ('kept', 'test-group:a', 1000, 2000, 'stale', 1, 'finished', '7', 'u', '{}', 0, NULL, 1, 9, 0, 2000)
        """,
        "UPDATE deliveries SET claims = 3, signedFor = 'acme'",
        """
        INSERT INTO removalPulls VALUES ('o/r', 7, 1, 'kept', 1000);
        INSERT INTO pings VALUES ('login:kept', 'o/r', 7, 1000)
        """,
        "INSERT INTO contacts VALUES ('o', 'login:kept', x'01', 1000)",
    ]

    @Test("a file of an older version is brought up to date, and keeps what it had", arguments: 1...Schema.version)
    func fromVersion(version: Int) async throws {
        try #require(Self.rows.count == Schema.version, "a version without a row to try it with")
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "old.sqlite").path
            let old = try DatabaseQueue(path: path)
            try await old.write { db in
                try Schema.migrate(db, path: path, upTo: version)
                for sql in Self.rows.prefix(version) { try db.execute(sql: sql) }
            }
            try old.close()
            let store = try await SQLiteStore(path: path)
            #expect(try await schema(store) == freshSchema())
            #expect(try await store.integrityIssues() == [])
            #expect(try await store.inbox.find(DeliveryID("kept"))?.record.body == [123, 125])
            if version >= 2 {
                #expect(try await store.outbox.unsettled(limit: 9).map(\.write.key.text) == ["kept"])
            }
            if version >= 3 {
                let key = ResponseKey(method: "GET", url: "kept", accept: "a", credential: "c")
                #expect(try await store.responseCache.find(key, now: start)?.etag == "e")
                #expect(try await store.blobCache.find([BlobID("kept")], now: start).values.first == [1])
            }
            if version >= 4 {
                #expect(try await store.pauses.active(now: start).map(\.key.scope) == ["kept"])
                #expect(try await store.cursors.position(of: CursorName("kept"))?.value == "v")
                #expect(try await store.schedules.all(limit: 9).map(\.key.text) == ["kept"])
            }
            if version >= 5 {
                #expect(try await store.inbox.find(DeliveryID("shrunk"))?.record.body == [123, 125])
            }
            if version >= 6 {
                #expect(try await store.sweeps.last(of: "kept")?.finishedAt == Date(timeIntervalSince1970: 2))
                #expect(try await store.observations.find("test-group:a", in: "kept")?.confirmedDay == 9)
            }
            if version >= 8 {
                #expect(try await store.removals.all(in: "o/r").map(\.record) == ["kept"])
                #expect(try await store.removals.pings(since: .distantPast) == ["login:kept": 1])
            }
            if version >= 9 { #expect(try await store.contacts.all(of: "o").keys.sorted() == ["login:kept"]) }
            try await store.close()
        }
    }

    @Test("what a migration does never changes once it is out")
    func unchanged() throws {
        let text = Schema.migrations.enumerated().map { "-- \($0 + 1) \($1.name)\n\($1.sql)\n" }
        try expectSnapshot(of: text.joined(separator: "\n"), named: "schema.sql")
    }

    @Test("a migration that fails changes nothing")
    func allOrNothing() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "old.sqlite").path
            let old = try DatabaseQueue(path: path)
            try await old.write { db in
                try Schema.migrate(db, path: path, upTo: 1)
                try db.execute(sql: "CREATE TABLE blobs (inTheWay TEXT)")
            }
            await #expect(throws: StoreError.self) { _ = try await SQLiteStore(path: path) }
            let found = try await old.read { db in
                let hasOutbox = try Row.fetchOne(db, sql: "SELECT 1 FROM sqlite_master WHERE name = 'outgoing'") != nil
                return (try Schema.foundVersion(db, path: path), hasOutbox)
            }
            #expect(found == (1, false))
            try old.close()
        }
    }

    private func schema(_ store: SQLiteStore) async throws -> [String] {
        try await store.database.read { db in
            try String.fetchAll(db, sql: "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        }
    }

    private func freshSchema() async throws -> [String] {
        var fresh: [String] = []
        try await withStore { store, _ in fresh = try await schema(store) }
        return fresh
    }
}
