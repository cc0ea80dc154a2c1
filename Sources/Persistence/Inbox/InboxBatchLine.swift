/// Who waits in an `InboxBatcher`, and what for.
///
/// Nothing in it waits by itself.
struct InboxBatchLine {
    /// Somebody who waits for its delivery to be stored.
    typealias Caller = CheckedContinuation<AcceptOutcome, any Error>

    /// One delivery of a batch.
    struct Waiting: Sendable {
        let id: UInt64
        let delivery: DeliveryRecord
    }

    /// The one that stores, asleep until the line is as it wants it.
    struct Watcher {
        let isReady: @Sendable (InboxBatchLine) -> Bool
        let continuation: CheckedContinuation<Void, Never>
    }

    private let limits: InboxBatchLimits
    private var waiting: [Waiting] = []
    private var callers: [UInt64: Caller] = [:]
    private var watcher: Watcher?
    private var lastID: UInt64 = 0
    /// Whether more is taken.
    private(set) var isOpen = true

    /// An empty line.
    init(limits: InboxBatchLimits) { self.limits = limits }

    /// How many wait for a batch.
    var count: Int { waiting.count }

    /// Whether nobody waits for a batch.
    var isEmpty: Bool { waiting.isEmpty }

    /// Whether as many wait as one transaction takes.
    var isFull: Bool { waiting.count >= limits.maxBatchCount }

    /// A number that no caller has had.
    mutating func nextID() -> UInt64 {
        lastID += 1
        return lastID
    }

    /// Puts a delivery at the end of the line.
    ///
    /// - Returns: Why it may not join; nil where it did.
    mutating func join(_ id: UInt64, _ delivery: DeliveryRecord, _ caller: Caller) -> InboxBatcherError? {
        guard isOpen else { return .closed }
        guard waiting.count < limits.maxWaitingCount else { return .tooManyWaiting(limit: limits.maxWaitingCount) }
        waiting.append(Waiting(id: id, delivery: delivery))
        callers[id] = caller
        wake()
        return nil
    }

    /// Lets a caller go that does not wait any longer; its delivery is not stored unless it is in a batch already.
    ///
    /// - Returns: Where to tell it; nil where it was let go before.
    mutating func leave(_ id: UInt64) -> Caller? {
        guard let caller = callers.removeValue(forKey: id) else { return nil }
        waiting.removeAll { $0.id == id }
        return caller
    }

    /// Lets a caller go whose delivery was in a batch.
    ///
    /// - Returns: Where to answer it; nil where it was let go before.
    mutating func answer(_ waiting: Waiting) -> Caller? { callers.removeValue(forKey: waiting.id) }

    /// Takes out as many as fit into one transaction.
    mutating func takeBatch() -> [Waiting] {
        let batch = Array(waiting.prefix(limits.maxBatchCount))
        waiting.removeFirst(batch.count)
        return batch
    }

    /// Takes nothing more.
    ///
    /// - Returns: The watcher to wake, if it is asleep.
    mutating func drain() -> CheckedContinuation<Void, Never>? {
        isOpen = false
        return stopWatching()
    }

    /// Takes nothing more and gives up on those who wait.
    mutating func close() -> [Caller] {
        isOpen = false
        defer {
            waiting = []
            callers = [:]
        }
        return Array(callers.values)
    }

    /// Lets the one that stores sleep.
    mutating func watch(_ watcher: Watcher) { self.watcher = watcher }

    /// Takes the sleeper out, to be woken.
    mutating func stopWatching() -> CheckedContinuation<Void, Never>? {
        defer { watcher = nil }
        return watcher?.continuation
    }

    private mutating func wake() {
        guard let watcher, watcher.isReady(self) else { return }
        stopWatching()?.resume()
    }
}
