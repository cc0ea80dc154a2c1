public import struct Foundation.Date

/// `timestamp` values: what they mean when they are seconds, and what unit they are in when they are not.
public enum EpochSeconds {
    /// Test results are not older than the project: 2014-01-01.
    public static let earliest = Date(timeIntervalSince1970: 1_388_534_400)

    /// A timestamp read as seconds since 1970.
    ///
    /// - Parameter timestamp: The number as written.
    /// - Returns: The time, or nil before 2014 or after 2099, which no results can come from.
    public static func plausibleDate(_ timestamp: Int64) -> Date? {
        guard (1_388_534_400...4_102_444_799).contains(timestamp) else { return nil }
        return Date(timeIntervalSince1970: Double(timestamp))
    }

    /// The unit that makes a timestamp plausible, such as `milliseconds`; nil where none does.
    ///
    /// - Parameter timestamp: The number as written.
    /// - Returns: The unit's name.
    public static func likelyUnit(of timestamp: Int64) -> String? {
        if plausibleDate(timestamp) != nil { return "seconds" }
        if plausibleDate(timestamp / 1000) != nil { return "milliseconds" }
        if plausibleDate(timestamp / 1_000_000) != nil { return "microseconds" }
        if plausibleDate(timestamp / 1_000_000_000) != nil { return "nanoseconds" }
        return nil
    }
}
