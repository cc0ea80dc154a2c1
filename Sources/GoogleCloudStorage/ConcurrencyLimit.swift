internal import Synchronization

/// Lets so many pieces of work run at once, and the others wait in the order in which they came.
///
/// A class because everyone who shares the limit must hold the same one.
public final class ConcurrencyLimit: Sendable {
    private struct State {
        var free: Int
        var nextTicket: UInt64 = 0
        var waiting: [(ticket: UInt64, continuation: CheckedContinuation<Bool, Never>)] = []
        /// Tickets whose task was canceled before it had got in line.
        var canceled: Set<UInt64> = []
    }

    private let state: Mutex<State>

    /// A limit.
    ///
    /// - Parameter count: How many may run at once; less than 1 counts as 1.
    public init(_ count: Int) { state = Mutex(State(free: max(count, 1))) }

    /// How many wait now.
    public var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Runs `body` as soon as there is room.
    ///
    /// - Throws: `CancellationError` where the task is canceled while it waits, and whatever `body` throws.
    public func withPermit<Value>(_ body: () async throws -> Value) async throws -> Value {
        guard await acquire() else { throw CancellationError() }
        defer { release() }
        return try await body()
    }

    /// Waits for a permit; false where the task was canceled first.
    private func acquire() async -> Bool {
        let ticket = state.withLock { state in
            state.nextTicket += 1
            return state.nextTicket
        }
        let isGranted = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    if state.canceled.contains(ticket) { return false }
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append((ticket, continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { state -> CheckedContinuation<Bool, Never>? in
                guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else {
                    state.canceled.insert(ticket)
                    return nil
                }
                return state.waiting.remove(at: index).continuation
            }
            waiter?.resume(returning: false)
        }
        state.withLock { state in _ = state.canceled.remove(ticket) }
        return isGranted
    }

    /// Hands the permit to who has waited longest.
    private func release() {
        let next = state.withLock { state -> CheckedContinuation<Bool, Never>? in
            guard !state.waiting.isEmpty else {
                state.free += 1
                return nil
            }
            return state.waiting.removeFirst().continuation
        }
        next?.resume(returning: true)
    }
}
