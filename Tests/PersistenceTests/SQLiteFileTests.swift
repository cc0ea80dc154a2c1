import Foundation
import GRDB
import TestSupport
import Testing

@testable import Persistence

@Suite("A file that cannot serve is refused with words that help")
struct SQLiteFileTests {
    @Test("the writer syncs at every commit, and the other settings hold")
    func settings() async throws {
        try await withStore { store, folder in
            _ = try await store.inbox.accept([delivery("a")])
            let settings = try await store.database.pool.writeWithoutTransaction { db in
                try ["synchronous", "journal_mode", "foreign_keys", "busy_timeout", "journal_size_limit"].map { name in
                    try DatabaseValue.fetchOne(db, sql: "PRAGMA \(name)")?.description ?? "nothing"
                }
            }
            #expect(settings == ["2", "\"wal\"", "1", "5000", "67108864"])
            for suffix in ["", "-wal", "-shm"] {
                let path = folder.appending(path: "test.sqlite\(suffix)").path
                let attributes = try FileManager.default.attributesOfItem(atPath: path)
                #expect((attributes[.posixPermissions] as? Int) == 0o600, "\(path)")
            }
        }
    }

    @Test("a folder that is missing is named")
    func folderMissing() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "none/test.sqlite").path
            let error = try #require(await openingError(path))
            #expect(error == .folderMissing(path: folder.appending(path: "none").path))
            #expect("\(error)".contains("create it"))
        }
    }

    @Test("a folder where nothing can be made is named")
    func notWritable() async {
        // No user, not even root, can make a file there.
        #expect(await openingError("/sys/test.sqlite") == .notWritable(path: "/sys/test.sqlite"))
    }

    @Test("a folder in the place of the file, a text and an empty file are told apart")
    func notOurs() async throws {
        try await withTemporaryFolder { folder in
            #expect(await openingError(folder.path) == .notOurs(path: folder.path))
            let text = folder.appending(path: "text").path
            try Data(String(repeating: "no database ", count: 100).utf8).write(to: URL(fileURLWithPath: text))
            #expect(await openingError(text) == .notOurs(path: text))
            let empty = folder.appending(path: "empty").path
            try Data().write(to: URL(fileURLWithPath: empty))
            #expect(await openingError(empty) == nil)
        }
    }

    @Test("another program's database is refused and not touched")
    func foreign() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "other.sqlite").path
            let other = try DatabaseQueue(path: path)
            try await other.write { try $0.execute(sql: "CREATE TABLE notes (text TEXT)") }
            try other.close()
            let before = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(await openingError(path) == .notOurs(path: path))
            #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == before)
        }
    }

    @Test("a newer program's database is refused, both versions named")
    func newer() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "test.sqlite").path
            try await SQLiteStore(path: path).close()
            let later = try DatabaseQueue(path: path)
            try await later.write { try $0.execute(sql: "PRAGMA user_version = 999") }
            try later.close()
            #expect(await openingError(path) == .newerSchema(found: 999, known: Schema.version))
        }
    }

    @Test("the only worker gets back at once what another held when it ended, and there is only one")
    func soleWorker() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "test.sqlite").path
            let first = try await SQLiteStore(path: path)
            #expect(try await first.becomeSoleWorker())
            _ = try await first.inbox.accept([delivery("a")])
            try await first.schedules.schedule(ScheduledJob(key: JobKey("k"), dueAt: at(0), payload: []))
            #expect(try await first.inbox.claimedID(at: 1) == "a")
            #expect(try await first.schedules.claimDue(now: at(1), leaseSeconds: 60, limit: 1).count == 1)
            let second = try await SQLiteStore(path: path)
            #expect(try await second.becomeSoleWorker() == false)
            #expect(try await second.inbox.claimedID(at: 2) == nil)
            #expect(try await second.schedules.claimDue(now: at(2), leaseSeconds: 60, limit: 1).isEmpty)
            try await first.close()
            #expect(try await second.becomeSoleWorker())
            #expect(try await second.inbox.claimedID(at: 3) == "a")
            #expect(try await second.schedules.claimDue(now: at(3), leaseSeconds: 60, limit: 1).count == 1)
            try await second.close()
        }
    }

    @Test("a damaged file is found, and never traps")
    func corrupt() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "test.sqlite").path
            let store = try await SQLiteStore(path: path)
            _ = try await store.inbox.accept((0..<200).map { delivery("\($0)", body: Array(repeating: 1, count: 500)) })
            try await store.close()
            let whole = try Data(contentsOf: URL(fileURLWithPath: path))
            var found = 0
            for seed in UInt64(0)..<20 {
                var random = SplitMix64(seed: seed)
                var damaged = whole
                for index in (0..<3_000).map({ _ in Int.random(in: 4_096..<whole.count, using: &random) }) {
                    damaged[index] = UInt8.random(in: 0...255, using: &random)
                }
                try damaged.write(to: URL(fileURLWithPath: path))
                if try await isFoundDamaged(path) { found += 1 }
            }
            #expect(found == 20)
        }
    }

    @Test("a row of the wrong type is a damaged file")
    func wrongType() async throws {
        try await withStore { store, _ in
            _ = try await store.inbox.accept([delivery("a")])
            try await store.database.pool.write { try $0.execute(sql: "UPDATE deliveries SET headers = '[1]'") }
            await #expect(throws: StoreError.corrupt(detail: "a column of headers is no JSON object of texts")) {
                _ = try await store.inbox.find(DeliveryID("a"))
            }
        }
    }

    @Test("a file that has become read-only is said to be so")
    func readOnly() async throws {
        try await withStore { store, folder in
            try await store.database.pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA query_only = 1") }
            let path = folder.appending(path: "test.sqlite").path
            await #expect(throws: StoreError.notWritable(path: path)) {
                _ = try await store.inbox.accept([delivery("a")])
            }
        }
    }

    @Test("while another process holds the database for too long, it is busy, and nothing is stored")
    func busy() async throws {
        var limits = StoreLimits()
        limits.busyTimeoutSeconds = 0
        try await withStore(limits: limits) { store, folder in
            let other = try await lockedDatabase(in: folder)
            await #expect(throws: StoreError.busy) { _ = try await store.inbox.accept([delivery("a")]) }
            #expect(try await store.inbox.counts().waiting == 0)
            try await other.writeWithoutTransaction { try $0.execute(sql: "ROLLBACK") }
            #expect(try await store.inbox.accept([delivery("a")]) == [.stored])
            try other.close()
        }
    }

    @Test("on a full disk a batch is refused as a whole, and all is well once there is room")
    func diskFull() async throws {
        try await withStore { store, _ in
            _ = try await store.inbox.accept([delivery("a")])
            try await setMaxPages(store, "page_count + 10")
            let large = (0..<20).map {
                delivery("large-\($0)", lane: "\($0)", body: Array(repeating: 1, count: 20_000))
            }
            await #expect(throws: StoreError.diskFull) { _ = try await store.inbox.accept(large) }
            #expect(try await store.inbox.counts().waiting == 1)
            await #expect(throws: StoreError.diskFull) { _ = try await store.inbox.accept(large) }
            #expect(try await store.inbox.claimedID(at: 1) == "a")
            try await setMaxPages(store, "1000000")
            #expect(try await store.inbox.accept(large).allSatisfy { $0.isNew })
            #expect(try await store.integrityIssues() == [])
        }
    }

    @Test("two stores may open one new file at the same moment")
    func twoAtOnce() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "test.sqlite").path
            async let first = SQLiteStore(path: path)
            async let second = SQLiteStore(path: path)
            let stores = [try await first, try await second]
            #expect(try await stores[0].inbox.accept([delivery("a")]) == [.stored])
            #expect(try await stores[1].inbox.accept([delivery("a")]) == [.duplicate])
            for store in stores { try await store.close() }
        }
    }

    /// Why a file is not opened; nil where it is.
    private func openingError(_ path: String) async -> StoreError? {
        do {
            try await SQLiteStore(path: path).close()
            return nil
        } catch let error as StoreError {
            return error
        } catch {
            Issue.record("not a StoreError: \(error)")
            return nil
        }
    }

    /// Whether opening, reading or checking a file says that it is damaged.
    private func isFoundDamaged(_ path: String) async throws -> Bool {
        do {
            let store = try await SQLiteStore(path: path)
            var issues: [String] = []
            do {
                for index in 0..<200 { _ = try await store.inbox.find(DeliveryID("\(index)")) }
                issues = try await store.integrityIssues()
            } catch {
                issues = ["\(error)"]
            }
            try await store.close()
            return !issues.isEmpty
        } catch is StoreError {
            return true
        }
    }

    /// Lets the file grow no further, as a full disk does.
    private func setMaxPages(_ store: SQLiteStore, _ count: String) async throws {
        try await store.database.pool.writeWithoutTransaction { db in
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            let limit = count == "page_count + 10" ? "\(pages + 10)" : count
            try db.execute(sql: "PRAGMA max_page_count = \(limit)")
        }
    }
}
