internal import struct Foundation.Date

/// Times as the database has them: whole milliseconds since 1970, so that every engine orders and compares them alike.
enum StoredTime {
    /// The end of the year 9999.
    ///
    /// Nothing here is later, and nothing overflows on the way.
    private static let latest: Int64 = 253_402_300_799_999

    /// A time as milliseconds, between 1970 and 9999.
    static func milliseconds(_ date: Date) -> Int64 {
        let milliseconds = (date.timeIntervalSince1970 * 1_000).rounded()
        guard milliseconds > 0 else { return 0 }
        return milliseconds < Double(latest) ? Int64(milliseconds) : latest
    }

    /// The time that is so many milliseconds after 1970.
    static func date(_ milliseconds: Int64) -> Date {
        Date(timeIntervalSince1970: Double(milliseconds) / 1_000)
    }

    /// A time some seconds after another, as milliseconds.
    static func milliseconds(_ date: Date, addingSeconds seconds: Int) -> Int64 {
        milliseconds(date.addingTimeInterval(Double(seconds)))
    }
}
