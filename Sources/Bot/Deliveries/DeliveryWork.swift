internal import BotCore
internal import Foundation
internal import Logging
internal import Persistence
internal import ServiceLifecycle
internal import Synchronization

/// The work on one delivery, from its lease to what becomes of it.
final class DeliveryWork: Sendable {
    /// How the work ended.
    private enum End {
        case outcome(DeliveryOutcome)
        case failed(String)
        case leaseLost
        case stopped
    }

    private let claimed: ClaimedDelivery
    private let workers: DeliveryWorkers
    private let logger: Logger
    /// The lease as it was renewed last.
    private let lease: Mutex<DeliveryLease>

    /// The work on a delivery that was claimed just now.
    init(claimed: ClaimedDelivery, workers: DeliveryWorkers) {
        self.claimed = claimed
        self.workers = workers
        lease = Mutex(claimed.lease)
        var logger = workers.logger
        logger[metadataKey: "delivery.id"] = "\(claimed.lease.id)"
        logger[metadataKey: "event"] = "\(claimed.record.event)"
        if let repository = claimed.record.repository { logger[metadataKey: "repo"] = "\(repository)" }
        self.logger = logger
    }

    /// Does the work and settles the delivery.
    ///
    /// What cannot be settled comes again when its lease is over.
    func run() async {
        do {
            let covered = try await newer()
            let end = await end(newest: newest(of: covered))
            try await settle(end, covering: covered.map(\.id))
        } catch let error as LeaseLost {
            logger.warning("A delivery was taken by another process.", metadata: ["reason": "\(error)"])
        } catch {
            logger.error("A delivery could not be settled.", metadata: ["reason": "\(sentence(of: error))"])
        }
    }

    /// Those of the lane that are done along.
    private func newer() async throws -> [PendingDelivery] {
        claimed.record.kind == nil ? [] : try await workers.inbox.newer(than: claimed.lease)
    }

    /// The one that stands for all: the newest of those that somebody caused.
    ///
    /// A reminder of the bot's own says less, since it counts the looks at what was there before.
    private func newest(of covered: [PendingDelivery]) -> PendingDelivery? {
        if let caused = covered.last(where: { $0.event != LookAgainEvent.name }) { return caused }
        return claimed.record.event == LookAgainEvent.name ? covered.last : nil
    }

    // MARK: - Working

    private func end(newest: PendingDelivery?) async -> End {
        let limits = workers.limits
        guard claimed.attempt <= limits.maxBegun else {
            let reason = claimed.lastReason ?? "the program ended each time"
            return .outcome(.parked(why: "\(limits.maxBegun) attempts did not come to an end: \(reason)"))
        }
        guard claimed.claims <= limits.maxClaims else {
            let reason = claimed.lastReason ?? "no reason was given"
            return .outcome(.parked(why: "it was put off \(limits.maxClaims) times: \(reason)"))
        }
        let (event, origin): (Event, DeliveryOrigin)
        do {
            let record = try await record(newest: newest)
            (event, origin) = (try Event(name: record.event, payload: record.payload), record.origin)
        } catch let problem as EventProblem {
            return .outcome(.parked(why: "\(problem)"))
        } catch {
            return .failed(sentence(of: error))
        }
        switch event {
        case .ignored, .ping: return .outcome(.finished)
        default: return await raced(event, origin)
        }
    }

    /// The one that stands for all; whoever acts on it reads what is true by now.
    private func record(newest: PendingDelivery?) async throws -> DeliveryRecord {
        if let newest, let stored = try await workers.inbox.find(newest.id) { return stored.record }
        return claimed.record
    }

    /// Runs the handler until it is done, the lease is lost, or the program has to end.
    private func raced(_ event: Event, _ origin: DeliveryOrigin) async -> End {
        await withTaskGroup(of: End?.self) { group in
            group.addTask { await self.handled(event, origin) }
            group.addTask { await self.renewed() }
            group.addTask { await self.stopped() }
            defer { group.cancelAll() }
            while let end = await group.next() {
                if let end { return end }
            }
            return .stopped
        }
    }

    private func handled(_ event: Event, _ origin: DeliveryOrigin) async -> End {
        let delivery = DeliveryInHand(
            id: claimed.lease.id, source: claimed.record.source, origin: origin,
            receivedAt: claimed.record.receivedAt, attempt: claimed.attempt,
            isLastAttempt: claimed.attempt >= workers.limits.maxAttempts, lastReason: claimed.lastReason)
        do {
            return .outcome(try await workers.handler.handle(event, of: delivery))
        } catch is CancellationError {
            return .stopped
        } catch {
            return Task.isCancelled ? .stopped : .failed(sentence(of: error))
        }
    }

    /// Keeps the lease until it is lost or the work is over; nil in the latter case.
    private func renewed() async -> End? {
        let (limits, surroundings) = (workers.limits, workers.surroundings)
        while !Task.isCancelled {
            do {
                try await Task.sleep(for: .seconds(Double(limits.leaseSeconds) / 3))
                let held = lease.withLock { $0 }
                let longer = try await workers.inbox.renew(
                    held, now: surroundings.now(), leaseSeconds: limits.leaseSeconds)
                lease.withLock { $0 = longer }
            } catch is CancellationError {
                return nil
            } catch is LeaseLost {
                return .leaseLost
            } catch {
                // It is tried again before the lease is over; if that fails too, the lease is lost and the work with it.
                logger.warning("A lease could not be renewed.", metadata: ["reason": "\(error)"])
            }
        }
        return nil
    }

    /// Waits until the program is to stop, and then for as long as work may go on; nil where the work is over before.
    private func stopped() async -> End? {
        do {
            try await gracefulShutdown()
            try await Task.sleep(for: .seconds(workers.limits.stopSeconds))
            return .stopped
        } catch {
            return nil
        }
    }

    // MARK: - Settling

    private func settle(_ end: End, covering covered: [DeliveryID]) async throws {
        let (inbox, now, lease) = (workers.inbox, workers.surroundings.now(), lease.withLock { $0 })
        switch end {
        case .outcome(.finished):
            try await inbox.finish(lease, covering: covered, now: now)
            logger.debug("A delivery is finished.", metadata: ["covered": "\(covered.count)"])
        case .outcome(.postponed(let until, let why)):
            let postponement = Postponement(until: until, reason: why, countsAsAttempt: false)
            try await inbox.postpone(lease, postponement, now: now)
            logger.info("A delivery waits.", metadata: ["reason": "\(why)", "until": "\(until)"])
        case .outcome(.parked(let why)):
            try await inbox.park(lease, because: why, now: now)
            logger.error("A delivery is parked.", metadata: ["reason": "\(why)"])
        case .failed(let reason) where claimed.attempt >= workers.limits.maxAttempts:
            try await inbox.park(lease, because: "\(claimed.attempt) attempts failed: \(reason)", now: now)
            logger.error("A delivery is parked.", metadata: ["reason": "\(reason)", "attempt": "\(claimed.attempt)"])
        case .failed(let reason):
            let seconds = workers.limits.backoffSeconds(
                afterAttempt: claimed.attempt, jitter: workers.surroundings.jitter())
            let postponement = Postponement(until: now.addingTimeInterval(seconds), reason: reason)
            try await inbox.postpone(lease, postponement, now: now)
            logger.info(
                "A delivery failed and is tried again.",
                metadata: ["reason": "\(reason)", "attempt": "\(claimed.attempt)", "wait_s": "\(Int(seconds))"])
        case .stopped:
            let postponement = Postponement(
                until: now, reason: "handed back when the program stopped", countsAsAttempt: false)
            try await inbox.postpone(lease, postponement, now: now)
            logger.info("A delivery is handed back, since the program stops.")
        case .leaseLost:
            logger.warning("A delivery was taken by another process, so the work on it was broken off.")
        }
    }
}
