/// Edits as the text that `git apply` takes.
///
/// Source: https://git-scm.com/docs/diff-format.
public enum UnifiedDiff {
    /// Unchanged lines around each change.
    private static let contextLines = 3

    /// The edits of several files, one after the other; empty for none.
    public static func text(of edits: [FileEdit]) -> [UInt8] { edits.flatMap(text) }

    private struct Line {
        let sign: UInt8
        let bytes: ArraySlice<UInt8>
        let old: Int
        let new: Int
    }

    private static func text(of edit: FileEdit) -> [UInt8] {
        var text = "diff --git \(quoted("a/" + edit.path)) \(quoted("b/" + edit.path))\n"
        if edit.old == nil { text += "new file mode 100644\n" }
        if edit.new == nil { text += "deleted file mode 100644\n" }
        let lines = lines(of: edit)
        guard lines.contains(where: { $0.sign != space }) else { return Array(text.utf8) }
        // A tab tells where a name with spaces ends.
        let end = edit.path.contains(" ") ? "\t\n" : "\n"
        text += "--- \(edit.old == nil ? "/dev/null\n" : quoted("a/" + edit.path) + end)"
        text += "+++ \(edit.new == nil ? "/dev/null\n" : quoted("b/" + edit.path) + end)"
        return Array(text.utf8) + hunks(of: lines).flatMap(hunk)
    }

    private static let space = UInt8(ascii: " ")

    private static func lines(of edit: FileEdit) -> [Line] {
        let (old, new) = (SourceLines(edit.old ?? []), SourceLines(edit.new ?? []))
        let deleted = Set(edit.deleted.joined())
        let inserted = Set(edit.inserted.joined())
        var lines: [Line] = []
        var (left, right) = (1, 1)
        while left <= old.count || right <= new.count {
            if left <= old.count, deleted.contains(left) {
                lines.append(Line(sign: UInt8(ascii: "-"), bytes: old.wholeLine(left), old: left, new: right))
                left += 1
            } else if right <= new.count, inserted.contains(right) {
                lines.append(Line(sign: UInt8(ascii: "+"), bytes: new.wholeLine(right), old: left, new: right))
                right += 1
            } else {
                lines.append(Line(sign: space, bytes: old.wholeLine(left), old: left, new: right))
                left += 1
                right += 1
            }
        }
        return lines
    }

    /// Stretches of changes that lie close together, with the context around them.
    private static func hunks(of lines: [Line]) -> [ArraySlice<Line>] {
        var ranges: [Range<Int>] = []
        for index in lines.indices where lines[index].sign != space {
            let range = max(0, index - contextLines)..<min(lines.count, index + contextLines + 1)
            if let last = ranges.last, last.upperBound >= range.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<range.upperBound
            } else {
                ranges.append(range)
            }
        }
        return ranges.map { lines[$0] }
    }

    private static func hunk(_ lines: ArraySlice<Line>) -> [UInt8] {
        guard let first = lines.first else { return [] }
        let oldCount = lines.count { $0.sign != UInt8(ascii: "+") }
        let newCount = lines.count { $0.sign != UInt8(ascii: "-") }
        let old = range(from: first.old, count: oldCount)
        var text = Array("@@ -\(old) +\(range(from: first.new, count: newCount)) @@\n".utf8)
        for line in lines {
            text.append(line.sign)
            text += line.bytes
            if line.bytes.last != UInt8(ascii: "\n") { text += Array("\n\\ No newline at end of file\n".utf8) }
        }
        return text
    }

    /// An empty side counts from the line before it.
    private static func range(from start: Int, count: Int) -> String {
        let start = count == 0 ? start - 1 : start
        return count == 1 ? "\(start)" : "\(start),\(count)"
    }

    /// A path as git writes it: in quotes where it has bytes that would end it.
    private static func quoted(_ path: String) -> String {
        let isPlain = path.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != 0x5C }
        guard !isPlain else { return path }
        let escaped = path.utf8.map { byte -> String in
            switch byte {
            case UInt8(ascii: "\""): return "\\\""
            case 0x5C: return "\\\\"
            case 0x20..<0x7F: return String(UnicodeScalar(byte))
            default:
                let octal = String(byte, radix: 8)
                return "\\" + String(repeating: "0", count: 3 - octal.count) + octal
            }
        }
        return "\"" + escaped.joined() + "\""
    }
}
