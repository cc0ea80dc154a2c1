internal import Foundation
internal import Logging
internal import Persistence

/// Forgets deliveries that were finished long ago, and writes that were settled then; parked deliveries stay.
struct InboxPruning: Sendable {
    let store: any Store
    let retentionDays: Int
    let now: @Sendable () -> Date
    let logger: Logger

    /// Rows that are forgotten in one transaction, so that those who store wait only for a moment.
    static let batchCount = 500

    /// Forgets all that is old enough.
    ///
    /// - Returns: How many.
    /// - Throws: `StoreError`; `CancellationError`.
    @discardableResult
    func runOnce() async throws -> Int {
        let time = now().addingTimeInterval(-86_400 * Double(retentionDays))
        let (inbox, outbox) = (store.inbox, store.outbox)
        let deliveries = try await all { try await inbox.prune(finishedBefore: time, limit: Self.batchCount) }
        let writes = try await all { try await outbox.prune(settledBefore: time, limit: Self.batchCount) }
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
