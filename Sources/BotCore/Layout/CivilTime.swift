internal import struct Foundation.Date

/// A date and time of day in UTC, in the calendar on the wall.
///
/// The arithmetic is that of the proleptic Gregorian calendar in eras of 400 years.
struct CivilTime: Hashable {
    /// The year, 1 to 9999.
    var year: Int
    /// The month, from 1.
    var month: Int
    /// The day of the month, from 1.
    var day: Int
    /// Seconds since midnight.
    var secondOfDay: Int

    /// The moment; nil where the calendar has no such day.
    var date: Date? {
        guard (1...9999).contains(year), (1...12).contains(month), (1...31).contains(day),
            (0...86_400).contains(secondOfDay)
        else { return nil }
        let date = Date(timeIntervalSince1970: Double(dayNumber * 86_400 + secondOfDay))
        // The 31st of a short month runs over into the next one.
        return CivilTime(Date(timeIntervalSince1970: Double(dayNumber * 86_400)))?.day == day ? date : nil
    }

    /// Days since 1970-01-01.
    private var dayNumber: Int {
        let shiftedYear = month > 2 ? year : year - 1
        let era = shiftedYear / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    /// The year, month and day as `YYYYMMDD`.
    var compactDate: String { padded(year, 4) + padded(month, 2) + padded(day, 2) }

    /// The time of day as `HHMMSS`.
    var compactTime: String {
        padded(secondOfDay / 3600, 2) + padded(secondOfDay / 60 % 60, 2) + padded(secondOfDay % 60, 2)
    }

    private func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

extension CivilTime {
    /// What the calendar and the clock show at a moment; nil outside the years 1 to 9999.
    init?(_ date: Date) {
        guard let seconds = Int(exactly: date.timeIntervalSince1970.rounded(.down)),
            (-62_135_596_800..<253_402_300_800).contains(seconds)
        else { return nil }
        let days = (seconds >= 0 ? seconds : seconds - 86_399) / 86_400
        let shifted = days + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
        secondOfDay = seconds - days * 86_400
    }

    /// The moment as `YYYY-MM-DD HH:MM:SS UTC`, as messages show it.
    var readable: String {
        let time = "\(padded(secondOfDay / 3600, 2)):\(padded(secondOfDay / 60 % 60, 2)):\(padded(secondOfDay % 60, 2))"
        return "\(readableDay) \(time) UTC"
    }

    /// The day as `YYYY-MM-DD`.
    var readableDay: String { "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))" }
}
