/// Tells which lines of a file belong to an item of a list or to a pair of a mapping.
struct SourceLayout {
    /// The file.
    let source: YAMLSource

    /// The first line of an item or pair, with its dash; nil where something else stands on that line before it.
    func headLine(of span: SourceSpan, isPair: Bool) -> Int? {
        let mark = span.startLine == 1 ? source.lines.byteOrderMarkLength : 0
        let column = span.startColumn - (mark == 0 ? 1 : 2)
        let before = source.lines.content(of: span.startLine).dropFirst(mark).prefix(column)
        let signs = before.filter { $0 != UInt8(ascii: " ") }
        if isPair { return signs.isEmpty ? span.startLine : nil }
        if signs == [UInt8(ascii: "-")] { return span.startLine }
        guard signs.isEmpty else { return nil }
        // The dash may stand alone on a line above.
        let line = lastContentLine(before: span.startLine)
        let end = source.comment(on: line).map { $0.column - 1 } ?? .max
        let alone = source.lines.content(of: line).prefix(end).filter { $0 != UInt8(ascii: " ") }
        return alone == [UInt8(ascii: "-")] ? line : nil
    }

    /// The last line of an item or pair, comments below that are indented more than it included.
    func end(of span: SourceSpan, startingOn start: Int) -> Int {
        let indentation = source.lines.indentation(of: start)
        var end = max(start, span.endLine)
        while let comment = source.comment(on: end + 1), comment.isWholeLine,
            source.lines.indentation(of: end + 1) > indentation
        {
            end += 1
        }
        return end
    }

    /// The blank lines between two lines.
    func blanks(from end: Int, to start: Int) -> [Int] {
        guard end + 1 < start else { return [] }
        return (end + 1..<start).filter(source.lines.isBlank)
    }

    /// Whether a line is blank or holds nothing but a comment.
    func isGap(_ line: Int) -> Bool {
        source.lines.isBlank(line) || source.comment(on: line)?.isWholeLine == true
    }

    /// The last line above another that holds a value; 0 where there is none.
    func lastContentLine(before line: Int) -> Int {
        var line = line - 1
        while line > 0, isGap(line) { line -= 1 }
        return line
    }

    /// The first line below another that holds a value; one behind the last where there is none.
    func nextContentLine(after line: Int) -> Int {
        var line = line + 1
        while line <= source.lines.count, isGap(line) { line += 1 }
        return line
    }
}
