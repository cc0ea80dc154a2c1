/// Why bytes are not JSON.
public struct JSONProblem: Error, Hashable, Sendable {
    /// The byte at which it shows, from 0.
    public let offset: Int
}

/// Reads JSON, bounded in depth.
///
/// Source: RFC 8259.
struct JSONReader {
    private static let depthLimit = 200

    private let bytes: [UInt8]
    private var offset = 0

    /// A reader at the start of a text.
    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads the one value of the text.
    mutating func document() throws(JSONProblem) -> JSON {
        let value = try value(depth: 0)
        skipBlanks()
        guard offset == bytes.count else { throw problem }
        return value
    }

    private var problem: JSONProblem { JSONProblem(offset: offset) }
    private var next: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private mutating func skipBlanks() {
        while let byte = next, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { offset += 1 }
    }

    private mutating func take(_ byte: UInt8) throws(JSONProblem) {
        guard next == byte else { throw problem }
        offset += 1
    }

    private mutating func takes(_ byte: UInt8) -> Bool {
        skipBlanks()
        guard next == byte else { return false }
        offset += 1
        return true
    }

    private mutating func value(depth: Int) throws(JSONProblem) -> JSON {
        guard depth < Self.depthLimit else { throw problem }
        skipBlanks()
        switch next {
        case UInt8(ascii: "{"): return try object(depth: depth)
        case UInt8(ascii: "["): return try array(depth: depth)
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return try number()
        }
    }

    private mutating func word(_ text: String, _ value: JSON) throws(JSONProblem) -> JSON {
        guard bytes[offset...].starts(with: text.utf8) else { throw problem }
        offset += text.utf8.count
        return value
    }

    private mutating func object(depth: Int) throws(JSONProblem) -> JSON {
        offset += 1
        var members: [String: JSON] = [:]
        if takes(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipBlanks()
            let key = try string()
            skipBlanks()
            try take(UInt8(ascii: ":"))
            members[key] = try value(depth: depth + 1)
        } while takes(UInt8(ascii: ","))
        try take(UInt8(ascii: "}"))
        return .object(members)
    }

    private mutating func array(depth: Int) throws(JSONProblem) -> JSON {
        offset += 1
        var elements: [JSON] = []
        if takes(UInt8(ascii: "]")) { return .array(elements) }
        repeat { elements.append(try value(depth: depth + 1)) } while takes(UInt8(ascii: ","))
        try take(UInt8(ascii: "]"))
        return .array(elements)
    }

    private mutating func number() throws(JSONProblem) -> JSON {
        let start = offset
        while let byte = next, (0x30...0x39).contains(byte) || "+-.eE".utf8.contains(byte) { offset += 1 }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if let whole = Int(text) { return .int(whole) }
        guard let number = Double(text) else { throw problem }
        return .double(number)
    }

    private mutating func string() throws(JSONProblem) -> String {
        try take(UInt8(ascii: "\""))
        var text: [UInt8] = []
        while let byte = next {
            offset += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): text += try escape()
            case 0..<0x20: throw problem
            default: text.append(byte)
            }
        }
        throw problem
    }

    private mutating func escape() throws(JSONProblem) -> [UInt8] {
        guard let byte = next else { throw problem }
        offset += 1
        switch byte {
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "u"): return Array(String(Character(try scalar())).utf8)
        default: throw problem
        }
    }

    /// One character of `\uXXXX`, or of two that are a pair; half a pair is replaced.
    private mutating func scalar() throws(JSONProblem) -> Unicode.Scalar {
        let first = try unit()
        if (0xD800...0xDBFF).contains(first), bytes[offset...].starts(with: #"\u"#.utf8) {
            offset += 2
            let second = try unit()
            if (0xDC00...0xDFFF).contains(second) {
                return Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) ?? "\u{FFFD}"
            }
        }
        return Unicode.Scalar(first) ?? "\u{FFFD}"
    }

    private mutating func unit() throws(JSONProblem) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = next, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { throw problem }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }
}
