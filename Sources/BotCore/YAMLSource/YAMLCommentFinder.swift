/// Finds the comments of a file, which libyaml's events do not show.
///
/// Outside of scalars a `#` always starts a comment: no other token that is read here may hold one.
struct YAMLCommentFinder {
    /// The file.
    private let lines: SourceLines
    /// For each line, the byte of the file from which on a `#` is a comment.
    private var searchStarts: [Int]

    /// A finder that knows of no scalar yet.
    init(lines: SourceLines) {
        self.lines = lines
        searchStarts = Array(repeating: 0, count: lines.count + 1)
    }

    /// Learns that a scalar's text holds no comment.
    ///
    /// - Parameters:
    ///   - start: Where the scalar starts; for a block scalar its `|` or `>`.
    ///   - end: Where it ends.
    ///   - isBlock: Whether it is written with `|` or `>`: the line of these may carry a comment.
    mutating func exclude(from start: SourcePosition, to end: SourcePosition, isBlock: Bool) {
        guard end.line < searchStarts.count, start.line <= end.line else { return }
        if isBlock {
            for line in start.line..<end.line { searchStarts[line + 1] = .max }
        } else {
            for line in start.line..<end.line { searchStarts[line] = .max }
            searchStarts[end.line] = max(searchStarts[end.line], end.offset)
        }
    }

    /// Every comment, in order.
    func comments() -> [YAMLComment] {
        searchStarts.indices.dropFirst().compactMap { comment(on: $0, from: searchStarts[$0]) }
    }

    private func comment(on line: Int, from searchStart: Int) -> YAMLComment? {
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
