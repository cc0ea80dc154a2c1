/// A JSON value with its numbers as they were written.
///
/// Foundation's readers turn `1.0` into the integer 1; Go, and so TestGrid, refuses it. So numbers stay text here.
enum JSONValue: Hashable {
    case null
    case boolean(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([JSONMember])

    /// The members of an object; nil for anything else.
    var members: [JSONMember]? {
        if case .object(let members) = self { members } else { nil }
    }

    /// The value as a message shows it, cut short where it is long.
    var summary: String {
        switch self {
        case .null: "null"
        case .boolean(let value): "\(value)"
        case .number(let text): "the number \(text.prefix(40))"
        case .string(let text): "the text \"\(text.prefix(40))\""
        case .array: "a list"
        case .object: "an object"
        }
    }
}

/// One `"key": value` of an object.
struct JSONMember: Hashable {
    let key: String
    let value: JSONValue
}

/// Why bytes are not JSON.
struct JSONError: Error, Hashable {
    /// The byte, from 0.
    let offset: Int
    /// What is wrong there.
    let problem: String
    /// Whether there was nothing but white space.
    var isEmptyInput = false
}

/// Reads JSON from outside: strict as Go is, and bounded in depth, so that no input can exhaust the stack.
///
/// Source: https://www.rfc-editor.org/rfc/rfc8259.
struct JSONText {
    /// Objects and lists inside each other that are read; real files have a handful.
    static let depthLimit = 200

    let bytes: [UInt8]
    /// Where reading goes on.
    var position = 0

    /// Reads the first value and ignores what follows it, as Go's stream decoder does.
    static func firstValue(in bytes: [UInt8]) -> Result<JSONValue, JSONError> {
        var text = JSONText(bytes: bytes)
        text.skipWhiteSpace()
        guard text.position < bytes.count else {
            return .failure(JSONError(offset: 0, problem: "nothing is there", isEmptyInput: true))
        }
        do {
            return .success(try text.value(depth: 0))
        } catch {
            return .failure(error)
        }
    }

    /// Reads on from a place.
    init(bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    /// The next byte; nil at the end.
    var current: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// What is wrong where reading stands.
    func problem(_ text: String) -> JSONError {
        JSONError(offset: position, problem: position < bytes.count ? text : "the end comes too early")
    }

    /// Passes over white space.
    mutating func skipWhiteSpace() {
        while let byte = current, byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 { position += 1 }
    }

    /// Passes over a byte, if it is the next.
    mutating func take(_ byte: UInt8) -> Bool {
        guard current == byte else { return false }
        position += 1
        return true
    }

    /// Reads a value.
    mutating func value(depth: Int) throws(JSONError) -> JSONValue {
        guard depth <= Self.depthLimit else { throw problem("more than \(Self.depthLimit) levels are nested") }
        skipWhiteSpace()
        switch current {
        case UInt8(ascii: "{"): return .object(try members(depth: depth))
        case UInt8(ascii: "["): return .array(try elements(depth: depth))
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .boolean(true))
        case UInt8(ascii: "f"): return try word("false", .boolean(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func word(_ word: String, _ value: JSONValue) throws(JSONError) -> JSONValue {
        try skipWord(word)
        return value
    }

    /// Passes over a word.
    mutating func skipWord(_ word: String) throws(JSONError) {
        for byte in word.utf8 {
            guard take(byte) else { throw problem("\"\(word)\" is expected") }
        }
    }

    private mutating func members(depth: Int) throws(JSONError) -> [JSONMember] {
        var members: [JSONMember] = []
        position += 1
        skipWhiteSpace()
        if take(UInt8(ascii: "}")) { return members }
        while true {
            skipWhiteSpace()
            guard current == UInt8(ascii: "\"") else { throw problem("a key in double quotes is expected") }
            let key = try string()
            skipWhiteSpace()
            guard take(UInt8(ascii: ":")) else { throw problem("a colon is expected") }
            members.append(JSONMember(key: key, value: try value(depth: depth + 1)))
            skipWhiteSpace()
            if take(UInt8(ascii: "}")) { return members }
            guard take(UInt8(ascii: ",")) else { throw problem("a comma or a closing brace is expected") }
        }
    }

    private mutating func elements(depth: Int) throws(JSONError) -> [JSONValue] {
        var elements: [JSONValue] = []
        position += 1
        skipWhiteSpace()
        if take(UInt8(ascii: "]")) { return elements }
        while true {
            elements.append(try value(depth: depth + 1))
            skipWhiteSpace()
            if take(UInt8(ascii: "]")) { return elements }
            guard take(UInt8(ascii: ",")) else { throw problem("a comma or a closing bracket is expected") }
        }
    }

    private mutating func number() throws(JSONError) -> String {
        let start = position
        try skipNumber()
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    /// Passes over a number.
    mutating func skipNumber() throws(JSONError) {
        _ = take(UInt8(ascii: "-"))
        if !take(UInt8(ascii: "0")) { try digits() }
        if take(UInt8(ascii: ".")) { try digits() }
        if take(UInt8(ascii: "e")) || take(UInt8(ascii: "E")) {
            if !take(UInt8(ascii: "+")) { _ = take(UInt8(ascii: "-")) }
            try digits()
        }
    }

    private mutating func digits() throws(JSONError) {
        let start = position
        while let byte = current, byte >= 0x30, byte <= 0x39 { position += 1 }
        if position == start { throw problem("a value is expected") }
    }

    /// Reads a text from its quote on.
    mutating func string() throws(JSONError) -> String {
        position += 1
        let start = position
        position = endOfPlainText(from: start)
        let plain = bytes[start..<position]
        // Nearly every text ends without an escape, and is then taken as it lies there.
        if take(UInt8(ascii: "\"")) { return String(decoding: plain, as: UTF8.self) }
        var text = Array(plain)
        while let byte = current {
            position += 1
            switch byte {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try escape(into: &text)
            case 0..<0x20:
                position -= 1
                throw problem("a control character stands in a text")
            default: text.append(byte)
            }
        }
        throw problem("a text has no end")
    }

    /// Where a quote, an escape or a control character stands, or the text ends.
    func endOfPlainText(from start: Int) -> Int {
        bytes.withUnsafeBytes { bytes in
            var end = start
            // Eight bytes at once, since most of a payload is plain text that nobody asks for.
            while bytes.count - end >= 8 {
                let word = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: end, as: UInt64.self))
                let ends = Self.ends(in: word)
                if ends != 0 { return end + ends.trailingZeroBitCount / 8 }
                end += 8
            }
            while end < bytes.count, bytes[end] >= 0x20, bytes[end] != UInt8(ascii: "\""),
                bytes[end] != UInt8(ascii: "\\")
            {
                end += 1
            }
            return end
        }
    }

    /// Which of eight bytes are a quote, a backslash or below 0x20: the highest bit of the lowest such byte is the lowest
    /// that is set.
    ///
    /// Taking 1 (or 0x20) from each byte sets the highest bit of those that were 0 (or less than 0x20) and had it clear,
    /// and perhaps of some above them, from which was borrowed.
    /// Source: https://graphics.stanford.edu/~seander/bithacks.html#ZeroInWord.
    private static func ends(in word: UInt64) -> UInt64 {
        let each: UInt64 = 0x0101_0101_0101_0101
        let quote = word ^ (each &* 0x22)
        let backslash = word ^ (each &* 0x5C)
        let found =
            (word &- each &* 0x20) & ~word | (quote &- each) & ~quote | (backslash &- each) & ~backslash
        return found & (each &* 0x80)
    }

    /// Reads an escape behind its backslash.
    mutating func escape(into text: inout [UInt8]) throws(JSONError) {
        let plain: [UInt8: UInt8] = [
            UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 0x08,
            UInt8(ascii: "f"): 0x0C, UInt8(ascii: "n"): 0x0A, UInt8(ascii: "r"): 0x0D, UInt8(ascii: "t"): 0x09,
        ]
        guard let byte = current else { throw problem("a text has no end") }
        position += 1
        if let meant = plain[byte] {
            text.append(meant)
        } else if byte == UInt8(ascii: "u") {
            text.append(contentsOf: String(try escapedScalar()).utf8)
        } else {
            position -= 1
            throw problem("there is no such escape")
        }
    }

    /// The character of `\uXXXX`, or of two of them; half a pair becomes the replacement character, as in Go.
    private mutating func escapedScalar() throws(JSONError) -> Character {
        let first = try hexUnit()
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        let start = position
        if first < 0xDC00, take(UInt8(ascii: "\\")), take(UInt8(ascii: "u")) {
            let second = try hexUnit()
            if (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00))
            {
                return Character(scalar)
            }
        }
        position = start
        return "\u{FFFD}"
    }

    private mutating func hexUnit() throws(JSONError) -> UInt32 {
        var unit: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = current, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
                throw problem("four hexadecimal digits are expected")
            }
            unit = unit << 4 | UInt32(digit)
            position += 1
        }
        return unit
    }
}
