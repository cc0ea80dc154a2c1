import Foundation
import Synchronization

/// The one clock of a test: the bot, GitHub and the buckets all go by it, and it moves when the test says so.
final class TestClock: Sendable {
    private let time: Mutex<Date>

    /// A clock that stands.
    init(_ start: Date) { time = Mutex(start) }

    /// The present.
    var now: Date { time.withLock { $0 } }

    /// Moves it forward.
    func advance(seconds: Double) { time.withLock { $0 += seconds } }

    /// Lets as much time pass as others move it forward by.
    func pause(_ wait: Duration) async throws {
        let due = now.addingTimeInterval(wait / .seconds(1))
        while now < due {
            try Task.checkCancellation()
            await Task.yield()
        }
    }

    /// Moves it forward to a time, unless it is later already.
    func advance(to date: Date) { time.withLock { $0 = max($0, date) } }
}

/// When every test begins: 2027-01-15T08:00:00Z.
let testStart = Date(timeIntervalSince1970: 1_800_000_000)
