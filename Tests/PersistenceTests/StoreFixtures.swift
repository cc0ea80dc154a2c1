import Foundation
import GRDB
import Persistence
import TestSupport

/// The time at which every test begins.
let start = Date(timeIntervalSince1970: 1_800_000_000)

/// So many seconds after the beginning.
func at(_ seconds: Double) -> Date { start.addingTimeInterval(seconds) }

/// Runs `body` with a new store in a temporary folder, and closes it afterwards.
func withStore(
    limits: StoreLimits = StoreLimits(), _ body: (SQLiteStore, URL) async throws -> Void
) async throws {
    try await withTemporaryFolder { folder in
        let store = try await SQLiteStore(path: folder.appending(path: "test.sqlite").path, limits: limits)
        do {
            try await body(store, folder)
            try await store.close()
        } catch {
            try await store.close()
            throw error
        }
    }
}

/// A delivery, with all that a test does not care about filled in.
func delivery(
    _ id: String, lane: String = "o/r#1", kind: String? = nil, at seconds: Double = 0, body: [UInt8] = [123, 125]
) -> DeliveryRecord {
    var record = DeliveryRecord(
        id: DeliveryID(id), event: "pull_request", source: "app", lane: Lane(lane), receivedAt: at(seconds), body: body)
    record.kind = kind
    return record
}

extension Inbox {
    /// Claims and gives the ID; nil where nobody's turn it is.
    func claimedID(at seconds: Double) async throws -> String? {
        try await claim(now: at(seconds), leaseSeconds: 60)?.lease.id.text
    }
}

/// Another connection to the store's file, which keeps everybody else from writing until it rolls back.
func lockedDatabase(in folder: URL) async throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.allowsUnsafeTransactions = true
    let path = folder.appending(path: "test.sqlite").path
    let database = try DatabaseQueue(path: path, configuration: configuration)
    try await database.writeWithoutTransaction { try $0.execute(sql: "BEGIN IMMEDIATE") }
    return database
}
