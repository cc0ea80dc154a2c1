internal import Synchronization

internal import struct Foundation.Date

/// The buckets that answered lately, so that a missing object in one of them needs no second question.
///
/// A class because all copies of a client share it.
final class KnownBuckets: Sendable {
    /// How long an answer proves that a bucket is there, in seconds.
    static let validSeconds = 600.0
    /// How many names are kept; when there are more, all are forgotten, which costs a request each.
    static let capacity = 10_000

    private let answeredAt = Mutex<[String: Date]>([:])

    /// Remembers that a bucket answered.
    func note(_ bucket: String, at now: Date) {
        answeredAt.withLock { known in
            if known.count >= Self.capacity, known[bucket] == nil { known.removeAll() }
            known[bucket] = now
        }
    }

    /// Forgets a bucket that turned out to be missing.
    func forget(_ bucket: String) {
        answeredAt.withLock { known in known[bucket] = nil }
    }

    /// Whether the bucket answered within the last ten minutes.
    func contains(_ bucket: String, now: Date) -> Bool {
        guard let then = answeredAt.withLock({ known in known[bucket] }) else { return false }
        return (0..<Self.validSeconds).contains(now.timeIntervalSince(then))
    }
}
