/// Finds the comments of a file, which libyaml's events do not show.
///
/// Outside of scalars a `#` always starts a comment: no other token that is read here may hold one. Only where to look
/// is kept, four bytes a line: a file may have millions of comments.
struct YAMLCommentFinder: Sendable {
    /// The file.
    private let lines: SourceLines
    /// For each line, the byte of the file from which on a `#` is a comment; `nowhere` where none can be.
    private var searchStarts: [UInt32]

    private static let nowhere = UInt32.max

    /// A finder that knows of no scalar yet.
    init(lines: SourceLines) {
        self.lines = lines
        searchStarts = Array(repeating: 0, count: lines.count + 1)
    }

    /// A finder that finds nothing.
    static let none = YAMLCommentFinder(lines: SourceLines([]))

    /// Learns that a scalar's text holds no comment.
    ///
    /// - Parameters:
    ///   - start: Where the scalar starts; for a block scalar its `|` or `>`.
    ///   - end: Where it ends.
    ///   - isBlock: Whether it is written with `|` or `>`: the line of these may carry a comment.
    mutating func exclude(from start: SourcePosition, to end: SourcePosition, isBlock: Bool) {
        guard end.line < searchStarts.count, start.line <= end.line else { return }
        if isBlock {
            for line in start.line..<end.line { searchStarts[line + 1] = Self.nowhere }
        } else {
            for line in start.line..<end.line { searchStarts[line] = Self.nowhere }
            searchStarts[end.line] = max(searchStarts[end.line], UInt32(clamping: end.offset))
        }
    }

    /// How many lines there are.
    var lineCount: Int { searchStarts.count - 1 }

    /// The comment on a line, counted from 1; nil where there is none.
    func comment(on line: Int) -> YAMLComment? {
        guard line >= 1, line < searchStarts.count, searchStarts[line] != Self.nowhere else { return nil }
        let searchStart = Int(searchStarts[line])
        let range = lines.contentRange(of: line)
        guard searchStart < range.upperBound else { return nil }
        let searched = lines.bytes[max(searchStart, range.lowerBound)..<range.upperBound]
        guard let sign = searched.firstIndex(of: UInt8(ascii: "#")) else { return nil }
        let before = lines.bytes[range.lowerBound..<sign]
        let text = searched[sign...].drop { $0 == UInt8(ascii: "#") }
        return YAMLComment(
            line: line,
            column: String(decoding: before, as: UTF8.self).utf16.count + 1,
            text: String(decoding: text, as: UTF8.self).trimmingWhitespace(),
            isWholeLine: before.dropFirst(line == 1 ? lines.byteOrderMarkLength : 0)
                .allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
        )
    }
}

extension StringProtocol {
    /// The text without white space around it.
    func trimmingWhitespace() -> String {
        // Nearly every text begins and ends in a letter or a sign of ASCII, which is no white space whatever is beside it.
        let visible: ClosedRange<UInt8> = 0x21...0x7E
        let whole = String(self)
        if let first = whole.utf8.first, let last = whole.utf8.last, visible.contains(first), visible.contains(last) {
            return whole
        }
        var kept = self[...]
        while kept.first?.isWhitespace == true { kept.removeFirst() }
        while kept.last?.isWhitespace == true { kept.removeLast() }
        return String(kept)
    }
}
