internal import Synchronization

/// Tells each tenth of something once, so that a log shows that it goes on and no more.
///
/// A class because it is one count that everyone adds to.
final class Tenths: Sendable {
    private let told = Mutex(0)

    /// The tenth that is reached; nil where it was told before.
    ///
    /// - Parameters:
    ///   - done: How many are done.
    ///   - total: How many there are.
    /// - Returns: 1 to 10.
    func next(_ done: Int, of total: Int) -> Int? {
        guard total > 0 else { return nil }
        let share = min(10, done * 10 / total)
        return told.withLock { told in
            guard share > told else { return nil }
            told = share
            return share
        }
    }
}
