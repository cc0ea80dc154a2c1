internal import Synchronization

/// Bytes that all requests may hold together, handed out as they arrive.
///
/// A part as large as the largest body is kept aside and lent to one request at a time, the one that has waited longest:
/// so there is always a request that can go on to its end, and requests that each hold a half never wait for each other.
/// Whoever only announces a large body holds nothing.
final class ByteBudget: Sendable {
    /// A share of the budget.
    typealias ShareID = UInt64

    private let state: Mutex<BudgetState>
    private let wait: Duration

    /// A budget of which nothing is taken.
    ///
    /// - Parameters:
    ///   - bytes: All there is; at least `largestBytes`.
    ///   - largestBytes: What one request may need.
    ///   - wait: How long a request waits for room.
    init(bytes: Int, largestBytes: Int, wait: Duration) {
        state = Mutex(BudgetState(bytes: bytes, largestBytes: largestBytes))
        self.wait = wait
    }

    /// The most that was ever taken at once, in bytes.
    var peakBytes: Int { state.withLock { $0.peakBytes } }

    /// What is taken now, in bytes.
    var takenBytes: Int { state.withLock { $0.takenBytes } }

    /// Begins a share with nothing in it.
    func open() -> ShareID { state.withLock { $0.open() } }

    /// Gives back all that a share holds.
    func close(_ id: ShareID) {
        for waiting in state.withLock({ $0.close(id) }) { waiting.resume(returning: true) }
    }

    /// Whether a share waits for room.
    func isWaiting(_ id: ShareID) -> Bool { state.withLock { $0.isWaiting(id) } }

    /// Whether a share waits for room, or ever did.
    func hasWaited(_ id: ShareID) -> Bool { state.withLock { $0.hasWaited(id) } }

    /// Makes a share larger, waiting for room where there is none.
    ///
    /// - Parameters:
    ///   - id: The share.
    ///   - bytes: By how much.
    ///   - end: When nobody waits for it any more.
    /// - Returns: Whether there was room in time.
    /// - Throws: `CancellationError`.
    func grow(_ id: ShareID, by bytes: Int, until end: ContinuousClock.Instant) async throws -> Bool {
        if state.withLock({ $0.take(bytes, for: id) }) { return true }
        return try await withDeadline(min(wait, end - .now)) { try await self.room(id, bytes) } == true
    }

    private func room(_ id: ShareID, _ bytes: Int) async throws -> Bool {
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let answer = state.withLock { state -> Result<Bool, any Error>? in
                    // A cancellation before this has found nobody to let go, so it is looked for here.
                    guard !Task.isCancelled else { return .failure(CancellationError()) }
                    if state.take(bytes, for: id) { return .success(true) }
                    state.wait(BudgetState.Waiting(id: id, bytes: bytes, continuation: continuation))
                    return nil
                }
                if let answer { continuation.resume(with: answer) }
            }
        } onCancel: {
            state.withLock { $0.leave(id) }?.resume(throwing: CancellationError())
        }
    }
}

/// Who holds what of a budget.
///
/// Nothing in it waits by itself.
private struct BudgetState {
    /// A share that waits for room.
    struct Waiting {
        let id: ByteBudget.ShareID
        let bytes: Int
        let continuation: CheckedContinuation<Bool, any Error>
    }

    /// What one request holds.
    private struct Share {
        var commonBytes = 0
        var asideBytes = 0
        var hasWaited = false
    }

    private let commonBytes: Int
    private var freeBytes: Int
    private var held: [ByteBudget.ShareID: Share] = [:]
    /// Who may take from what is kept aside.
    private var favored: ByteBudget.ShareID?
    private var waiting: [Waiting] = []
    private var lastID: ByteBudget.ShareID = 0
    private(set) var peakBytes = 0

    init(bytes: Int, largestBytes: Int) {
        commonBytes = max(0, bytes - largestBytes)
        freeBytes = commonBytes
    }

    var takenBytes: Int { commonBytes - freeBytes + held.values.reduce(0) { $0 + $1.asideBytes } }

    mutating func open() -> ByteBudget.ShareID {
        lastID += 1
        held[lastID] = Share()
        return lastID
    }

    /// Takes bytes for a share where there are some; those who wait go first.
    mutating func take(_ bytes: Int, for id: ByteBudget.ShareID) -> Bool {
        guard favored == id || waiting.isEmpty else { return false }
        return give(bytes, to: id)
    }

    private mutating func give(_ bytes: Int, to id: ByteBudget.ShareID) -> Bool {
        guard var share = held[id] else { return false }
        if favored != id, bytes <= freeBytes {
            freeBytes -= bytes
            share.commonBytes += bytes
        } else if favored == id || favored == nil {
            favored = id
            share.asideBytes += bytes
        } else {
            return false
        }
        held[id] = share
        peakBytes = max(peakBytes, takenBytes)
        return true
    }

    mutating func wait(_ waiting: Waiting) {
        held[waiting.id]?.hasWaited = true
        self.waiting.append(waiting)
    }

    func isWaiting(_ id: ByteBudget.ShareID) -> Bool { waiting.contains { $0.id == id } }

    func hasWaited(_ id: ByteBudget.ShareID) -> Bool { held[id]?.hasWaited == true }

    mutating func leave(_ id: ByteBudget.ShareID) -> CheckedContinuation<Bool, any Error>? {
        guard let index = waiting.firstIndex(where: { $0.id == id }) else { return nil }
        return waiting.remove(at: index).continuation
    }

    /// Takes a share back.
    ///
    /// - Returns: Those who have got what they waited for.
    mutating func close(_ id: ByteBudget.ShareID) -> [CheckedContinuation<Bool, any Error>] {
        guard let share = held.removeValue(forKey: id) else { return [] }
        freeBytes += share.commonBytes
        if favored == id { favored = nil }
        var served: [CheckedContinuation<Bool, any Error>] = []
        while let first = waiting.first, give(first.bytes, to: first.id) {
            served.append(waiting.removeFirst().continuation)
        }
        return served
    }
}
