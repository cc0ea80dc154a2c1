/// Finds the comments of a file, which libyaml's events do not show.
///
/// A `#` is a comment where it starts a line or follows white space, behind the last scalar that ends on its line,
/// and not inside a scalar of several lines.
struct YAMLCommentFinder {
    /// The file.
    private let lines: SourceLines
    /// For each line, the byte from which on a `#` may be a comment; nil where the whole line is a scalar's text.
    private var commentStarts: [Int?]

    /// Learns from the scalars where no comment can be.
    init(lines: SourceLines, scalars: [YAMLScalarExtent]) {
        self.lines = lines
        commentStarts = Array(repeating: 0, count: lines.count + 1)
        for scalar in scalars { exclude(scalar) }
    }

    private mutating func exclude(_ scalar: YAMLScalarExtent) {
        guard scalar.startLine >= 1, scalar.endLine < commentStarts.count, scalar.startLine <= scalar.endLine else {
            return
        }
        if scalar.isBlock {
            // The header line, `key: |`, may carry a comment; the text below may not.
            for line in scalar.startLine..<scalar.endLine { commentStarts[line + 1] = nil }
        } else {
            for line in scalar.startLine..<scalar.endLine { commentStarts[line] = nil }
            if let start = commentStarts[scalar.endLine] { commentStarts[scalar.endLine] = max(start, scalar.endByte) }
        }
    }

    /// Every comment, in order.
    func comments() -> [YAMLComment] {
        commentStarts.indices.dropFirst().compactMap { line in
            commentStarts[line].flatMap { comment(on: line, from: $0) }
        }
    }

    private func comment(on line: Int, from start: Int) -> YAMLComment? {
        let content = lines.content(of: line)
        var index = content.startIndex + min(start, content.count)
        while index < content.endIndex {
            if content[index] == UInt8(ascii: "#"), index == content.startIndex || Self.isSpace(content[index - 1]) {
                let before = content[..<index]
                return YAMLComment(
                    line: line,
                    column: String(decoding: before, as: UTF8.self).utf16.count + 1,
                    text: String(decoding: content[index...].drop { $0 == UInt8(ascii: "#") }, as: UTF8.self)
                        .trimmingWhitespace(),
                    isWholeLine: before.allSatisfy(Self.isSpace)
                )
            }
            index += 1
        }
        return nil
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
}

/// Where a scalar stands, as far as comments need it.
struct YAMLScalarExtent {
    /// The line on which it starts, from 1.
    let startLine: Int
    /// The line on which it ends.
    let endLine: Int
    /// The byte of the last line, from 0, behind its end.
    let endByte: Int
    /// Whether it is written with `|` or `>`.
    let isBlock: Bool
}

extension StringProtocol {
    /// The text without white space around it.
    func trimmingWhitespace() -> String {
        var kept = self[...]
        while kept.first?.isWhitespace == true { kept.removeFirst() }
        while kept.last?.isWhitespace == true { kept.removeLast() }
        return String(kept)
    }
}
