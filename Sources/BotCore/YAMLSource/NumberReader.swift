/// Reads the pieces of which YAML's numbers and times are made, from the front.
struct NumberReader {
    private let bytes: [UInt8]
    private var index = 0

    /// A reader at the start.
    init(_ bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

    /// Whether everything has been taken.
    var isAtEnd: Bool { index == bytes.count }

    /// Whether a decimal digit comes next.
    var isAtDigit: Bool { Self.value(of: next ?? 0) < 10 }

    /// Whether one of the words is all that is left.
    func isLast(of words: [StaticString]) -> Bool {
        words.contains { word in
            var rest = self
            return rest.take(word) && rest.isAtEnd
        }
    }

    /// Takes a word if it comes next.
    mutating func take(_ word: StaticString) -> Bool {
        word.withUTF8Buffer { word in
            guard bytes[index...].starts(with: word) else { return false }
            index += word.count
            return true
        }
    }

    /// Takes `+` or `-`.
    mutating func takeSign() -> UInt8? {
        guard let next, next == UInt8(ascii: "+") || next == UInt8(ascii: "-") else { return nil }
        index += 1
        return next
    }

    /// Takes spaces and tabs; false where there is none.
    mutating func takeBlanks() -> Bool {
        let start = index
        while next == UInt8(ascii: " ") || next == UInt8(ascii: "\t") { index += 1 }
        return index > start
    }

    /// Takes as many decimal digits as there are, up to a number; false where there are too few.
    mutating func takeDigits(_ count: ClosedRange<Int>) -> Bool {
        let start = index
        while isAtDigit, index - start < count.upperBound { index += 1 }
        return index - start >= count.lowerBound
    }

    /// Takes the digits, and the underscores between them, that come next; gives the digits' values.
    mutating func takeDigits(radix: UInt8) -> [UInt8] {
        var digits: [UInt8] = []
        while let byte = next {
            let value = Self.value(of: byte)
            if value < radix { digits.append(value) } else if byte != UInt8(ascii: "_") { break }
            index += 1
        }
        return digits
    }

    /// Takes decimal digits and underscores; gives the digits as text.
    mutating func takeDecimals() -> String {
        String(decoding: takeDigits(radix: 10).map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
    }

    /// Takes a colon and a number below 60 of one or two digits.
    mutating func takeSexagesimalPart() -> UInt8? {
        var rest = self
        guard rest.take(":"), rest.isAtDigit, let first = rest.next.map(Self.value) else { return nil }
        rest.index += 1
        var part = first
        if first < 6, rest.isAtDigit, let second = rest.next.map(Self.value) {
            part = first * 10 + second
            rest.index += 1
        }
        self = rest
        return part
    }

    /// Takes `e`, a sign and digits; gives them as text, or nothing.
    mutating func takeExponent() -> String {
        var rest = self
        guard rest.take("e") || rest.take("E"), rest.takeSign() != nil, rest.takeDigits(1...Int.max) else { return "" }
        let text = String(decoding: bytes[index..<rest.index], as: UTF8.self)
        self = rest
        return text
    }

    /// The value of a hexadecimal digit; 255 for any other byte.
    private static func value(of byte: UInt8) -> UInt8 {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: 255
        }
    }
}
