public import struct Foundation.Date

extension BuildID {
    /// Twitter's epoch in milliseconds since 1970, from which snowflakes count.
    static let snowflakeEpochMilliseconds: UInt64 = 1_288_834_974_657

    /// Ten digits that are taken for seconds since 1970: 2014-01-01 to 2099-12-31; others count builds.
    static let unixRange: ClosedRange<UInt64> = 1_388_534_400...4_102_444_799

    /// The least build id of a form that is not older than a time, as a name to start a listing at.
    ///
    /// - Parameters:
    ///   - time: Builds named at this time or later are listed.
    ///   - form: One of the forms that hold a time.
    /// - Returns: The name, or nil where names of this form do not sort as times do, or the time is out of its range.
    public static func firstName(notBefore time: Date, form: BuildIDForm) -> String? {
        switch form {
        case .snowflake:
            guard let milliseconds = Int64(exactly: (time.timeIntervalSince1970 * 1000).rounded(.down)),
                let sinceEpoch = UInt64(exactly: milliseconds - min(milliseconds, Int64(snowflakeEpochMilliseconds))),
                sinceEpoch <= UInt64(Int64.max) >> 22
            else { return nil }
            // Shorter numbers than 19 digits would not sort before the longer ones.
            return String(max(sinceEpoch << 22, 1_000_000_000_000_000_000))
        case .unixSeconds:
            guard let seconds = UInt64(exactly: time.timeIntervalSince1970.rounded(.down)) else { return nil }
            return unixRange.contains(seconds) ? String(seconds) : nil
        case .bootstrap:
            return CivilTime(time).map { "\($0.compactDate)-\($0.compactTime)" }
        case .sequential, .free:
            return nil
        }
    }

    /// When a build of a numeric form was named.
    ///
    /// - Parameters:
    ///   - number: The id.
    ///   - form: Its form.
    /// - Returns: The time, or nil for forms that hold none.
    static func time(of number: UInt64, form: BuildIDForm) -> Date? {
        switch form {
        case .snowflake:
            Date(timeIntervalSince1970: Double((number >> 22) + snowflakeEpochMilliseconds) / 1000)
        case .unixSeconds: Date(timeIntervalSince1970: Double(number))
        case .sequential, .bootstrap, .free: nil
        }
    }

    /// When a build of the form `YYYYMMDD-HHMMSS-HEX-PID` was named; nil for another shape or an impossible date.
    static func bootstrapTime(in text: String) -> Date? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0].utf8.count == 8, parts[1].utf8.count == 6, !parts[2].isEmpty,
            let date = number(in: parts[0]), let time = number(in: parts[1]), number(in: parts[3]) != nil,
            parts[2].allSatisfy({ $0.isASCII && $0.isHexDigit })
        else { return nil }
        let civil = CivilTime(
            year: Int(date / 10_000), month: Int(date / 100 % 100), day: Int(date % 100),
            secondOfDay: Int(time / 10_000 * 3600 + time / 100 % 100 * 60 + time % 100))
        guard time / 10_000 < 24, time / 100 % 100 < 60, time % 100 < 61 else { return nil }
        return civil.date
    }
}
