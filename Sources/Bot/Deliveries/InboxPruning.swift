internal import Foundation
internal import Logging
internal import Persistence

/// Forgets deliveries that were finished long ago, writes that were settled then, and commands that no rate counts any more.
///
/// Parked deliveries are kept three times as long, since they wait for a person.
struct InboxPruning: Sendable {
    let store: any Store
    let retentionDays: Int
    let now: @Sendable () -> Date
    let logger: Logger

    /// Rows that are forgotten in one transaction, so that those who store wait only for a moment.
    static let batchCount = 500
    /// How much longer what is parked is kept.
    static let parkedFactor = 3.0
    /// Seconds after which a rate counts nothing any more; the longest is an hour.
    private static let rateSeconds = 86_400.0

    /// Forgets all that is old enough.
    ///
    /// - Returns: How many.
    /// - Throws: `StoreError`; `CancellationError`.
    @discardableResult
    func runOnce() async throws -> Int {
        let now = now()
        let time = now.addingTimeInterval(-86_400 * Double(retentionDays))
        let parkedTime = now.addingTimeInterval(-86_400 * Double(retentionDays) * Self.parkedFactor)
        let (inbox, outbox, cursors) = (store.inbox, store.outbox, store.cursors)
        let deliveries = try await all {
            try await inbox.prune(finishedBefore: time, parkedBefore: parkedTime, limit: Self.batchCount)
        }
        let writes = try await all { try await outbox.prune(settledBefore: time, limit: Self.batchCount) }
        for prefix in StoredRates.namePrefixes {
            _ = try await all {
                try await cursors.prune(
                    namesFrom: prefix, savedBefore: now.addingTimeInterval(-Self.rateSeconds), limit: Self.batchCount)
            }
        }
        guard deliveries + writes > 0 else { return 0 }
        logger.info(
            "Old rows were forgotten.", metadata: ["deliveries": "\(deliveries)", "writes": "\(writes)"])
        return deliveries + writes
    }

    private func all(_ some: () async throws -> Int) async throws -> Int {
        var total = 0
        while true {
            let count = try await some()
            total += count
            guard count == Self.batchCount else { return total }
            try Task.checkCancellation()
        }
    }
}
