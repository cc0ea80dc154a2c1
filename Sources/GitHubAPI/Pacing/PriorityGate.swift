internal import Synchronization

/// Lets so many through at once; the others wait by priority, and among equals in the order in which they came.
///
/// A class because everyone who shares the gate must hold the same one.
final class PriorityGate: Sendable {
    private struct Waiting {
        let ticket: UInt64
        let priority: RequestPriority
        let continuation: CheckedContinuation<Bool, Never>
    }

    private struct State {
        var free: Int
        var nextTicket: UInt64 = 0
        var waiting: [Waiting] = []
    }

    private let state: Mutex<State>

    /// A gate.
    ///
    /// - Parameter count: How many may be inside; less than 1 counts as 1.
    init(_ count: Int) { state = Mutex(State(free: max(count, 1))) }

    /// How many wait now.
    var waitingCount: Int { state.withLock { $0.waiting.count } }

    /// Waits until there is room; who has entered calls `leave`.
    ///
    /// - Throws: `CancellationError` where the task is canceled first.
    func enter(_ priority: RequestPriority) async throws {
        let ticket = state.withLock { state in
            state.nextTicket &+= 1
            return state.nextTicket
        }
        let hasEntered = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Bool? = state.withLock { state in
                    // A cancellation that came before this line found nobody to remove.
                    if Task.isCancelled { return false }
                    if state.free > 0 {
                        state.free -= 1
                        return true
                    }
                    state.waiting.append(Waiting(ticket: ticket, priority: priority, continuation: continuation))
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiting = state.withLock { state -> Waiting? in
                guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
                return state.waiting.remove(at: index)
            }
            waiting?.continuation.resume(returning: false)
        }
        guard hasEntered else { throw CancellationError() }
    }

    /// Makes room for the next.
    func leave() {
        let next = state.withLock { state -> Waiting? in
            let first = state.waiting.indices.min { left, right in
                (state.waiting[left].priority, state.waiting[left].ticket)
                    < (state.waiting[right].priority, state.waiting[right].ticket)
            }
            guard let first else {
                state.free += 1
                return nil
            }
            return state.waiting.remove(at: first)
        }
        next?.continuation.resume(returning: true)
    }
}
