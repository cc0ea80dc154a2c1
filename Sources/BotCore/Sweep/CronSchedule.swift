public import struct Foundation.Date

/// Times at which something is due, as five fields of cron tell them, in UTC.
///
/// Shape: minute, hour, day of the month, month, day of the week; each `*`, a number, a range `a-b`, a list `a,b`, any
/// of them with a step `/n`; months and days of the week also by the first three letters of their English names; 7 is
/// Sunday as well as 0. Where both days are restricted, either one is enough. `@hourly`, `@daily`, `@weekly`,
/// `@monthly` and `@yearly` stand for themselves.
///
/// Source: crontab(5) of Debian's cron.
public struct CronSchedule: Hashable, Sendable {
    /// The text as it was written.
    public let text: String
    private let minutes, hours, days, months, weekdays: Set<Int>
    private let isEitherDay: Bool

    /// Why a text is no schedule.
    public struct Problem: Error, Hashable, CustomStringConvertible {
        /// What is wrong, and what is meant.
        public let description: String
    }

    private static let names = [
        "@hourly": "0 * * * *", "@daily": "0 0 * * *", "@midnight": "0 0 * * *", "@weekly": "0 0 * * 0",
        "@monthly": "0 0 1 * *", "@yearly": "0 0 1 1 *", "@annually": "0 0 1 1 *",
    ]
    private static let monthNames = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    private static let weekdayNames = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

    /// Reads a schedule.
    ///
    /// - Parameter text: The five fields.
    /// - Throws: `Problem` naming the first field that is wrong.
    public init(_ text: String) throws(Problem) {
        self.text = text
        let bare = text.trimmingWhitespace().lowercased()
        let fields = (Self.names[bare] ?? bare).split { $0 == " " || $0 == "\t" }.map(String.init)
        guard fields.count == 5 else {
            throw Problem(
                description:
                    "it has \(fields.count) fields and not 5: minute, hour, day, month, weekday, as in 0 6 * * *")
        }
        minutes = try Self.numbers(fields[0], "minute", 0...59)
        hours = try Self.numbers(fields[1], "hour", 0...23)
        days = try Self.numbers(fields[2], "day of the month", 1...31)
        months = try Self.numbers(fields[3], "month", 1...12, Self.monthNames)
        weekdays = Set(try Self.numbers(fields[4], "day of the week", 0...7, Self.weekdayNames).map { $0 % 7 })
        // As cron does it: a field that begins with a star restricts nothing by itself.
        isEitherDay = !fields[2].hasPrefix("*") && !fields[4].hasPrefix("*")
        let longest = [2: 29, 4: 30, 6: 30, 9: 30, 11: 30]
        let isEver = isEitherDay || months.contains { month in days.contains { $0 <= longest[month] ?? 31 } }
        guard isEver else { throw Problem(description: "no month that it names has such a day") }
    }

    private static func numbers(
        _ field: String, _ what: String, _ range: ClosedRange<Int>, _ names: [String] = []
    ) throws(Problem) -> Set<Int> {
        let problem = Problem(
            description: "\"\(field)\" is no \(what): write *, or numbers from \(range.lowerBound) to "
                + "\(range.upperBound), with - for a range, commas between and /n for every nth")
        func number(_ text: Substring) throws(Problem) -> Int {
            if let index = names.firstIndex(of: String(text)) { return index + range.lowerBound }
            guard !text.isEmpty, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(text),
                range.contains(number)
            else { throw problem }
            return number
        }
        var found: Set<Int> = []
        for part in field.split(separator: ",", omittingEmptySubsequences: false) {
            let pieces = part.split(separator: "/", omittingEmptySubsequences: false)
            guard pieces.count <= 2, let body = pieces.first else { throw problem }
            var step = 1
            if pieces.count == 2 {
                guard pieces[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(pieces[1]),
                    (1...range.upperBound + 1).contains(number)
                else { throw problem }
                step = number
            }
            var bounds = range
            if body != "*" {
                let ends = body.split(separator: "-", omittingEmptySubsequences: false)
                guard (1...2).contains(ends.count), let first = ends.first, let last = ends.last else { throw problem }
                let low = try number(first)
                let high = ends.count == 2 ? try number(last) : pieces.count == 2 ? range.upperBound : low
                guard low <= high else { throw problem }
                bounds = low...high
            }
            found.formUnion(stride(from: bounds.lowerBound, through: bounds.upperBound, by: step))
        }
        return found
    }

    /// Days that are looked through: longer than between two 29ths of February that fall on the same weekday.
    private static let dayLimit = 366 * 41

    /// The last time at which it was due, at or before a moment; nil where that lies decades back.
    public func lastDue(atOrBefore now: Date) -> Date? { due(from: now, step: -1) }

    /// The first time at which it is due after a moment; nil where that lies decades ahead.
    public func nextDue(after now: Date) -> Date? { due(from: now, step: 1) }

    private func due(from now: Date, step: Int) -> Date? {
        let today = UTCDays.number(of: now)
        let minute = Int(min(max((now.timeIntervalSince1970 / 60).rounded(.down), 0), 4_223_376_000)) - today * 1_440
        for offset in 0..<Self.dayLimit {
            let day = today + offset * step
            guard day >= 0, isDue(onDay: day) else { continue }
            let all = hours.sorted().flatMap { hour in minutes.sorted().map { hour * 60 + $0 } }
            let fitting: Int? =
                if step < 0 {
                    offset == 0 ? all.last { $0 <= minute } : all.last
                } else {
                    offset == 0 ? all.first { $0 > minute } : all.first
                }
            if let fitting { return Date(timeIntervalSince1970: Double(day * 1_440 + fitting) * 60) }
        }
        return nil
    }

    private func isDue(onDay day: Int) -> Bool {
        guard let civil = CivilTime(Date(timeIntervalSince1970: Double(day) * 86_400)), months.contains(civil.month)
        else { return false }
        // 1970-01-01 was a Thursday.
        let (isDay, isWeekday) = (days.contains(civil.day), weekdays.contains((day + 4) % 7))
        return isEitherDay ? isDay || isWeekday : isDay && isWeekday
    }
}
