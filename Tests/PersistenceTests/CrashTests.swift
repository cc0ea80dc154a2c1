import Foundation
import Persistence
import TestSupport
import Testing

@Suite("What was accepted survives an end without farewell")
struct CrashTests {
    @Test("a copy of the files taken at any moment has everything that was accepted before")
    func copied() async throws {
        try await withStore { store, folder in
            let batches = batches(seed: 1)
            for (index, batch) in batches.enumerated() {
                _ = try await store.inbox.accept(batch)
                let claimed = try #require(try await store.inbox.claim(now: at(0), leaseSeconds: 60))
                guard index.isMultiple(of: 5) else { continue }
                let copy = try copy(folder, name: "copy-\(index)")
                try await withCopy(copy) { copied in
                    let accepted = batches.prefix(index + 1).flatMap(\.self).map(\.id)
                    #expect(try await copied.inbox.known(among: accepted).count == accepted.count)
                    #expect(try await copied.inbox.find(claimed.lease.id)?.state == .leased(until: at(60)))
                    // Whoever worked on it is gone; when the lease has run out, the next one takes over.
                    let again = try await copied.inbox.claim(now: at(60), leaseSeconds: 60)
                    #expect(again?.attempt == 2)
                }
            }
        }
    }

    @Test("wherever the log was cut off, a batch is there as a whole or not at all, and none is missing before it")
    func torn() async throws {
        try await withStore { store, folder in
            let batches = batches(seed: 2)
            for batch in batches { _ = try await store.inbox.accept(batch) }
            var random = SplitMix64(seed: 3)
            let log = try Data(contentsOf: folder.appending(path: "test.sqlite-wal"))
            var counts: Set<Int> = []
            for cut in 0..<30 {
                let copy = try copy(folder, name: "cut-\(cut)")
                let length = Int.random(in: log.count / 3...log.count, using: &random)
                try log.prefix(length).write(to: copy.appending(path: "test.sqlite-wal"))
                try await withCopy(copy) { copied in
                    var present: [Bool] = []
                    for batch in batches {
                        let known = try await copied.inbox.known(among: batch.map(\.id)).count
                        #expect(known == 0 || known == batch.count, "cut at \(length)")
                        present.append(known > 0)
                    }
                    let count = present.prefix { $0 }.count
                    #expect(!present.dropFirst(count).contains(true), "cut at \(length)")
                    counts.insert(count)
                    #expect(try await copied.integrityIssues() == [], "cut at \(length)")
                }
            }
            #expect(counts.count > 3)
        }
    }

    @Test("a reopened store goes on where it was")
    func reopened() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: "test.sqlite").path
            let first = try await SQLiteStore(path: path)
            _ = try await first.inbox.accept([delivery("a"), delivery("b")])
            let claimed = try #require(try await first.inbox.claim(now: at(0), leaseSeconds: 60))
            try await first.close()
            await #expect(throws: StoreError.self) { _ = try await first.inbox.counts() }
            let second = try await SQLiteStore(path: path)
            #expect(try await second.inbox.claimedID(at: 1) == nil)
            try await second.inbox.finish(claimed.lease, now: at(2))
            #expect(try await second.inbox.claimedID(at: 3) == "b")
            try await second.close()
        }
    }

    /// Twenty batches of random sizes.
    private func batches(seed: UInt64) -> [[DeliveryRecord]] {
        var random = SplitMix64(seed: seed)
        return (0..<20).map { batch in
            (0..<Int.random(in: 1...12, using: &random)).map { index in
                let body = [UInt8](repeating: 65, count: Int.random(in: 0...9_000, using: &random))
                return delivery("\(batch)-\(index)", lane: "\(batch)-\(index)", body: body)
            }
        }
    }

    /// Copies database and log as a power failure would leave them, without the shared index.
    private func copy(_ folder: URL, name: String) throws -> URL {
        let copy = folder.appending(path: name)
        try FileManager.default.createDirectory(at: copy, withIntermediateDirectories: false)
        for file in ["test.sqlite", "test.sqlite-wal"] {
            try FileManager.default.copyItem(at: folder.appending(path: file), to: copy.appending(path: file))
        }
        return copy
    }

    private func withCopy(_ folder: URL, _ body: (SQLiteStore) async throws -> Void) async throws {
        let store = try await SQLiteStore(path: folder.appending(path: "test.sqlite").path)
        do {
            try await body(store)
            try await store.close()
        } catch {
            try await store.close()
            throw error
        }
    }
}
