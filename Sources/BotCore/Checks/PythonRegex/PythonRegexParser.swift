/// Reads a pattern as Python's `re` does, for its faults alone.
struct PythonRegexParser {
    /// The pattern's characters; Python counts code points.
    let pattern: [Unicode.Scalar]
    /// The next character.
    var position = 0
    /// Levels of groups around the next character.
    var depth = 0
    /// The groups so far, from number 1; nil while one is open.
    var groups: [PythonRegexWidth?] = []
    /// The numbers of the named groups.
    var names: [String: Int] = [:]
    /// Groups that a `(?(N)...)` asks for, with where it does.
    var conditions: [(group: Int, offset: Int)] = []
    /// How many groups there were when the outermost look-behind began; nil outside of one.
    var groupsBeforeLookbehind: Int?
    /// Whether the pattern does something that is not read here: nothing is known of it then.
    var hasGivenUp = false

    /// Levels of groups that are read.
    static let depthLimit = 100

    /// What the last item was, as a repeat behind it needs to know.
    enum Item {
        /// None yet.
        case nothing
        /// A place, such as `^` or `\b`.
        case place
        /// Something with a repeat already.
        case repeated(PythonRegexWidth)
        /// Something that can be repeated.
        case repeatable(PythonRegexWidth)

        var width: PythonRegexWidth {
            switch self {
            case .nothing, .place: .zero
            case .repeated(let width), .repeatable(let width): width
            }
        }
    }

    /// A parser for one pattern.
    init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

    /// Reads the whole pattern.
    mutating func parse() throws(PythonRegex.Problem) {
        _ = try alternatives(isVerbose: false)
        guard position == pattern.count else { throw problem("unbalanced parenthesis", at: position) }
        for condition in conditions where condition.group > groups.count {
            throw problem("invalid group reference \(condition.group)", at: condition.offset)
        }
    }

    // MARK: - Characters

    /// The next character, which stays.
    var next: Unicode.Scalar? { position < pattern.count ? pattern[position] : nil }

    /// Takes the next character.
    mutating func take() -> Unicode.Scalar? {
        guard let next else { return nil }
        position += 1
        return next
    }

    /// Takes the next character if it is this one.
    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        position += 1
        return true
    }

    /// Takes what fits, at most so many characters.
    mutating func take(atMost limit: Int, where fits: (Unicode.Scalar) -> Bool) -> String {
        var taken = ""
        var count = 0
        while count < limit, let next, fits(next) {
            taken.unicodeScalars.append(next)
            position += 1
            count += 1
        }
        return taken
    }

    /// A fault.
    func problem(_ words: String, at offset: Int) -> PythonRegex.Problem {
        PythonRegex.Problem(words: words, offset: offset)
    }

    // MARK: - Sequences and repeats

    /// Sequences with `|` between them.
    mutating func alternatives(isVerbose: Bool) throws(PythonRegex.Problem) -> PythonRegexWidth {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.depthLimit else { throw giveUp() }
        var width = try sequence(isVerbose: isVerbose)
        while take("|") { width = try width | sequence(isVerbose: isVerbose) }
        return width
    }

    /// Items up to the next `|`, `)` or the end.
    mutating func sequence(isVerbose: Bool) throws(PythonRegex.Problem) -> PythonRegexWidth {
        var total = PythonRegexWidth.zero
        var last = Item.nothing
        while let next, next != "|", next != ")" {
            let start = position
            position += 1
            if isVerbose, try skipsAsVerbose(next) { continue }
            let item: Item?
            switch next {
            case "\\": item = try escape(from: start)
            case "[": item = try characterClass(from: start)
            case "(": item = try group(from: start, isVerbose: isVerbose)
            case "^", "$": item = .place
            case "*", "+", "?", "{":
                guard let times = try times(next, from: start) else {
                    item = .repeatable(.one)
                    break
                }
                last = try repeated(last, times, from: start)
                continue
            default: item = .repeatable(.one)
            }
            // A comment and a flag are no items: a repeat behind them is for what stands before.
            guard let item else { continue }
            total = total + last.width
            last = item
        }
        return total + last.width
    }

    /// How often a repeat asks for; nil for a `{` that is only a character.
    private mutating func times(
        _ sign: Unicode.Scalar, from start: Int
    ) throws(PythonRegex.Problem) -> PythonRegexWidth? {
        switch sign {
        case "*": return PythonRegexWidth(low: 0, high: PythonRegexWidth.unlimited)
        case "+": return PythonRegexWidth(low: 1, high: PythonRegexWidth.unlimited)
        case "?": return PythonRegexWidth(low: 0, high: 1)
        default: break
        }
        let behindBrace = position
        if next == "}" { return nil }
        let low = take(atMost: .max) { Self.isDigit($0) }
        let high = take(",") ? take(atMost: .max) { Self.isDigit($0) } : low
        guard take("}") else {
            position = behindBrace
            return nil
        }
        let times = PythonRegexWidth(
            low: try count(low, orElse: 0, from: start),
            high: try count(high, orElse: PythonRegexWidth.unlimited, from: start))
        if times.high < times.low { throw problem("min repeat greater than max repeat", at: start) }
        return times
    }

    private func count(
        _ digits: String, orElse other: UInt64, from start: Int
    ) throws(PythonRegex.Problem) -> UInt64 {
        if digits.isEmpty { return other }
        guard let count = UInt64(digits), count < PythonRegexWidth.unlimited else {
            throw problem("the repetition number is too large", at: start)
        }
        return count
    }

    private mutating func repeated(
        _ item: Item, _ times: PythonRegexWidth, from start: Int
    ) throws(PythonRegex.Problem) -> Item {
        switch item {
        case .nothing, .place: throw problem("nothing to repeat", at: start)
        case .repeated: throw problem("multiple repeat", at: start)
        case .repeatable(let width):
            // Lazy, or from Python 3.11 on possessive.
            if !take("?") { _ = take("+") }
            return .repeated(width.repeated(times))
        }
    }

    /// Whether a character means nothing under the flag `x`: white space, and a comment to the end of its line.
    private mutating func skipsAsVerbose(_ scalar: Unicode.Scalar) throws(PythonRegex.Problem) -> Bool {
        if scalar == "#" {
            while let next = take(), next != "\n" {
                if next == "\\", take() == nil { throw problem("bad escape (end of pattern)", at: position - 1) }
            }
            return true
        }
        return " \t\n\r\u{B}\u{C}".unicodeScalars.contains(scalar)
    }

    /// Stops reading without a verdict.
    mutating func giveUp() -> PythonRegex.Problem {
        hasGivenUp = true
        return problem("it is not read any further", at: position)
    }

    static func isDigit(_ scalar: Unicode.Scalar) -> Bool { ("0"..."9").contains(scalar) }
    static func isOctal(_ scalar: Unicode.Scalar) -> Bool { ("0"..."7").contains(scalar) }
    static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar)
    }
    static func isHex(_ scalar: Unicode.Scalar) -> Bool {
        isDigit(scalar) || ("a"..."f").contains(scalar) || ("A"..."F").contains(scalar)
    }
}
