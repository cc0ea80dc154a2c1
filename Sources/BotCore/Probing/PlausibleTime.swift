public import struct Foundation.Date

/// Times that came from outside, read only where they can be true: from 2000 to the end of 2100.
///
/// What falls outside is a mistake of its writer (a wrong unit, a zero), and no arithmetic is done with it.
public enum PlausibleTime {
    /// 2000-01-01T00:00:00Z up to, but without, 2101-01-01T00:00:00Z, in seconds since 1970.
    private static let range: Range<Double> = 946_684_800..<4_133_980_800

    /// The date of a number of seconds since 1970; nil outside the range.
    public static func date(secondsSince1970 seconds: Double) -> Date? {
        range.contains(seconds) ? Date(timeIntervalSince1970: seconds) : nil
    }

    /// The date that an RFC 3339 text names, such as `2021-03-09T22:46:45.070Z`; nil for any other text.
    ///
    /// Source: https://www.rfc-editor.org/rfc/rfc3339#section-5.6.
    public static func date(rfc3339 text: String) -> Date? {
        var digits = TimeScanner(text)
        guard let year = digits.number(4), digits.take("-"), let month = digits.number(2), digits.take("-"),
            let day = digits.number(2), digits.take("T") || digits.take("t") || digits.take(" "),
            let clock = digits.clock(), let fraction = digits.fraction(), let offset = digits.zone(), digits.isAtEnd,
            let days = daysSince1970(year: year, month: month, day: day)
        else { return nil }
        return date(secondsSince1970: Double(days * 86_400 + clock - offset) + fraction)
    }

    /// The date that an HTTP header names, such as `Sun, 06 Nov 2022 08:49:37 GMT`; nil for any other text.
    ///
    /// Source: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.7 (its two obsolete forms are not read).
    public static func date(httpHeader text: String) -> Date? {
        var digits = TimeScanner(String(text.drop { $0 != " " }))
        guard digits.take(" "), let day = digits.number(2), digits.take(" "), let month = digits.month(),
            digits.take(" "), let year = digits.number(4), digits.take(" "), let clock = digits.clock(),
            digits.take(" "), digits.take("G"), digits.take("M"), digits.take("T"), digits.isAtEnd,
            let days = daysSince1970(year: year, month: month, day: day)
        else { return nil }
        return date(secondsSince1970: Double(days * 86_400 + clock))
    }

    /// Days from 1970-01-01 to a day of the Gregorian calendar; nil for a day that does not exist.
    private static func daysSince1970(year: Int, month: Int, day: Int) -> Int? {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard year >= 1, lengths.indices.contains(month - 1), (1...lengths[month - 1]).contains(day) else { return nil }
        let past = year - 1
        let leapDays = past / 4 - past / 100 + past / 400
        // 719,162 days lie between 0001-01-01 and 1970-01-01.
        return past * 365 + leapDays + lengths.prefix(month - 1).reduce(0, +) + day - 1 - 719_162
    }
}

/// Reads the parts of a time from left to right.
private struct TimeScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) { rest = text[...].utf8 }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard let first = rest.first, UInt32(first) == character.value else { return false }
        rest.removeFirst()
        return true
    }

    /// A number of exactly so many digits, at most nine.
    mutating func number(_ digitCount: Int) -> Int? {
        let digits = rest.prefix(digitCount)
        guard digits.count == digitCount, digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest.removeFirst(digitCount)
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }

    /// Seconds since midnight of `HH:MM:SS`; a leap second counts as the next one.
    mutating func clock() -> Int? {
        guard let hour = number(2), take(":"), let minute = number(2), take(":"), let second = number(2),
            hour < 24, minute < 60, second <= 60
        else { return nil }
        return hour * 3600 + minute * 60 + second
    }

    /// The fraction of a second: zero without one, nil for a point without digits.
    mutating func fraction() -> Double? {
        guard take(".") else { return 0 }
        let digits = rest.prefix { (0x30...0x39).contains($0) }
        guard !digits.isEmpty else { return nil }
        rest.removeFirst(digits.count)
        return digits.prefix(9).reversed().reduce(0) { ($0 + Double($1 - 0x30)) / 10 }
    }

    /// Seconds that the zone is ahead of UTC.
    mutating func zone() -> Int? {
        if take("Z") || take("z") { return 0 }
        let sign = take("+") ? 1 : take("-") ? -1 : 0
        guard sign != 0, let hour = number(2), take(":"), let minute = number(2), hour < 24, minute < 60
        else { return nil }
        return sign * (hour * 3600 + minute * 60)
    }

    /// The number of an English month of three letters.
    mutating func month() -> Int? {
        let names = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        guard let index = names.firstIndex(where: { rest.starts(with: $0.utf8) }) else { return nil }
        rest.removeFirst(3)
        return index + 1
    }
}
