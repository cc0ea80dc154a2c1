/// Finds the lines of a file that go together with some of its values.
///
/// With an item go the comments that describe it alone: a comment directly above a run of items goes with the last
/// item of the run. Of the blank lines around what goes as many stay as the larger gap had; the first item of a list
/// takes the blank lines below it along, and the last those above it. So the lines that are left do not depend on
/// the order in which items go.
///
/// Source: how maintainers of kubernetes/test-infra have deleted entries by hand since 2016.
struct LineDeletion {
    private let source: YAMLSource
    private let layout: SourceLayout
    private let deletion: FileDeletion
    /// The lines on which a value that goes begins, in order.
    private let starts: [Int]
    private var deleted: Set<Int> = []

    /// What a list or mapping is to the file.
    private enum Level {
        /// The keys of a file of TestGrid.
        case keys
        /// The keys of `buckets.yaml`, each an entry.
        case buckets
        /// A list directly below a key of the file.
        case entries
        /// The keys of an item.
        case itemKeys
        /// A list within an item.
        case innerList

        /// Whether comments that describe nothing below them stay.
        var keepsComments: Bool { self == .keys || self == .buckets || self == .entries }
        /// Whether a comment above several of them without a gap between is for all of these.
        var hasRuns: Bool { self == .buckets || self == .entries || self == .innerList }
        /// Whether each of them begins with a key and not with a dash.
        var isMapping: Bool { self == .keys || self == .buckets || self == .itemKeys }
    }

    /// One item or pair, with the lines that are its own.
    private struct Child {
        let start: Int
        let end: Int
        let isRemoved: Bool
        let value: YAMLNode
    }

    /// A child or a comment that stays, in the order of the file.
    private struct Element {
        /// Where what belongs to it begins, comments that go with it included.
        let top: Int
        let start: Int
        let end: Int
        /// The child, if it goes.
        let removed: Child?

        /// Comments that stay.
        static func comments(_ lines: ClosedRange<Int>) -> Element {
            Element(top: lines.lowerBound, start: lines.lowerBound, end: lines.upperBound, removed: nil)
        }
    }

    /// The lines of a file that go with some of its values.
    ///
    /// - Parameters:
    ///   - deletion: The values; not all keys of the file.
    ///   - source: The file, readable and of one document.
    ///   - isListOfBuckets: Whether the keys of the file are entries.
    /// - Returns: The numbers of the lines.
    /// - Throws: `HandEdit` where a value has no lines of its own.
    static func lines(
        of deletion: FileDeletion, in source: YAMLSource, isListOfBuckets: Bool
    ) throws(HandEdit) -> Set<Int> {
        guard let root = source.root else { return [] }
        var search = LineDeletion(source: source, deletion: deletion)
        let first = root.span.startLine
        try search.walk(root, isListOfBuckets ? .buckets : .keys, above: search.layout.lastContentLine(before: first))
        return search.deleted
    }

    private init(source: YAMLSource, deletion: FileDeletion) {
        self.source = source
        layout = SourceLayout(source: source)
        self.deletion = deletion
        starts = (deletion.items.map(\.line) + deletion.pairs.map(\.line)).sorted()
    }

    // MARK: - Walking the tree

    private mutating func walk(_ node: YAMLNode, _ level: Level, above: Int) throws(HandEdit) {
        guard starts.contains(where: node.span.lines.contains) else { return }
        let children = try children(of: node, level)
        if children.contains(where: \.isRemoved) { delete(from: children, level, above: above) }
        for child in children where !child.isRemoved {
            switch child.value.content {
            case .scalar: continue
            case .sequence: try walk(child.value, level == .keys ? .entries : .innerList, above: child.start)
            case .mapping: try walk(child.value, .itemKeys, above: child.value.span.startLine - 1)
            }
        }
    }

    private func children(of node: YAMLNode, _ level: Level) throws(HandEdit) -> [Child] {
        var children: [Child] = []
        let parts: [(span: SourceSpan, value: YAMLNode, isRemoved: Bool)] =
            node.items.map { $0.map { ($0.span, $0, deletion.removes(item: $0)) } }
            ?? (node.pairs ?? []).map { ($0.span, $0.value, deletion.removes($0)) }
        for part in parts {
            let position = NodePosition(part.span)
            if part.isRemoved, node.isFlow { throw HandEdit(position: position, reason: .flow) }
            let head = layout.headLine(of: part.span, isPair: level.isMapping)
            if part.isRemoved, head == nil {
                throw HandEdit(position: position, reason: level == .itemKeys ? .firstKey : .sharedLine)
            }
            let start = head ?? part.span.startLine
            children.append(
                Child(
                    start: start, end: layout.end(of: part.span, startingOn: start), isRemoved: part.isRemoved,
                    value: part.value))
        }
        return children
    }

    // MARK: - Deleting

    private mutating func delete(from children: [Child], _ level: Level, above: Int) {
        let elements = elements(of: children, level, above: above)
        var index = 0
        while index < elements.count {
            guard elements[index].removed != nil else {
                index += 1
                continue
            }
            var last = index
            while last + 1 < elements.count, elements[last + 1].removed != nil { last += 1 }
            let stretch = elements[index...last]
            deleteContent(of: stretch, level)
            var gaps = [layout.blanks(from: index == 0 ? above : elements[index - 1].end, to: elements[index].top)]
            for (upper, lower) in zip(stretch, stretch.dropFirst()) {
                gaps.append(layout.blanks(from: upper.end, to: lower.top))
            }
            if last + 1 < elements.count {
                gaps.append(layout.blanks(from: elements[last].end, to: elements[last + 1].top))
            }
            deleteBlanks(in: gaps, isFirst: index == 0, isLast: last + 1 == elements.count)
            index = last + 1
        }
    }

    /// Deletes what the gaps around and within a stretch have too much.
    ///
    /// - Parameters:
    ///   - gaps: The blank lines above what goes, then those within, then those below unless it is the last.
    ///   - isFirst: Whether it is the first of its list, and keeps only the gap above.
    ///   - isLast: Whether it is the last of its list, and keeps only the gap below.
    private mutating func deleteBlanks(in gaps: [[Int]], isFirst: Bool, isLast: Bool) {
        var keptCount = 0
        for (index, gap) in gaps.enumerated() {
            if isFirst {
                deleted.formUnion(index == 0 ? [] : gap)
            } else if isLast {
                deleted.formUnion(gap)
            } else {
                // As many stay as the largest gap has, each from the first gap that has so many.
                deleted.formUnion(gap.prefix(keptCount))
                keptCount = max(keptCount, gap.count)
            }
        }
    }

    private mutating func deleteContent(of stretch: ArraySlice<Element>, _ level: Level) {
        for element in stretch {
            guard let child = element.removed else { continue }
            deleted.formUnion(layout.blanks(from: element.top - 1, to: element.start))
            deleted.formUnion(child.start...child.end)
            if level == .keys { deleted.subtract(standingLines(in: child)) }
        }
    }

    /// Children and the comments between them that stay, in order; deletes the comments that go.
    private mutating func elements(of children: [Child], _ level: Level, above: Int) -> [Element] {
        let removedRuns = removedRuns(of: children, level)
        var elements: [Element] = []
        var previousEnd = above
        for (index, child) in children.enumerated() {
            let range = previousEnd + 1..<max(previousEnd + 1, child.start)
            let gap = SourceGap(range, in: source, before: .sibling, keepsComments: level.keepsComments)
            elements += gap.standing.map(Element.comments)
            if child.isRemoved { deleted.formUnion(gap.orders) }
            var top = child.start
            if removedRuns[index] {
                deleted.formUnion(gap.header)
                let end = gap.standing.last?.upperBound ?? 0
                top = (gap.header + gap.orders).filter { $0 > end }.min() ?? top
            } else if let first = gap.header.first, let last = gap.header.last {
                elements.append(.comments(first...last))
            }
            elements.append(
                Element(top: top, start: child.start, end: child.end, removed: child.isRemoved ? child : nil))
            previousEnd = child.end
        }
        let range = previousEnd + 1..<layout.nextContentLine(after: previousEnd)
        let follower: SourceGap.Follower = range.upperBound > source.lines.count ? .end : .outsider
        let gap = SourceGap(range, in: source, before: follower, keepsComments: level.keepsComments)
        return elements + gap.standing.map(Element.comments)
    }

    /// For each child, whether its run goes as a whole; a run ends at a comment or a blank line.
    private func removedRuns(of children: [Child], _ level: Level) -> [Bool] {
        var result = children.map(\.isRemoved)
        guard level.hasRuns else { return result }
        var start = 0
        for index in children.indices {
            let isLast = index + 1 == children.count || children[index + 1].start > children[index].end + 1
            guard isLast else { continue }
            let isRemoved = result[start...index].allSatisfy { $0 }
            for member in start...index { result[member] = isRemoved }
            start = index + 1
        }
        return result
    }

    /// The comments within a list that stay although the list goes as a whole, each with a blank line below it.
    private func standingLines(in child: Child) -> Set<Int> {
        var lines: Set<Int> = []
        var previousEnd = child.start
        for item in child.value.items ?? [] {
            let start = layout.headLine(of: item.span, isPair: false) ?? item.span.startLine
            let range = previousEnd + 1..<max(previousEnd + 1, start)
            let gap = SourceGap(range, in: source, before: .sibling, keepsComments: true)
            for block in gap.standing {
                lines.formUnion(block)
                if source.lines.isBlank(block.upperBound + 1) { lines.insert(block.upperBound + 1) }
            }
            previousEnd = layout.end(of: item.span, startingOn: start)
        }
        return lines
    }
}
