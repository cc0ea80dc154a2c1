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
        let oldMiddle = prefix + 1..<max(prefix + 1, old.count - suffix + 1)
        let newMiddle = prefix + 1..<max(prefix + 1, new.count - suffix + 1)
        return inserted(into: new, newMiddle, since: old, oldMiddle)
    }

    /// The lines of a part of a new text that the same part of the old one does not have.
    private static func inserted(
        into new: SourceLines, _ newPart: Range<Int>, since old: SourceLines, _ oldPart: Range<Int>
    ) -> LineSet {
        // Lines as numbers, which are compared at once however long the lines are.
        var numbers: [ArraySlice<UInt8>: Int] = [:]
        for line in oldPart {
            let text = old.wholeLine(line)
            if numbers[text] == nil { numbers[text] = numbers.count }
        }
        var isKept = Array(repeating: false, count: numbers.count)
        // What only one of the texts has is added or deleted whatever stands around it.
        var edited: Set<Int> = []
        var kept: [(line: Int, number: Int)] = []
        for line in newPart {
            guard let number = numbers[new.wholeLine(line)] else {
                edited.insert(line)
                continue
            }
            kept.append((line, number))
            isKept[number] = true
        }
        let before = oldPart.compactMap { numbers[old.wholeLine($0)] }.filter { isKept[$0] }
        // Comparing takes the product of both lengths at worst; where that is a lot, every line counts as edited.
        guard kept.isEmpty || before.count <= comparedProduct / kept.count else { return LineSet(lines: newPart) }
        for change in kept.map(\.number).difference(from: before).insertions {
            guard case .insert(let offset, _, _) = change else { continue }
            edited.insert(kept[offset].line)
        }
        return LineSet(lines: edited.sorted())
    }

    /// Pairs of lines that are compared at most: some 0.3 s of work where every line has moved.
    private static let comparedProduct = 4_000_000

    /// Lines in ascending order.
    private init(lines: some Sequence<Int>) {
        var ranges: [ClosedRange<Int>] = []
        for line in lines {
            if let last = ranges.last, last.upperBound == line - 1 {
                ranges[ranges.count - 1] = last.lowerBound...line
            } else {
                ranges.append(line...line)
            }
        }
        self.ranges = ranges
    }
}
