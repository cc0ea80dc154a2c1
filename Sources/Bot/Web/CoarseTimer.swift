internal import Synchronization

/// Waits that end at about a time, all of them on one timer of the system.
///
/// Nearly every request is over long before its deadline, and to set a timer for each took more time than to read its
/// body.
final class CoarseTimer: Sendable {
    /// Somebody who waits.
    private struct Sleeper {
        let due: ContinuousClock.Instant
        let continuation: CheckedContinuation<Void, any Error>
    }

    /// Who waits, by number.
    private struct Sleepers {
        var byNumber: [UInt64: Sleeper] = [:]
        var lastNumber: UInt64 = 0
    }

    private let sleepers = Mutex(Sleepers())
    private let tick: Duration

    /// A timer that has yet to run.
    ///
    /// - Parameter tick: How much longer a wait may take than was asked for.
    init(tick: Duration = .milliseconds(100)) { self.tick = tick }

    /// How many wait.
    var sleeperCount: Int { sleepers.withLock { $0.byNumber.count } }

    /// Ends waits whose time has come, until the task is cancelled.
    func run() async {
        do {
            while true {
                try await Task.sleep(for: tick)
                for sleeper in wakeable(at: .now) { sleeper.resume() }
            }
        } catch {
            // Cancelled: whoever waits still is cancelled as well, or waits for something else at the same time.
        }
    }

    private func wakeable(at now: ContinuousClock.Instant) -> [CheckedContinuation<Void, any Error>] {
        sleepers.withLock { sleepers in
            let due = sleepers.byNumber.filter { $0.value.due <= now }
            for number in due.keys { sleepers.byNumber[number] = nil }
            return due.values.map(\.continuation)
        }
    }

    /// Waits for so long, and up to a tick longer, as long as the timer runs.
    ///
    /// - Throws: `CancellationError`.
    func wait(for time: Duration) async throws {
        let number = sleepers.withLock { sleepers in
            sleepers.lastNumber += 1
            return sleepers.lastNumber
        }
        try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { continuation in
                let isCancelled = sleepers.withLock { sleepers in
                    // A cancellation before this has found nobody to wake, so it is looked for here.
                    if Task.isCancelled { return true }
                    sleepers.byNumber[number] = Sleeper(due: .now + time, continuation: continuation)
                    return false
                }
                if isCancelled { continuation.resume(throwing: CancellationError()) }
            }
        } onCancel: {
            let sleeper = sleepers.withLock { $0.byNumber.removeValue(forKey: number) }
            sleeper?.continuation.resume(throwing: CancellationError())
        }
    }
}
