/// The items of a list, or the pairs of a mapping, with the lines that are theirs.
struct ItemList {
    /// One item or pair.
    struct Item {
        let name: String
        /// The item, or the pair's value.
        let node: YAMLNode
        let position: NodePosition
        let isReturning: Bool
        let start: Int
        let end: Int
    }

    /// Lines that belong to a stretch of items.
    struct Chunk {
        /// Their numbers, in order.
        let lines: [Int]
        /// Lines that stand between the item before and the first of them.
        let above: Int
        /// Lines that stand between the last of them and the item behind.
        let below: Int
    }

    /// The file.
    let source: YAMLSource
    /// The items, in order.
    let items: [Item]
    /// The place of each name in `items`.
    let places: [String: Int]
    private let isMapping: Bool
    /// The line of the list's key; 0 for the keys of the file.
    private let above: Int

    /// The items of a list.
    ///
    /// - Parameters:
    ///   - items: The items.
    ///   - source: Their file.
    ///   - above: The line of the list's key.
    ///   - isReturning: Whether an item comes back.
    init(items: [YAMLNode], in source: YAMLSource, above: Int, isReturning: (YAMLNode) -> Bool) {
        let parts = items.map { ($0.itemName ?? "", $0, $0.span, isReturning($0)) }
        self.init(parts, in: source, above: above, isMapping: false)
    }

    /// The pairs of a mapping; the same in other words.
    init(pairs: [YAMLPair], in source: YAMLSource, above: Int, isReturning: (YAMLPair) -> Bool) {
        let parts = pairs.map { pair in
            let span = pair.value.isNull ? pair.key.span : pair.span
            return (pair.key.scalar?.text ?? "", pair.value, span, isReturning(pair))
        }
        self.init(parts, in: source, above: above, isMapping: true)
    }

    private init(
        _ parts: [(name: String, node: YAMLNode, span: SourceSpan, isReturning: Bool)], in source: YAMLSource,
        above: Int, isMapping: Bool
    ) {
        self.source = source
        self.above = above
        self.isMapping = isMapping
        let layout = SourceLayout(source: source)
        items = parts.map { part in
            let start = layout.headLine(of: part.span, isPair: isMapping) ?? part.span.startLine
            return Item(
                name: part.name, node: part.node, position: NodePosition(part.span), isReturning: part.isReturning,
                start: start, end: layout.end(of: part.span, startingOn: start))
        }
        places = Dictionary(items.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Items that follow each other and come back.
    var stretches: [ClosedRange<Int>] { Set(items.indices.filter { items[$0].isReturning }).ranges }

    /// How far the items are indented; nil where there are none.
    var indentation: Int? { items.isEmpty ? nil : indentation(of: items.count - 1) }

    /// How far one item is indented.
    func indentation(of index: Int) -> Int { source.lines.indentation(of: items[index].start) }

    /// The names that stood around a stretch, the nearest first, those before it before those behind it.
    func neighbors(of stretch: ClosedRange<Int>) -> [String] {
        let before = items[..<stretch.lowerBound].reversed().filter { !$0.isReturning }.map(\.name)
        let behind = items[(stretch.upperBound + 1)...].filter { !$0.isReturning }.map(\.name)
        var names: [String] = []
        for index in 0..<max(before.count, behind.count) {
            if index < before.count { names.append(before[index]) }
            if index < behind.count { names.append(behind[index]) }
        }
        return names
    }

    /// The lines that came with a stretch.
    ///
    /// - Throws: `HandEdit` where they cannot be told from those of others.
    func chunk(_ stretch: ClosedRange<Int>, isListOfBuckets: Bool) throws(HandEdit) -> Chunk {
        var deletion = FileDeletion()
        for item in items[stretch] {
            if isMapping { deletion.pairs.insert(item.position) } else { deletion.items.insert(item.position) }
        }
        var lines = Set((items[stretch.lowerBound].start...items[stretch.upperBound].end))
        if stretch.count < items.count {
            lines = try LineDeletion.lines(of: deletion, in: source, isListOfBuckets: isListOfBuckets)
        }
        let sorted = lines.sorted()
        let first = sorted.first ?? items[stretch.lowerBound].start
        let last = sorted.last ?? items[stretch.upperBound].end
        let previous = stretch.lowerBound > 0 ? items[stretch.lowerBound - 1].end : above
        let next = stretch.upperBound + 1 < items.count ? items[stretch.upperBound + 1].start : source.lines.count + 1
        return Chunk(lines: sorted, above: max(0, first - previous - 1), below: max(0, next - last - 1))
    }

    /// The line of this list before which a stretch of another version of it goes.
    ///
    /// - Parameters:
    ///   - stretch: What comes.
    ///   - goals: The version in which it stood.
    ///   - chunk: The lines that came with it.
    /// - Returns: A line of this list's file, one behind the last where it goes to the end.
    func line(for stretch: ClosedRange<Int>, of goals: ItemList, chunk: Chunk) -> Int {
        let before = goals.items[..<stretch.lowerBound].last { places[$0.name] != nil }
        let behind = goals.items[(stretch.upperBound + 1)...].first { places[$0.name] != nil }
        var previous = before.flatMap { places[$0.name] }
        var next = behind.flatMap { places[$0.name] }
        let isTogether = previous.map { $0 + 1 } == (next ?? items.count)
        if !isTogether, let place = sortedPlace(of: goals.items[stretch.lowerBound].name) {
            (previous, next) = (place > 0 ? place - 1 : nil, place < items.count ? place : nil)
        }
        if let previous {
            let end = items[previous].end
            let isNeighbor = before?.name == goals.items[..<stretch.lowerBound].last?.name
            return end + 1 + offset(below: end, wanted: isNeighbor ? chunk.above : 0)
        }
        if let next {
            let isNeighbor = behind?.name == goals.items[(stretch.upperBound + 1)...].first?.name
            return items[next].start - offset(above: items[next].start, wanted: isNeighbor ? chunk.below : 0)
        }
        return (items.last?.end ?? above) + 1
    }

    /// How many lines of the gap below a line stay above what comes.
    private func offset(below end: Int, wanted: Int) -> Int {
        let layout = SourceLayout(source: source)
        var count = 0
        while count < wanted, end + 1 + count <= source.lines.count, layout.isGap(end + 1 + count) { count += 1 }
        return count
    }

    /// How many lines of the gap above an item stay below what comes: at least the comments that describe it.
    private func offset(above start: Int, wanted: Int) -> Int {
        let layout = SourceLayout(source: source)
        let attached = source.commentsDirectlyAbove(start).count
        var count = 0
        while count < wanted, start - 1 - count > above, layout.isGap(start - 1 - count) { count += 1 }
        return max(attached, count)
    }

    /// Where a name belongs; nil where the list is in no order of the alphabet, or is too short to tell.
    private func sortedPlace(of name: String) -> Int? {
        let names = items.map(\.name)
        guard names.count >= 3, zip(names, names.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        return names.firstIndex { $0 > name } ?? names.count
    }
}
