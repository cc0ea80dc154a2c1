public import Foundation

extension Date {
    /// The time in UTC to the second, as in `2026-08-22T06:00:00Z`; fractions are cut.
    public var rfc3339: String { formatted(.iso8601) }
}
