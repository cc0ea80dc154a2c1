/// One value as it is written, and what YAML 1.1 makes of it.
public struct YAMLScalar: Hashable, Sendable {
    /// How a scalar is written.
    public enum Style: Hashable, Sendable {
        case plain, singleQuoted, doubleQuoted, literal, folded
    }

    /// A scalar's meaning.
    public enum Value: Hashable, Sendable {
        /// Nothing, `~` or `null`.
        case null
        /// `true`, `yes`, `on` and their opposites.
        case bool(Bool)
        /// A whole number that fits 64 bits: decimal, octal (`017`), hexadecimal, binary or base 60.
        case int(Int64)
        /// A number that is not whole, or a whole one that does not fit; not finite for `.inf` and `.nan`.
        case float(Double)
        /// A date or time, which PyYAML does not leave as text.
        case timestamp
        /// Anything else.
        case string
    }

    /// The text with quotes and folding resolved.
    public let text: String
    /// How it is written.
    public let style: Style

    /// What a YAML 1.1 loader reads; quoted scalars are always strings.
    ///
    /// Source: https://yaml.org/type/ and PyYAML's resolver, which kettle uses.
    public var value: Value {
        guard style == .plain else { return .string }
        return Self.resolve(text)
    }

    /// What a YAML 1.1 loader reads in plain text.
    static func resolve(_ text: String) -> Value {
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return YAMLNumber.resolve(text)
        default:
            return text.utf8.count <= 5 ? word(text) : .string
        }
    }

    /// One of the words that are not text; no other spelling of them counts, and neither do `y` and `n`.
    private static func word(_ text: String) -> Value {
        switch text {
        case "~", "null", "Null", "NULL": .null
        case "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": .bool(true)
        case "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": .bool(false)
        default: .string
        }
    }
}
