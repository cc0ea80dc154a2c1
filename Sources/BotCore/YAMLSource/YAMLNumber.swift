/// Numbers and times as YAML 1.1 writes them.
///
/// The grammars are those of PyYAML, which kettle uses; they are narrower than those of
/// https://yaml.org/type/: `1e3`, `-.5` and `0o17` are text.
enum YAMLNumber {
    /// What a plain scalar that starts with a digit, a sign or a dot is.
    static func resolve(_ text: String) -> YAMLScalar.Value {
        let bytes = Array(text.utf8)
        return wholeNumber(bytes) ?? float(bytes) ?? (isTimestamp(bytes) ? .timestamp : .string)
    }

    // MARK: - Whole numbers

    private static func wholeNumber(_ bytes: [UInt8]) -> YAMLScalar.Value? {
        var rest = NumberReader(bytes)
        let isNegative = rest.takeSign() == UInt8(ascii: "-")
        var number = Magnitude()
        if rest.take("0b") {
            number.append(rest.takeDigits(radix: 2), radix: 2)
        } else if rest.take("0x") {
            number.append(rest.takeDigits(radix: 16), radix: 16)
        } else if rest.take("0") {
            number.append([0] + rest.takeDigits(radix: 8), radix: 8)
        } else if rest.isAtDigit {
            number.append(rest.takeDigits(radix: 10), radix: 10)
            while let part = rest.takeSexagesimalPart() { number.append([part], radix: 60) }
        }
        guard rest.isAtEnd, let value = number.value(isNegative: isNegative) else { return nil }
        return value
    }

    /// A whole number without sign, and what a Double makes of it where it grows beyond 64 bits.
    private struct Magnitude {
        private var exact: UInt64? = 0
        private var rounded = 0.0
        private var isEmpty = true

        mutating func append(_ digits: [UInt8], radix: UInt64) {
            for digit in digits {
                isEmpty = false
                rounded = rounded * Double(radix) + Double(digit)
                guard let smaller = exact else { continue }
                let (product, overflowed) = smaller.multipliedReportingOverflow(by: radix)
                let (sum, overflowedAgain) = product.addingReportingOverflow(UInt64(digit))
                exact = overflowed || overflowedAgain ? nil : sum
            }
            if exact == nil, radix == 10 {
                // Rounded once, and not with each digit.
                let text = String(decoding: digits.map { $0 + UInt8(ascii: "0") }, as: UTF8.self)
                rounded = Double(text) ?? rounded
            }
        }

        /// The number; nil where it has no digits.
        func value(isNegative: Bool) -> YAMLScalar.Value? {
            if isEmpty { return nil }
            if let exact, let whole = Int64(exactly: exact) { return .int(isNegative ? -whole : whole) }
            if exact == Int64.min.magnitude, isNegative { return .int(.min) }
            let nearest = exact.map { Double($0) } ?? rounded
            return .float(isNegative ? -nearest : nearest)
        }
    }

    // MARK: - Floats

    private static func float(_ bytes: [UInt8]) -> YAMLScalar.Value? {
        var rest = NumberReader(bytes)
        let sign = rest.takeSign()
        let isNegative = sign == UInt8(ascii: "-")
        if rest.isLast(of: [".inf", ".Inf", ".INF"]) { return .float(isNegative ? -Double.infinity : .infinity) }
        if sign == nil, rest.isLast(of: [".nan", ".NaN", ".NAN"]) { return .float(.nan) }
        var sixties: [Double] = []
        var digits = ""
        if rest.isAtDigit {
            digits = rest.takeDecimals()
            while let part = rest.takeSexagesimalPart() {
                sixties.append(Double(digits) ?? 0)
                digits = String(part)
            }
            guard rest.take(".") else { return nil }
        } else {
            guard sign == nil, rest.take("."), rest.isAtDigit else { return nil }
        }
        // The zeros give `.5` and `5.` a digit on both sides of the dot.
        digits = "0\(digits).\(rest.takeDecimals())0"
        if sixties.isEmpty { digits += rest.takeExponent() }
        guard rest.isAtEnd, var number = Double(digits) else { return nil }
        var unit = 1.0
        for part in sixties.reversed() {
            unit *= 60
            number += part * unit
        }
        return .float(isNegative ? -number : number)
    }

    // MARK: - Times

    /// `2001-12-14`, or `2001-12-14t21:59:43.10-05:00` and its like.
    private static func isTimestamp(_ bytes: [UInt8]) -> Bool {
        var rest = NumberReader(bytes)
        guard rest.takeDigits(4...4), rest.take("-") else { return false }
        var date = rest
        if date.takeDigits(2...2), date.take("-"), date.takeDigits(2...2), date.isAtEnd { return true }
        guard rest.takeDigits(1...2), rest.take("-"), rest.takeDigits(1...2) else { return false }
        guard rest.take("T") || rest.take("t") || rest.takeBlanks() else { return false }
        guard rest.takeDigits(1...2), rest.take(":"), rest.takeDigits(2...2), rest.take(":"), rest.takeDigits(2...2)
        else { return false }
        if rest.take(".") { _ = rest.takeDigits(0...Int.max) }
        if rest.isAtEnd { return true }
        _ = rest.takeBlanks()
        if rest.take("Z") { return rest.isAtEnd }
        guard rest.takeSign() != nil, rest.takeDigits(1...2) else { return false }
        if rest.take(":") { guard rest.takeDigits(2...2) else { return false } }
        return rest.isAtEnd
    }
}
