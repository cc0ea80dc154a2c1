internal import Foundation
internal import Logging
internal import Persistence

/// Puts what the bot wanted to look at later into the inbox, when its time has come.
///
/// It is stored before it is struck off the schedule, so a kill between the two stores it twice, which comes out once.
struct ScheduledDeliveries: Sendable {
    let schedules: any Schedules
    let inbox: any Inbox
    let bell: WorkBell
    let now: @Sendable () -> Date
    let logger: Logger

    /// Jobs that are taken at once.
    static let batchCount = 50
    private static let leaseSeconds = 60
    private static let retrySeconds = 60.0

    /// Stores what is due.
    ///
    /// - Returns: How long until the next is due; nil where nothing is scheduled.
    /// - Throws: `StoreError`.
    func runOnce() async throws -> Duration? {
        let jobs = try await schedules.claimDue(
            now: now(), leaseSeconds: Self.leaseSeconds, limit: Self.batchCount)
        for claimed in jobs { try await store(claimed) }
        guard let next = try await schedules.nextDue() else { return nil }
        return .seconds(max(0.01, next.timeIntervalSince(now())))
    }

    private func store(_ claimed: ClaimedJob) async throws {
        do {
            let delivery = try LaterDelivery(job: claimed.job)
            if try await inbox.accept([delivery.record(receivedAt: now())]) == [.refused] {
                let until = now().addingTimeInterval(Self.retrySeconds)
                let later = Postponement(until: until, reason: "the inbox is full")
                try await schedules.postpone(claimed.lease, later, now: now())
                return
            }
            bell.ring()
        } catch let error as DecodingError {
            logger.error(
                "A scheduled job cannot be read and is dropped.",
                metadata: ["job": "\(claimed.job.key)", "reason": "\(error)"])
        }
        do {
            try await schedules.finish(claimed.lease, now: now())
        } catch is LeaseLost {
            // It was scheduled anew meanwhile, and comes again at its new time.
        }
    }
}
