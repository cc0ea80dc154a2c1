internal import BotCore
internal import Foundation
internal import Logging
internal import Persistence
internal import ServiceLifecycle

/// Takes deliveries out of the inbox and has them worked on: those of a lane in order, several lanes at once.
///
/// When the program is to stop nothing more is taken, what is under way may go on for a while, and what is not done by
/// then is handed back. What a kill cuts off is taken up again when its lease is over.
struct DeliveryWorkers: Service {
    /// Where the deliveries are.
    let inbox: any Inbox
    /// Who works on them.
    let handler: any DeliveryHandler
    /// What wakes a worker.
    let bell: WorkBell
    /// How they are worked on.
    let limits: WorkLimits
    /// The clock, and what chance gives from 0 to 1.
    let surroundings: WorkSurroundings
    /// Where it is told.
    let logger: Logger

    /// Works until the service is to stop.
    func run() async throws {
        guard limits.workers > 0 else {
            try await gracefulShutdown()
            return
        }
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<limits.workers { group.addTask { await work() } }
        }
    }

    private func work() async {
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            let count = bell.count
            do {
                if try await runOnce() { continue }
                await rest(since: count, try await idleTime())
            } catch is CancellationError {
                return
            } catch {
                logger.error("Deliveries cannot be worked on.", metadata: ["reason": "\(error)"])
                await rest(since: bell.count, .seconds(limits.idleSeconds))
            }
        }
    }

    private func rest(since count: UInt64, _ time: Duration) async {
        await cancelWhenGracefulShutdown { await bell.wait(since: count, atMost: time) }
    }

    private func idleTime() async throws -> Duration {
        let longest = Double(limits.idleSeconds)
        let now = surroundings.now()
        guard let due = try await inbox.nextDue(now: now) else { return .seconds(longest) }
        return .seconds(min(max(due.timeIntervalSince(now), 0.01), longest))
    }

    /// Works on one delivery, and on those that it stands for.
    ///
    /// - Returns: Whether there was one.
    /// - Throws: `StoreError` where no delivery could be had.
    func runOnce() async throws -> Bool {
        guard let claimed = try await inbox.claim(now: surroundings.now(), leaseSeconds: limits.leaseSeconds) else {
            return false
        }
        let work = DeliveryWork(claimed: claimed, workers: self)
        await work.run()
        return true
    }
}

/// What workers take from around them.
struct WorkSurroundings: Sendable {
    /// The clock.
    var now: @Sendable () -> Date
    /// From 0 to 1.
    var jitter: @Sendable () -> Double
}
