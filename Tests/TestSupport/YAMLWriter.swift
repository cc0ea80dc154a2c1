/// Writes random YAML, and remembers what it wrote.
public struct YAMLWriter {
    /// A scalar, and how it stands in the file.
    public struct Written: Hashable, Sendable {
        /// Its meaning.
        public let value: String
        /// Its characters, quotes included; lines joined by line feeds.
        public let source: String

        /// A scalar.
        public init(value: String, source: String) {
            self.value = value
            self.source = source
        }
    }

    /// The scalars so far, in the order of the file.
    public private(set) var scalars: [Written] = []
    /// The texts of the comments so far.
    public private(set) var comments: [String] = []
    private var random: SplitMix64
    private var lines: [String] = []
    private var serial = 0
    /// Whether a blank line, an indented comment or a missing line break would belong to the text above.
    private var endsInBlock = false

    /// A writer of one file.
    public init(seed: UInt64) { random = SplitMix64(seed: seed) }

    /// Writes a file.
    ///
    /// - Returns: Its text.
    public mutating func file() -> String {
        if chance(4) { comment(indentation: 0) }
        collection(isList: chance(2), indentation: 0, depth: 0)
        if chance(3), !endsInBlock { lines += ["", "  "] }
        if chance(3) { comment(indentation: endsInBlock ? 0 : 2) }
        let ending = chance(4) ? "\r\n" : "\n"
        return lines.joined(separator: ending) + (endsInBlock || chance(2) ? ending : "")
    }

    // MARK: - Collections

    private mutating func collection(isList: Bool, indentation: Int, depth: Int) {
        for index in 0..<Int.random(in: 1...4, using: &random) {
            if index > 0 { between(indentation: indentation) }
            let start = String(repeating: " ", count: indentation)
            if isList { item(start, depth: depth) } else { pair(start, depth: depth) }
        }
    }

    private mutating func item(_ start: String, depth: Int) {
        if depth < 4, chance(3) {
            // The collection's first line is that of the dash.
            let first = lines.count
            collection(isList: chance(2), indentation: start.count + 2, depth: depth + 1)
            lines[first] = start + "- " + lines[first].dropFirst(start.count + 2)
        } else {
            value(behind: start + "-", indentation: start.count, depth: depth)
        }
    }

    private mutating func pair(_ start: String, depth: Int) {
        let key = start + scalar() + ":"
        guard depth < 4, chance(3) else {
            value(behind: key, indentation: start.count, depth: depth)
            return
        }
        append(key)
        if chance(4) { comment(indentation: start.count + 2) }
        let isList = chance(2)
        let step = Int.random(in: isList ? 0...3 : 1...4, using: &random)
        collection(isList: isList, indentation: start.count + step, depth: depth + 1)
    }

    private mutating func between(indentation: Int) {
        if chance(6), !endsInBlock { lines.append(chance(2) ? "" : "   ") }
        if chance(6) { comment(indentation: chance(2) ? indentation : 0) }
    }

    // MARK: - Values

    private mutating func value(behind start: String, indentation: Int, depth: Int) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0:
            scalars.append(Written(value: "", source: ""))
            append(start)
        case 1:
            let texts = (0..<Int.random(in: 1...3, using: &random)).map { _ in scalar() }
            append("\(start) [\(texts.joined(separator: ", "))]")
        case 2:
            block(behind: start, indentation: indentation)
        case 3:
            severalLines(behind: start, indentation: indentation)
        default:
            append("\(start) \(scalar())")
        }
    }

    /// Text that is like no other in the file, now and then with what only looks like a comment or a key.
    private mutating func scalar() -> String {
        serial += 1
        let value =
            ["x", "é", "😀", "a#b", "http://h/#f", "c:d", "two words", "-x"]
            .randomElement(using: &random).map { "\($0)\(serial)" } ?? ""
        var source = value
        if chance(4) { source = "'\(value)'" } else if chance(4) { source = "\"\(value)\"" }
        scalars.append(Written(value: value, source: source))
        return source
    }

    private mutating func block(behind start: String, indentation: Int) {
        serial += 1
        let inner = String(repeating: " ", count: indentation + 2)
        let texts = (0..<Int.random(in: 1...3, using: &random)).map { "# line \($0) of \(serial)" }
        let end = ["", "-", "+"].randomElement(using: &random) ?? ""
        let source = (["|\(end)"] + texts.map { inner + $0 }).joined(separator: "\n")
        scalars.append(Written(value: texts.joined(separator: "\n") + (end == "-" ? "" : "\n"), source: source))
        lines.append("\(start) |\(end)")
        lines += texts.map { inner + $0 }
        if end != "+", chance(2) { lines.append("") }
        endsInBlock = true
    }

    private mutating func severalLines(behind start: String, indentation: Int) {
        serial += 1
        let inner = String(repeating: " ", count: indentation + 2)
        let quote = ["", "'", "\""].randomElement(using: &random) ?? ""
        scalars.append(
            Written(value: "one\(serial) two", source: "\(quote)one\(serial)\n\(inner)two\(quote)"))
        lines.append("\(start) \(quote)one\(serial)")
        append("\(inner)two\(quote)")
    }

    // MARK: - Lines

    /// Adds a line, now and then with a comment behind it or white space.
    private mutating func append(_ line: String) {
        endsInBlock = false
        if chance(5) {
            serial += 1
            comments.append("it's \(serial)")
            lines.append("\(line)  # it's \(serial)")
        } else {
            lines.append(chance(8) ? line + "  " : line)
        }
    }

    private mutating func comment(indentation: Int) {
        serial += 1
        comments.append("[\"\(serial)")
        lines.append(String(repeating: " ", count: indentation) + "#[\"\(serial)")
    }

    private mutating func chance(_ oneIn: UInt64) -> Bool { random.next() % oneIn == 0 }
}
