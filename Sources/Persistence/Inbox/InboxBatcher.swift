internal import Synchronization

/// Gathers deliveries that arrive at the same time and stores them in one transaction, so that one sync of the disk serves
/// all who wait for it.
///
/// Whoever calls `accept` waits until its delivery is durable and gets the outcome of its own delivery. `run` does the
/// work; nothing is stored unless it runs. While a transaction is under way, the next batch gathers.
///
/// A class with a lock and not an actor: a caller that is cancelled has to be let go at once, from a handler that cannot
/// await.
public final class InboxBatcher: Sendable {
    private let inbox: any Inbox
    private let limits: InboxBatchLimits
    private let line: Mutex<InboxBatchLine>

    /// A batcher that has yet to run.
    public init(inbox: any Inbox, limits: InboxBatchLimits = InboxBatchLimits()) {
        self.inbox = inbox
        self.limits = limits
        line = Mutex(InboxBatchLine(limits: limits))
    }

    /// Stores a delivery together with others.
    ///
    /// - Returns: What became of it, when that is durable.
    /// - Throws: The error of the whole transaction, the same for all in it; `InboxBatcherError`; or `CancellationError`
    ///   where the caller was cancelled, and then it may have been stored or not.
    public func accept(_ delivery: DeliveryRecord) async throws -> AcceptOutcome {
        let id = line.withLock { $0.nextID() }
        // Here and not in the transaction, which only one can be in.
        var delivery = delivery
        delivery.compressBody()
        let compressed = delivery
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                // A cancellation before this has found nobody to let go, so it is looked for here.
                let refusal = line.withLock { line -> (any Error)? in
                    guard !Task.isCancelled else { return CancellationError() }
                    return line.join(id, compressed, continuation)
                }
                if let refusal { continuation.resume(throwing: refusal) }
            }
        } onCancel: {
            line.withLock { $0.leave(id) }?.resume(throwing: CancellationError())
        }
    }

    /// Stores what arrives until `drain` has been called and everything is stored, or until the task is cancelled.
    ///
    /// Afterwards every call of `accept` throws `InboxBatcherError.closed`.
    public func run() async {
        while await arrival() {
            await gather()
            await commitOnce()
        }
        for continuation in line.withLock({ $0.close() }) { continuation.resume(throwing: InboxBatcherError.closed) }
    }

    /// Takes nothing more; `run` stores what waits and returns.
    public func drain() { line.withLock { $0.drain() }?.resume() }

    /// Stores one batch of what waits.
    ///
    /// - Returns: How many deliveries were in it.
    @discardableResult
    func commitOnce() async -> Int {
        let batch = line.withLock { $0.takeBatch() }
        guard !batch.isEmpty else { return 0 }
        do {
            let outcomes = try await inbox.accept(batch.map(\.delivery))
            for (waiting, outcome) in zip(batch, outcomes) {
                line.withLock { $0.answer(waiting) }?.resume(returning: outcome)
            }
            // A store that answers too few would leave callers waiting for ever.
            for waiting in batch.dropFirst(outcomes.count) {
                line.withLock { $0.answer(waiting) }?.resume(throwing: InboxBatcherError.closed)
            }
        } catch {
            // What cancels this task is no affair of the callers, who were not cancelled.
            let reason: any Error = error is CancellationError ? InboxBatcherError.closed : error
            for waiting in batch { line.withLock { $0.answer(waiting) }?.resume(throwing: reason) }
        }
        return batch.count
    }

    /// Waits until so many are there to be stored, or until nothing more comes.
    ///
    /// - Returns: Whether there is anything to store and the task goes on.
    func arrival(of count: Int = 1) async -> Bool {
        await waitForLine { $0.count >= count || !$0.isOpen }
        return line.withLock { !$0.isEmpty } && !Task.isCancelled
    }

    /// Waits for more to come, as long as the limits allow.
    private func gather() async {
        guard limits.gatherTime > .zero, line.withLock({ !$0.isFull && $0.isOpen }) else { return }
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await Task.sleep(for: self.limits.gatherTime)
                } catch {
                    // The batch is full, or the program stops: either way the wait is over.
                }
            }
            group.addTask { await self.waitForLine { $0.isFull || !$0.isOpen } }
            await group.next()
            group.cancelAll()
        }
    }

    /// Waits until the line is as `isReady` wants it, or until the task is cancelled.
    private func waitForLine(_ isReady: @escaping @Sendable (InboxBatchLine) -> Bool) async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = line.withLock { line in
                    if Task.isCancelled || isReady(line) { return true }
                    line.watch(InboxBatchLine.Watcher(isReady: isReady, continuation: continuation))
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            line.withLock { $0.stopWatching() }?.resume()
        }
    }
}

/// How deliveries are gathered.
public struct InboxBatchLimits: Hashable, Sendable {
    /// Deliveries in one transaction.
    public var maxBatchCount = 128
    /// How long the first of a batch waits for others, beside the time that the transaction before it takes.
    ///
    /// Nothing, since those who come while a batch is written make the next one, and waiting only makes a few slower.
    public var gatherTime = Duration.zero
    /// Deliveries that wait at once; more are refused.
    public var maxWaitingCount = 4_096

    /// The defaults.
    public init() {}
}

/// Why a delivery was not offered to the inbox.
public enum InboxBatcherError: Error, Hashable, CustomStringConvertible {
    /// The program is stopping, or the batcher does not run any more.
    case closed
    /// Too many wait already.
    case tooManyWaiting(limit: Int)

    /// One sentence for a log.
    public var description: String {
        switch self {
        case .closed: "the inbox takes nothing more, since the program is stopping"
        case .tooManyWaiting(let limit): "\(limit) deliveries wait to be stored, and no more are taken"
        }
    }
}
