/// A time relative to now, as example worlds write it so that they do not grow old.
///
/// Shape: `now`, then any number of steps `+` or `-`, a number and a unit (`s`, `m`, `h`, `d`), then at most one form
/// after a dot: `now-3d`, `now-1d4h.snowflake`, `now+2d.seconds`. In a name or a text it stands in `{{` and `}}`.
struct TimePlaceholder: Hashable {
    /// How a time is written.
    enum Form: String, CaseIterable {
        /// RFC 3339 with milliseconds.
        case time
        /// The day: `2026-08-22`.
        case date
        /// Seconds since 1970.
        case seconds
        /// Milliseconds since 1970.
        case milliseconds
        /// The build id that Prow gives at that time.
        case snowflake
    }

    private static let opening = Array("{{now".utf8)
    private static let closing = Array("}}".utf8)
    private static let millisecondsOfUnits: [Character: Int64] = [
        "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000,
    ]

    /// From now to the time, in milliseconds.
    let offsetMilliseconds: Int64
    /// How it is written.
    let form: Form

    /// Reads what stands between the braces; nil for what is no time.
    init?(_ text: String) {
        guard text.hasPrefix("now") else { return nil }
        let parts = text.dropFirst("now".count).split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard let steps = parts.first, let offset = Self.offset(steps) else { return nil }
        guard let form = parts.count == 1 ? Form.time : Form(rawValue: String(parts[1])) else { return nil }
        offsetMilliseconds = offset
        self.form = form
    }

    /// The time that it stands for.
    func time(from now: Timestamp) -> Timestamp { Timestamp(milliseconds: now.milliseconds &+ offsetMilliseconds) }

    /// The text that it stands for.
    func text(from now: Timestamp) -> String {
        let time = time(from: now)
        return switch form {
        case .time: time.text
        case .date: time.day
        case .seconds: String(time.seconds)
        case .milliseconds: String(time.milliseconds)
        case .snowflake: String(time.snowflake)
        }
    }

    /// A text in which every `{{now…}}` has its value; other braces stay.
    ///
    /// - Parameters:
    ///   - text: UTF-8 or any other bytes.
    ///   - now: What the times count from.
    /// - Returns: The text, and the time of the last placeholder; nil where there was none.
    /// - Throws: `WorldFolderError.placeholder` naming the first that is no time.
    static func fill(
        _ text: [UInt8], now: Timestamp
    ) throws(WorldFolderError) -> (text: [UInt8], lastTime: Timestamp?) {
        var filled: [UInt8] = []
        var lastTime: Timestamp?
        var index = 0
        while index < text.count {
            guard text[index] == opening[0], text[index...].starts(with: opening) else {
                filled.append(text[index])
                index += 1
                continue
            }
            let inside = text[(index + 2)...].prefix { $0 != closing[0] && $0 != UInt8(ascii: "\n") }
            let written = String(decoding: inside, as: UTF8.self)
            guard text[inside.endIndex...].starts(with: closing), let placeholder = TimePlaceholder(written) else {
                throw .placeholder(written)
            }
            filled += placeholder.text(from: now).utf8
            lastTime = placeholder.time(from: now)
            index = inside.endIndex + closing.count
        }
        return (filled, lastTime)
    }

    private static func offset(_ steps: Substring) -> Int64? {
        var offset: Int64 = 0
        var sign: Int64 = 0
        var rest = steps
        while let first = rest.first {
            if first == "+" || first == "-" {
                sign = first == "+" ? 1 : -1
                rest = rest.dropFirst()
            }
            let digits = rest.prefix { ("0"..."9").contains($0) }
            // Nine digits of days still fit into 63 bits of milliseconds.
            guard sign != 0, !digits.isEmpty, digits.count <= 9, let number = Int64(digits) else { return nil }
            rest = rest.dropFirst(digits.count)
            guard let unit = rest.popFirst().flatMap({ millisecondsOfUnits[$0] }) else { return nil }
            let (sum, overflow) = offset.addingReportingOverflow(sign * number * unit)
            if overflow { return nil }
            offset = sum
        }
        return offset
    }
}
