/// Escapes and character sets.
extension PythonRegexParser {
    /// What stands behind a backslash outside of a set.
    mutating func escape(from start: Int) throws(PythonRegex.Problem) -> Item {
        guard let next = take() else { throw problem("bad escape (end of pattern)", at: start) }
        switch next {
        case "A", "b", "B", "Z": return .place
        case "d", "D", "s", "S", "w", "W", "a", "f", "n", "r", "t", "v", "\\": return .repeatable(.one)
        case "0":
            _ = take(atMost: 2, where: Self.isOctal)
            return .repeatable(.one)
        case "1"..."9": return try .repeatable(groupReference(first: next, from: start))
        default:
            _ = try namedCharacter(next, from: start)
            return .repeatable(.one)
        }
    }

    /// `\12`: a character by three octal digits, else a group by its number.
    private mutating func groupReference(
        first: Unicode.Scalar, from start: Int
    ) throws(PythonRegex.Problem) -> PythonRegexWidth {
        var digits = String(first)
        if let second = next, Self.isDigit(second) {
            position += 1
            digits.unicodeScalars.append(second)
            if Self.isOctal(first), Self.isOctal(second), let third = next, Self.isOctal(third) {
                position += 1
                digits.unicodeScalars.append(third)
                guard let code = Int(digits, radix: 8), code <= 0o377 else {
                    throw problem("octal escape value \\\(digits) outside of range 0-0o377", at: start)
                }
                return .one
            }
        }
        guard let number = Int(digits), number <= groups.count else {
            throw problem("invalid group reference \(digits)", at: start + 1)
        }
        return try width(ofGroup: number, at: start)
    }

    /// The code of an escape that means one character: `\x41`, `\u0041`, `\U00000041`, `\N{NAME}`, `\.`.
    ///
    /// - Returns: The code point; nil for a character by its name, which is not looked up.
    private mutating func namedCharacter(
        _ letter: Unicode.Scalar, from start: Int
    ) throws(PythonRegex.Problem) -> UInt32? {
        switch letter {
        case "x": return try hexadecimal(digits: 2, from: start)
        case "u": return try hexadecimal(digits: 4, from: start)
        case "U": return try hexadecimal(digits: 8, from: start)
        case "N":
            guard take("{") else { throw problem("missing {", at: position) }
            let name = take(atMost: .max) { $0 != "}" }
            guard !name.isEmpty else { throw problem("missing character name", at: position) }
            guard take("}") else { throw problem("missing }, unterminated name", at: position) }
            return nil
        default:
            if Self.isLetter(letter) { throw problem("bad escape \\\(letter)", at: start) }
            return letter.value
        }
    }

    private mutating func hexadecimal(digits: Int, from start: Int) throws(PythonRegex.Problem) -> UInt32 {
        let text = take(atMost: digits, where: Self.isHex)
        guard text.utf8.count == digits, let code = UInt32(text, radix: 16) else {
            throw problem("incomplete escape", at: start)
        }
        guard code <= 0x10FFFF else { throw problem("bad escape", at: start) }
        return code
    }

    // MARK: - Sets

    /// `[...]`, behind its opening bracket.
    mutating func characterClass(from start: Int) throws(PythonRegex.Problem) -> Item {
        _ = take("^")
        var isEmpty = true
        while true {
            let rangeStart = position
            guard let first = take() else { throw problem("unterminated character set", at: start) }
            if first == "]", !isEmpty { return .repeatable(.one) }
            isEmpty = false
            let low = try setMember(first, from: rangeStart)
            guard take("-") else { continue }
            let highStart = position
            guard let second = take() else { throw problem("unterminated character set", at: start) }
            if second == "]" { return .repeatable(.one) }
            let high = try setMember(second, from: highStart)
            // A class such as \d has no place in a range; of a character by its name nothing is known.
            guard case .code(let low) = low, case .code(let high) = high else {
                if low == .unknown || high == .unknown { continue }
                throw problem("bad character range", at: rangeStart)
            }
            if high < low { throw problem("bad character range", at: rangeStart) }
        }
    }

    /// A member of a set.
    private enum SetMember: Equatable {
        case code(UInt32)
        case manyCharacters
        case unknown
    }

    private mutating func setMember(
        _ scalar: Unicode.Scalar, from start: Int
    ) throws(PythonRegex.Problem) -> SetMember {
        guard scalar == "\\" else { return .code(scalar.value) }
        guard let next = take() else { throw problem("bad escape (end of pattern)", at: start) }
        let controls: [Unicode.Scalar: UInt32] = ["a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11, "\\": 92]
        if let code = controls[next] { return .code(code) }
        switch next {
        case "d", "D", "s", "S", "w", "W": return .manyCharacters
        case "0"..."7":
            let digits = String(next) + take(atMost: 2, where: Self.isOctal)
            guard let code = UInt32(digits, radix: 8), code <= 0o377 else {
                throw problem("octal escape value \\\(digits) outside of range 0-0o377", at: start)
            }
            return .code(code)
        case "8", "9": throw problem("bad escape \\\(next)", at: start)
        default: return try namedCharacter(next, from: start).map(SetMember.code) ?? .unknown
        }
    }
}
