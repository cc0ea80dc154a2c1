/// Writes corrections of one file as whole lines, which is how a reviewer's suggestion replaces text.
///
/// Every function gives nil where whole lines cannot say it: a place that the file does not have, a line that is not
/// UTF-8, or a comment that would be lost.
public struct LineReplacement: Sendable {
    /// The file.
    private let lines: SourceLines

    /// Corrections of one file.
    public init(_ lines: SourceLines) { self.lines = lines }

    /// Puts a text in the place of a line.
    ///
    /// - Parameters:
    ///   - line: Counted from 1.
    ///   - text: The new line without its ending, or several joined by `\n`; empty to delete the line.
    /// - Returns: The correction; nil where the file has no such line.
    public func replacing(line: Int, with text: String) -> Fix? {
        guard line >= 1, line <= lines.count else { return nil }
        return Fix(startLine: line, endLine: line, replacement: text)
    }

    /// Puts a text in the place of what a span covers; what stands before and behind it stays.
    ///
    /// A span of several lines becomes one line. It is refused where one of its lines but the last has a `#`,
    /// which may be a comment, and where the result would be an empty line, which a correction cannot say.
    ///
    /// - Parameters:
    ///   - span: Columns in UTF-16 units from 1, the end column behind the last character.
    ///   - text: The new text, which may have several lines joined by `\n`.
    /// - Returns: The correction; nil where it cannot be written as whole lines.
    public func replacing(_ span: SourceSpan, with text: String) -> Fix? {
        guard span.startLine >= 1, span.startLine <= span.endLine, span.endLine <= lines.count,
            span.startLine < span.endLine || span.startColumn <= span.endColumn,
            let first = lines.exactText(of: span.startLine), let last = lines.exactText(of: span.endLine),
            let start = Self.index(in: first, column: span.startColumn),
            let end = Self.index(in: last, column: span.endColumn)
        else { return nil }
        for line in span.startLine..<span.endLine where lines.content(of: line).contains(UInt8(ascii: "#")) {
            return nil
        }
        let replacement = first[..<start] + text + last[end...]
        guard !replacement.isEmpty else { return nil }
        return Fix(startLine: span.startLine, endLine: span.endLine, replacement: String(replacement))
    }

    /// Gives a scalar another value and leaves its quotes as they are, where they can hold it.
    ///
    /// - Parameters:
    ///   - node: A scalar on one line.
    ///   - value: What it is to say, as text.
    /// - Returns: The correction; nil for a list, a mapping, a block scalar and a scalar of several lines.
    public func replacing(scalar node: YAMLNode, with value: String) -> Fix? {
        guard let scalar = node.scalar, node.span.startLine == node.span.endLine else { return nil }
        switch scalar.style {
        case .literal, .folded: return nil
        case .plain where Self.isPlain(value): return replacing(node.span, with: value)
        case .singleQuoted where value.unicodeScalars.allSatisfy({ $0.value >= 0x20 && $0 != "'" }):
            return replacing(node.span, with: "'\(value)'")
        case .plain, .singleQuoted, .doubleQuoted:
            return replacing(node.span, with: Self.doubleQuoted(value))
        }
    }

    /// Puts new lines behind a line, which stays.
    ///
    /// - Parameters:
    ///   - text: The new lines, joined by `\n`, without a final one.
    ///   - line: Counted from 1.
    /// - Returns: The correction; nil where the file has no such line, or it is not UTF-8 or empty.
    public func inserting(_ text: String, below line: Int) -> Fix? {
        guard let kept = lines.exactText(of: line), !kept.isEmpty else { return nil }
        return Fix(startLine: line, endLine: line, replacement: kept + "\n" + text)
    }

    /// Deletes whole lines.
    ///
    /// - Parameter range: Counted from 1.
    /// - Returns: The correction; nil where the file does not have all of these lines.
    public func deleting(_ range: ClosedRange<Int>) -> Fix? {
        guard range.lowerBound >= 1, range.upperBound <= lines.count else { return nil }
        return Fix(startLine: range.lowerBound, endLine: range.upperBound, replacement: "")
    }

    // MARK: - Text

    /// A value between double quotes, as YAML and JSON both read it.
    ///
    /// - Parameter value: Any text.
    /// - Returns: The text with `"`, `\` and control characters escaped, on one line.
    public static func doubleQuoted(_ value: String) -> String {
        var quoted = "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\t": quoted += "\\t"
            default:
                let code = scalar.value
                if code < 0x20 || (0x7F...0x9F).contains(code) || code == 0x2028 || code == 0x2029 {
                    let digits = String(code, radix: 16)
                    quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                } else {
                    quoted.unicodeScalars.append(scalar)
                }
            }
        }
        return quoted + "\""
    }

    /// Whether a text may stand without quotes and is still a text; stricter than YAML is.
    static func isPlain(_ value: String) -> Bool {
        guard let first = value.utf8.first, let last = value.utf8.last else { return false }
        guard ContactText.isASCIILetterOrDigit(first), last != UInt8(ascii: ":") else { return false }
        return value.utf8.allSatisfy { ContactText.isASCIILetterOrDigit($0) || "-_./:@+=".utf8.contains($0) }
            && YAMLScalar.resolve(value) == .string
    }

    /// The place of a column in a line; nil behind the line's end and within a character.
    private static func index(in line: String, column: Int) -> String.Index? {
        guard column >= 1, column - 1 <= line.utf16.count else { return nil }
        let index = line.utf16.index(line.utf16.startIndex, offsetBy: column - 1)
        return index.samePosition(in: line.unicodeScalars)
    }
}
