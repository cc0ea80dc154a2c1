/// Numbers and times as YAML 1.1 writes them.
///
/// Source: https://yaml.org/type/int.html, float.html and timestamp.html.
enum YAMLNumber {
    /// What a plain scalar that starts like a number is.
    static func resolve(_ text: String) -> YAMLScalar.Value {
        // Longer than any number or time that means something; keeps the work on hostile text small.
        guard text.utf8.count <= 64 else { return .string }
        if isTimestamp(text) { return .timestamp }
        var digits = text.filter { $0 != "_" }
        var isNegative = false
        if let sign = digits.first, sign == "-" || sign == "+" {
            isNegative = sign == "-"
            digits.removeFirst()
        }
        guard text.contains(where: \.isNumber) || digits.hasPrefix(".") else { return .string }
        if let magnitude = wholeNumber(digits) {
            guard let magnitude else { return .float(isNegative ? -Double.infinity : .infinity) }
            return .int(isNegative ? 0 &- magnitude : magnitude)
        }
        return float(digits, isNegative: isNegative)
    }

    /// A whole number without sign: nil where the text is none, a nil inside where it does not fit 64 bits.
    private static func wholeNumber(_ digits: String) -> Int64?? {
        func number(_ text: Substring, radix: Int) -> Int64?? {
            guard !text.isEmpty, text.allSatisfy({ isDigit($0, radix: radix) }) else { return nil }
            return .some(Int64(text, radix: radix))
        }
        if digits == "0" { return 0 }
        if digits.hasPrefix("0b") { return number(digits.dropFirst(2), radix: 2) }
        if digits.hasPrefix("0x") { return number(digits.dropFirst(2), radix: 16) }
        if digits.contains(":") { return sexagesimal(digits) }
        if digits.hasPrefix("0") { return number(digits.dropFirst(), radix: 8) }
        return number(digits[...], radix: 10)
    }

    /// `190:20:30` is 685230: PyYAML reads times of day in plain scalars so.
    private static func sexagesimal(_ digits: String) -> Int64?? {
        let parts = digits.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy { isDigit($0, radix: 10) } }),
            parts.dropFirst().allSatisfy({ $0.count <= 2 }), parts.first?.first != "0"
        else { return nil }
        var sum: Int64 = 0
        for part in parts {
            guard let part = Int64(part) else { return .some(nil) }
            let (product, overflowed) = sum.multipliedReportingOverflow(by: 60)
            let (next, overflowedAgain) = product.addingReportingOverflow(part)
            if overflowed || overflowedAgain { return .some(nil) }
            sum = next
        }
        return sum
    }

    private static func float(_ digits: String, isNegative: Bool) -> YAMLScalar.Value {
        switch digits {
        case ".inf", ".Inf", ".INF": return .float(isNegative ? -Double.infinity : .infinity)
        case ".nan", ".NaN", ".NAN": return .float(.nan)
        default: break
        }
        // YAML 1.1 wants a dot in every float, and a sign in every exponent.
        guard digits.contains("."), digits.allSatisfy({ isDigit($0, radix: 10) || ".eE+-".contains($0) }),
            let number = Double(digits)
        else { return .string }
        return .float(isNegative ? -number : number)
    }

    private static func isDigit(_ character: Character, radix: Int) -> Bool {
        guard let byte = character.asciiValue else { return false }
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return Int(byte - UInt8(ascii: "0")) < radix
        case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): return radix == 16
        default: return false
        }
    }

    /// `2001-12-14` or `2001-12-14t21:59:43.10-05:00`: four digits, a dash, and only what a time is made of.
    private static func isTimestamp(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 8, bytes.prefix(4).allSatisfy({ (48...57).contains($0) }), bytes[4] == UInt8(ascii: "-")
        else { return false }
        let allowed = Array("0123456789-:.+Tt Zz".utf8)
        return bytes.allSatisfy { allowed.contains($0) } && bytes.filter { $0 == UInt8(ascii: "-") }.count >= 2
    }
}
