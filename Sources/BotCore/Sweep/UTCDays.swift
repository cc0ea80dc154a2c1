internal import struct Foundation.Date

/// Days in UTC.
enum UTCDays {
    /// Days from 1970-01-01 to a moment.
    static func number(of time: Date) -> Int {
        // Cannot trap: clamped to the years that a calendar shows.
        Int(min(max(time.timeIntervalSince1970 / 86_400, 0), 2_932_896).rounded(.down))
    }

    /// Whole days between two times, rounded down; 0 where the first is the later one.
    static func whole(from first: Date, to last: Date) -> Int {
        // Cannot trap: clamped.
        Int(min(max(last.timeIntervalSince(first) / 86_400, 0), 1_000_000).rounded(.down))
    }
}
