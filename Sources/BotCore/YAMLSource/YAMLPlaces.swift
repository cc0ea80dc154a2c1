internal import CYAML

/// Turns libyaml's marks, which count characters from 0, into places.
///
/// Marks come in the order of the file, so a long line is walked once and not once a mark.
struct YAMLPlaces {
    /// The file.
    private let lines: SourceLines
    /// Where the last mark was; its column counts as an editor does, and `characters` as libyaml does.
    private var last = SourcePosition(line: 0, column: 1, offset: 0)
    private var characters = 0
    /// Where the content of the last mark's line ends.
    private var lineEnd = 0

    /// Places of one file.
    init(lines: SourceLines) { self.lines = lines }

    /// The place of a mark; the end of the file for what lies beyond.
    mutating func position(_ mark: yaml_mark_t) -> SourcePosition {
        let line = Int(clamping: mark.line) &+ 1
        let wanted = Int(clamping: mark.column)
        guard line <= lines.count else { return end }
        if line != last.line || wanted < characters { startLine(line) }
        if lines.isASCII {
            let offset = min(last.offset + wanted - characters, lineEnd)
            last = SourcePosition(line: line, column: last.column + offset - last.offset, offset: offset)
            characters = wanted
        } else {
            walk(to: wanted)
        }
        return last
    }

    /// The end of the last line.
    var end: SourcePosition { lines.position(ofByte: lines.bytes.count) }

    private mutating func startLine(_ line: Int) {
        let range = lines.contentRange(of: line)
        let mark = line == 1 ? lines.byteOrderMarkLength : 0
        last = SourcePosition(line: line, column: mark == 0 ? 1 : 2, offset: range.lowerBound + mark)
        lineEnd = range.upperBound
        characters = 0
    }

    private mutating func walk(to wanted: Int) {
        var (offset, column) = (last.offset, last.column)
        while characters < wanted, offset < lineEnd {
            // libyaml has read this far, so these bytes are well-formed UTF-8: the first tells the length.
            let length: Int
            switch lines.bytes[offset] {
            case ..<0x80: length = 1
            case ..<0xE0: length = 2
            case ..<0xF0: length = 3
            default: length = 4
            }
            offset = min(offset + length, lineEnd)
            column += length == 4 ? 2 : 1
            characters += 1
        }
        last = SourcePosition(line: last.line, column: column, offset: offset)
    }
}
