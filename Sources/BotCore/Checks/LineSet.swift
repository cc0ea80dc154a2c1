/// Lines of one file, as ranges.
public struct LineSet: Hashable, Sendable {
    /// The ranges, in order, without overlap.
    public private(set) var ranges: [ClosedRange<Int>]

    /// One range of lines.
    public init(_ range: ClosedRange<Int>) { ranges = [range] }

    private init(ranges: [ClosedRange<Int>]) { self.ranges = ranges }

    /// Whether there are none.
    public var isEmpty: Bool { ranges.isEmpty }

    /// Whether any of some lines is among them.
    public func intersects(_ lines: ClosedRange<Int>) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = low + (high - low) / 2
            if ranges[middle].upperBound < lines.lowerBound { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= lines.upperBound
    }

    /// The lines of a new text that an old one does not have in their place.
    ///
    /// Lines that were only deleted leave no trace here: what a deletion broke is found by comparing findings.
    static func edited(from old: SourceLines, to new: SourceLines) -> LineSet {
        if old.bytes == new.bytes { return LineSet(ranges: []) }
        var prefix = 0
        while prefix < min(old.count, new.count), old.wholeLine(prefix + 1) == new.wholeLine(prefix + 1) { prefix += 1 }
        var suffix = 0
        while suffix < min(old.count, new.count) - prefix,
            old.wholeLine(old.count - suffix) == new.wholeLine(new.count - suffix)
        {
            suffix += 1
        }
        let oldMiddle = (prefix + 1..<max(prefix + 1, old.count - suffix + 1)).map { old.wholeLine($0) }
        let newMiddle = (prefix + 1..<max(prefix + 1, new.count - suffix + 1)).map { new.wholeLine($0) }
        guard !newMiddle.isEmpty else { return LineSet(ranges: []) }
        let wholeMiddle = LineSet(prefix + 1...prefix + newMiddle.count)
        // Comparing takes the product of both lengths at worst; where that is a lot, every line counts as edited.
        guard !oldMiddle.isEmpty, oldMiddle.count * newMiddle.count <= 4_000_000 else { return wholeMiddle }
        var edited: [ClosedRange<Int>] = []
        for change in newMiddle.difference(from: oldMiddle).insertions {
            guard case .insert(let offset, _, _) = change else { continue }
            let line = prefix + 1 + offset
            if let last = edited.last, last.upperBound == line - 1 {
                edited[edited.count - 1] = last.lowerBound...line
            } else {
                edited.append(line...line)
            }
        }
        return LineSet(ranges: edited)
    }
}
