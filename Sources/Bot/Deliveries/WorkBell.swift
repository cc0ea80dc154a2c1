internal import Synchronization

/// Wakes workers that have found nothing to do.
///
/// A worker notes the count before it looks for work and waits for a later one, so that what comes between the two is not
/// missed.
final class WorkBell: Sendable {
    private struct State {
        var count: UInt64 = 0
        var lastID: UInt64 = 0
        var sleepers: [(id: UInt64, continuation: CheckedContinuation<Void, Never>)] = []
    }

    private let state = Mutex(State())

    /// A bell that has not been rung.
    init() {}

    /// How often it was rung.
    var count: UInt64 { state.withLock { $0.count } }

    /// Wakes one who waits, if there is one.
    func ring() {
        let first = state.withLock { state in
            state.count &+= 1
            return state.sleepers.isEmpty ? nil : state.sleepers.removeFirst().continuation
        }
        first?.resume()
    }

    /// Waits until the bell is rung, or has been since the count was noted; until the time is over; or until the task is
    /// cancelled.
    func wait(since count: UInt64, atMost limit: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                do {
                    try await Task.sleep(for: limit)
                } catch {
                    // The bell was rung, or the program stops: either way the wait is over.
                }
            }
            group.addTask { await self.wait(since: count) }
            await group.next()
            group.cancelAll()
        }
    }

    private func wait(since count: UInt64) async {
        let id = state.withLock { state in
            state.lastID &+= 1
            return state.lastID
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = state.withLock { state in
                    if Task.isCancelled || state.count != count { return true }
                    state.sleepers.append((id, continuation))
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            let sleeper = state.withLock { state in
                state.sleepers.firstIndex { $0.id == id }.map { state.sleepers.remove(at: $0).continuation }
            }
            sleeper?.resume()
        }
    }
}
