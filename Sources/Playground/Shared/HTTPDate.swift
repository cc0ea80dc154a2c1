internal import struct Foundation.Date

/// The form of a time in HTTP's headers.
enum HTTPDate {
    private static let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// A time as `Date` has it: `Sun, 06 Nov 1994 08:49:37 GMT`.
    ///
    /// Source: RFC 9110, section 5.6.7.
    static func text(_ date: Date) -> String {
        let time = Timestamp(date)
        let dayNumber = Int(time.seconds / 86_400)  // Whole days since 1970-01-01, a Thursday.
        let text = time.text
        let parts = text.prefix(10).split(separator: "-")
        let month = parts.count == 3 ? Int(parts[1]).map { months[max(0, min(11, $0 - 1))] } : nil
        return "\(days[((dayNumber % 7) + 7) % 7]), \(parts.last ?? "") \(month ?? "") \(parts.first ?? "") "
            + "\(text.dropFirst(11).prefix(8)) GMT"
    }
}
