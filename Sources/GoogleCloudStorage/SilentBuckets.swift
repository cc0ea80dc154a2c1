internal import Synchronization

internal import struct Foundation.Date

/// The buckets whose requests have timed out lately, so that what else is to be asked of them need not wait as well.
///
/// A registry may name one bucket a hundred times; where it hangs, each location would cost a minute.
/// A class because all copies of a client share it.
final class SilentBuckets: Sendable {
    /// Requests in a row that time out before a bucket is left alone.
    static let timeoutsInARow = 6
    /// How long it is left alone after the last of them, in seconds.
    static let silentSeconds = 60.0
    /// How many names are kept; when there are more, all are forgotten, which costs their timeouts again.
    static let capacity = 10_000

    private let timeouts = Mutex<[String: (count: Int, last: Date)]>([:])

    /// Remembers that a request to a bucket timed out.
    func noteTimeout(_ bucket: String, at now: Date) {
        timeouts.withLock { known in
            if known.count >= Self.capacity, known[bucket] == nil { known.removeAll() }
            known[bucket] = ((known[bucket]?.count ?? 0) + 1, now)
        }
    }

    /// Forgets the timeouts of a bucket that has answered.
    func noteAnswer(_ bucket: String) {
        timeouts.withLock { known in known[bucket] = nil }
    }

    /// Why a bucket is not asked now; nil where it may be.
    func refusal(of bucket: String, now: Date) -> String? {
        guard let seen = timeouts.withLock({ known in known[bucket] }), seen.count >= Self.timeoutsInARow,
            (0..<Self.silentSeconds).contains(now.timeIntervalSince(seen.last))
        else { return nil }
        return "not asked: the last \(seen.count) requests to the bucket got no answer in time"
    }
}
