/// One file before and after an edit of whole lines.
public struct FileEdit: Hashable, Sendable {
    /// The file, relative to the root of the checkout.
    public let path: String
    /// What it held; nil where the edit makes it.
    public let old: [UInt8]?
    /// What it will hold; nil where the edit deletes it.
    public let new: [UInt8]?
    /// The lines that go, counted in the old file.
    public let deleted: [ClosedRange<Int>]
    /// The lines that come, counted in the new file.
    public let inserted: [ClosedRange<Int>]

    /// An edit that deletes lines, or the whole file.
    ///
    /// - Parameters:
    ///   - lines: The lines that go; nil deletes the file.
    ///   - old: What it holds.
    ///   - path: The file.
    init(deleting lines: Set<Int>?, from old: SourceLines, at path: String) {
        self.path = path
        self.old = old.bytes
        inserted = []
        guard let lines else {
            new = nil
            deleted = old.count == 0 ? [] : [1...old.count]
            return
        }
        deleted = lines.ranges
        var kept: [UInt8] = []
        kept.reserveCapacity(old.bytes.count)
        for line in 1..<old.count + 1 where !lines.contains(line) { kept += old.wholeLine(line) }
        new = kept
    }

    /// An edit from one content to another that has every line of the first in the same order, or nearly so.
    ///
    /// - Parameters:
    ///   - old: What it holds; nil makes it.
    ///   - new: What it will hold.
    ///   - path: The file.
    init(from old: [UInt8]?, to new: [UInt8], at path: String) {
        self.path = path
        self.old = old
        self.new = new
        let (oldLines, newLines) = (SourceLines(old ?? []), SourceLines(new))
        var (deleted, inserted): (Set<Int>, Set<Int>) = ([], [])
        // Most lines are the same: what is between them is compared closely.
        var start = 1
        while start <= min(oldLines.count, newLines.count), oldLines.wholeLine(start) == newLines.wholeLine(start) {
            start += 1
        }
        var (oldEnd, newEnd) = (oldLines.count, newLines.count)
        while oldEnd >= start, newEnd >= start, oldLines.wholeLine(oldEnd) == newLines.wholeLine(newEnd) {
            oldEnd -= 1
            newEnd -= 1
        }
        let before = (start..<oldEnd + 1).map { oldLines.wholeLine($0) }
        let after = (start..<newEnd + 1).map { newLines.wholeLine($0) }
        for change in after.difference(from: before) {
            switch change {
            case .remove(let offset, _, _): deleted.insert(offset + start)
            case .insert(let offset, _, _): inserted.insert(offset + start)
            }
        }
        self.deleted = deleted.ranges
        self.inserted = inserted.ranges
    }

    /// An edit as it is written: every part of it.
    private init(path: String, old: [UInt8]?, new: [UInt8]?, deleted: [ClosedRange<Int>], inserted: [ClosedRange<Int>])
    {
        self.path = path
        self.old = old
        self.new = new
        self.deleted = deleted
        self.inserted = inserted
    }

    /// An edit that makes a file.
    ///
    /// - Parameters:
    ///   - path: The file.
    ///   - content: What it will hold.
    public init(making path: String, of content: [UInt8]) {
        self.init(from: nil, to: content, at: path)
    }

    /// The edit that takes this one back.
    public var reversed: FileEdit {
        FileEdit(path: path, old: new, new: old, deleted: inserted, inserted: deleted)
    }

    /// How many lines go.
    public var deletedLineCount: Int { deleted.reduce(0) { $0 + $1.count } }
    /// How many lines come.
    public var insertedLineCount: Int { inserted.reduce(0) { $0 + $1.count } }
}

extension Set<Int> {
    /// Numbers as ranges, in order.
    var ranges: [ClosedRange<Int>] {
        var ranges: [ClosedRange<Int>] = []
        for number in sorted() {
            if let last = ranges.last, last.upperBound == number - 1 {
                ranges[ranges.count - 1] = last.lowerBound...number
            } else {
                ranges.append(number...number)
            }
        }
        return ranges
    }
}
