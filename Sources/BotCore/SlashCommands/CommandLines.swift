/// The lines of a comment that start with a slash and are not inside of something else.
///
/// Blocks are told apart as GitHub's Markdown does: fences of three or more `` ` `` or `~` until one that is as long,
/// four spaces or a tab before code, `>` before quotes, `<!-- -->`, and HTML whose text is taken as it is. A line has
/// to start with the slash itself, which leaves out quotes and indented code by their first character. The work is
/// linear in the length of the comment.
///
/// Source: https://github.github.com/gfm/, sections 4.4 to 4.6.
struct CommandLines {
    /// Bytes of a line that are kept: longer than any command, and short enough to be quoted.
    static let lineByteLimit = 4_096

    /// What the current line is inside of.
    private enum Block {
        case text
        case fence(UInt8, length: Int)
        case comment
        /// Inside of `<pre>` and the like, until a line with the closing tag.
        case rawHTML(closing: [UInt8])
    }

    private var block = Block.text
    private var found: [String] = []
    /// Where the last end of a comment begins, or -1.
    ///
    /// An opening mark behind it is never closed.
    private let lastCommentEnd: Int
    private let bytes: [UInt8]

    /// The lines of a comment, without white space at their ends.
    static func lines(of body: String) -> [String] {
        var reader = CommandLines(Array(body.utf8))
        reader.read()
        return reader.found
    }

    private init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var index = bytes.count - 3
        while index >= 0, !bytes[index...].starts(with: "-->".utf8) { index -= 1 }
        lastCommentEnd = index
    }

    private mutating func read() {
        var start = 0
        while start < bytes.count {
            var end = start
            while end < bytes.count, bytes[end] != UInt8(ascii: "\n"), bytes[end] != UInt8(ascii: "\r") { end += 1 }
            take(start..<end)
            start = end + 1
        }
    }

    private mutating func take(_ range: Range<Int>) {
        let line = bytes[range]
        switch block {
        case .text:
            takeText(line)
        case .fence(let mark, let length):
            if let fence = Self.fence(in: line), fence.mark == mark, fence.length >= length,
                fence.rest.allSatisfy(isBlank)
            {
                block = .text
            }
        case .comment:
            if let rest = Self.after("-->", in: line) { takeComments(in: rest) }
        case .rawHTML(let closing):
            if Self.contains(closing, in: line) { block = .text }
        }
    }

    private mutating func takeText(_ line: ArraySlice<UInt8>) {
        if line.first == UInt8(ascii: "/") {
            var kept = line.prefix(Self.lineByteLimit)
            while let last = kept.last, isBlank(last) { kept.removeLast() }
            found.append(String(decoding: kept, as: UTF8.self))
        } else if let fence = Self.fence(in: line),
            fence.mark == UInt8(ascii: "~") || !fence.rest.contains(UInt8(ascii: "`"))
        {
            block = .fence(fence.mark, length: fence.length)
            return
        } else if let closing = Self.closingTag(ofBlockIn: line) {
            if !Self.contains(closing, in: line) { block = .rawHTML(closing: closing) }
            return
        }
        takeComments(in: line)
    }

    /// Follows comments that begin in a line; what stands in `code` begins none.
    private mutating func takeComments(in line: ArraySlice<UInt8>) {
        block = .text
        var rest = line
        let lastRuns = Self.lastRunsOfBackticks(in: line)
        while let byte = rest.first {
            if byte == UInt8(ascii: "`") {
                rest = Self.behindCode(rest, lastRuns)
                continue
            }
            if byte == UInt8(ascii: "<"), rest.starts(with: "<!--".utf8) {
                // `<!-->` is a comment, too: its end may share the opening mark's hyphens.
                let isClosedSomewhere = lastCommentEnd >= rest.startIndex + 2
                if isClosedSomewhere, let after = Self.after("-->", in: rest.dropFirst(2)) {
                    rest = after
                    continue
                }
                // One that starts its line hides everything up to the end of the text, as GitHub shows it.
                let column = rest.startIndex - line.startIndex
                if isClosedSomewhere || (column <= 3 && line.prefix(column).allSatisfy { $0 == UInt8(ascii: " ") }) {
                    block = .comment
                    return
                }
            }
            rest = rest.dropFirst()
        }
    }

    /// Where the last run of each length begins.
    private static func lastRunsOfBackticks(in line: ArraySlice<UInt8>) -> [Int: Int] {
        var last: [Int: Int] = [:]
        var rest = line
        while !rest.isEmpty {
            let length = rest.prefix { $0 == UInt8(ascii: "`") }.count
            if length > 0 { last[length] = rest.startIndex }
            rest = rest.dropFirst(max(length, 1))
        }
        return last
    }

    /// What follows the code that begins here; what follows the backticks alone where no run as long ends it.
    private static func behindCode(_ text: ArraySlice<UInt8>, _ lastRuns: [Int: Int]) -> ArraySlice<UInt8> {
        let length = text.prefix { $0 == UInt8(ascii: "`") }.count
        var rest = text.dropFirst(length)
        guard let last = lastRuns[length], last > text.startIndex else { return rest }
        while !rest.isEmpty {
            let run = rest.prefix { $0 == UInt8(ascii: "`") }.count
            rest = rest.dropFirst(max(run, 1))
            if run == length { break }
        }
        return rest
    }

    /// Three or more of one mark behind at most three spaces; nil where the line has no such thing.
    private static func fence(
        in line: ArraySlice<UInt8>
    ) -> (mark: UInt8, length: Int, rest: ArraySlice<UInt8>)? {
        guard let inner = indented(line), let mark = inner.first, mark == UInt8(ascii: "`") || mark == UInt8(ascii: "~")
        else { return nil }
        let rest = inner.drop { $0 == mark }
        let length = inner.count - rest.count
        return length >= 3 ? (mark, length, rest) : nil
    }

    /// The line behind at most three spaces; nil where there are more, which is code.
    private static func indented(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        let inner = line.drop { $0 == UInt8(ascii: " ") }
        return inner.count + 3 >= line.count ? inner : nil
    }

    /// The closing tag of HTML whose text is taken as it is, where such begins in a line.
    private static func closingTag(ofBlockIn line: ArraySlice<UInt8>) -> [UInt8]? {
        guard let inner = indented(line), inner.first == UInt8(ascii: "<") else { return nil }
        let name = inner.dropFirst().prefix { (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0) }.map(lowercased)
        for tag in ["pre", "script", "style", "textarea"] where name == Array(tag.utf8) {
            return Array("</\(tag)>".utf8)
        }
        return nil
    }

    private static func after(_ text: String, in line: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var rest = line
        while rest.count >= text.utf8.count {
            if rest.starts(with: text.utf8) { return rest.dropFirst(text.utf8.count) }
            rest = rest.dropFirst()
        }
        return nil
    }

    private static func contains(_ tag: [UInt8], in line: ArraySlice<UInt8>) -> Bool {
        var rest = line
        while rest.count >= tag.count {
            if rest.prefix(tag.count).map(lowercased) == tag { return true }
            rest = rest.dropFirst()
        }
        return false
    }
}

private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

private func lowercased(_ byte: UInt8) -> UInt8 { (0x41...0x5A).contains(byte) ? byte | 0x20 : byte }
