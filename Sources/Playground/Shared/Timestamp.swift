internal import struct Foundation.Date

/// A time in whole milliseconds, in the forms in which buckets carry it.
struct Timestamp: Hashable, Comparable {
    /// Milliseconds since 1970.
    let milliseconds: Int64

    /// The instant from which snowflake ids count.
    ///
    /// Source: `pkg/pjutil/tot.go` in kubernetes-sigs/prow, by way of bwmarrin/snowflake.
    static let snowflakeEpochMilliseconds: Int64 = 1_288_834_974_657

    /// A time from its milliseconds since 1970.
    init(milliseconds: Int64) { self.milliseconds = milliseconds }

    /// A date's time, rounded to milliseconds; one that is out of all range is 1970.
    init(_ date: Date) {
        milliseconds = Int64(exactly: (date.timeIntervalSince1970 * 1000).rounded()) ?? 0
    }

    /// The time as a date.
    var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    /// Whole seconds since 1970, rounded down.
    var seconds: Int64 { Self.split(milliseconds, by: 1000).quotient }

    /// The first snowflake id that Prow's node could give in this millisecond; below 1 before their epoch.
    var snowflake: Int64 {
        let (value, overflow) = (milliseconds - Self.snowflakeEpochMilliseconds)
            .multipliedReportingOverflow(by: 1 << 22)
        return overflow ? 0 : value &+ (1 << 12)
    }

    /// The day alone: `2026-08-22`.
    var day: String { String(text.prefix(10)) }

    /// RFC 3339 in UTC: `2026-08-22T09:30:00.000Z`.
    var text: String {
        let (days, rest) = Self.split(milliseconds, by: 86_400_000)
        let (year, month, day) = Self.civil(days: days)
        let (seconds, fraction) = Self.split(rest, by: 1000)
        let (minutes, second) = Self.split(seconds, by: 60)
        let (hour, minute) = Self.split(minutes, by: 60)
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))T"
            + "\(padded(hour, 2)):\(padded(minute, 2)):\(padded(second, 2)).\(padded(fraction, 3))Z"
    }

    static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    private func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }

    /// Division that rounds down, so that times before 1970 come out right.
    private static func split(_ number: Int64, by divisor: Int64) -> (quotient: Int64, rest: Int64) {
        let (quotient, rest) = number.quotientAndRemainder(dividingBy: divisor)
        return rest < 0 ? (quotient - 1, rest + divisor) : (quotient, rest)
    }

    /// Year, month and day of a day counted from 1970-01-01, in the Gregorian calendar.
    ///
    /// Counts in years that start on 1 March, so that the leap day is the last of its year.
    private static func civil(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = split(days + 719_468, by: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}
