/// Puts lines back into files that have changed since they were taken out.
///
/// Each stretch of neighbors goes behind the nearest item that stood before it and is still there, or else before the
/// nearest that stood behind it, in whatever file these are now. In a list that is in the order of the alphabet now,
/// a stretch without its neighbors goes where the order wants it.
struct StructuralInsertion {
    private let goal: RegistryFile
    private var returning: FileDeletion
    private let current: Registry
    private var insertions: [String: [Insertion]] = [:]

    /// What could not be put back.
    private(set) var conflicts: [UneditedReference] = []
    /// The files with what came back, read again and proven.
    private(set) var changed: [RegistryFile] = []

    /// Lines that go before a line of a file.
    private struct Insertion {
        let line: Int
        let lines: [[UInt8]]
        let values: [YAMLNode]
    }

    /// An insertion.
    ///
    /// - Parameters:
    ///   - goal: The file as it would be if nothing else had happened.
    ///   - returning: What of it comes back.
    ///   - current: The registry as it is.
    init(goal: RegistryFile, returning: FileDeletion, current: Registry) {
        self.goal = goal
        self.returning = returning
        self.current = current
        returnMembers()
    }

    /// Lets the lines come along that put a dashboard into its dashboard group, where a later removal took it.
    private mutating func returnMembers() {
        let dashboards = goal.source.root?.fieldItems("dashboards") ?? []
        let lost = dashboards.filter { item in
            guard let name = item.itemName, current.dashboard(named: name) == nil else { return false }
            return !returning.removes(item: item) && !lostPairs(of: item).isEmpty
        }
        for group in goal.source.root?.fieldItems("dashboard_groups") ?? [] {
            for member in group.fieldItems("dashboard_names") {
                guard let name = member.text, lost.contains(where: { $0.itemName?.isExactly(name) == true }) else {
                    continue
                }
                let isMember = current.dashboardGroups.contains { known in
                    known.members.contains { $0.name.isExactly(name) }
                }
                if !isMember { returning.items.insert(NodePosition(member.span)) }
            }
        }
    }

    /// The keys of an item of which something comes back.
    private func lostPairs(of item: YAMLNode) -> [YAMLPair] {
        (item.pairs ?? []).filter { pair in
            returning.removes(pair) || (pair.value.items ?? []).contains(where: returning.removes(item:))
        }
    }

    /// Puts everything back that has a place.
    ///
    /// - Throws: `HandEdit` where lines cannot be told apart, or the proof fails.
    mutating func insert() throws(HandEdit) {
        guard let root = goal.source.root else { return }
        guard let file = current.file(at: goal.path) else {
            try insertElsewhere(root)
            return
        }
        try insertKeys(of: root, into: file)
        for pair in root.pairs ?? [] where goal.kind == .testgrid {
            try insertItems(of: pair, isWhole: returning.removes(pair), fallback: file)
        }
        try apply()
    }

    // MARK: - Finding the place

    /// Pairs directly below the root: entries of `buckets.yaml`, or lists that are not there now.
    private mutating func insertKeys(of root: YAMLNode, into file: RegistryFile) throws(HandEdit) {
        let goals = ItemList(pairs: root.pairs ?? [], in: goal.source, above: 0) { returning.removes($0) }
        let known = Set((file.source.root?.pairs ?? []).compactMap { $0.key.scalar?.text })
        let list = ItemList(pairs: file.source.root?.pairs ?? [], in: file.source, above: 0) { _ in false }
        for stretch in goals.stretches {
            let missing = stretch.filter { !known.contains(goals.items[$0].name) }
            guard !missing.isEmpty else { continue }
            if missing.count < stretch.count, goal.kind == .buckets { continue }
            try insert(missing, of: goals, into: list, of: file)
        }
    }

    /// Items of a list below the root, and parts of items that stayed.
    private mutating func insertItems(
        of pair: YAMLPair, isWhole: Bool, fallback: RegistryFile
    ) throws(HandEdit) {
        guard let key = pair.key.scalar?.text, let items = pair.value.items else { return }
        let goals = ItemList(items: items, in: goal.source, above: pair.key.span.startLine) {
            isWhole || returning.removes(item: $0)
        }
        let hasList = fallback.source.root?.field(key)?.value.items?.isEmpty == false
        for stretch in goals.stretches {
            // Where the list itself came back, its items came with it.
            if isWhole, !hasList { break }
            guard let (file, list) = home(of: stretch, in: goals, key: key, fallback: fallback) else {
                try promote(stretch, of: goals, key: pair, into: fallback)
                continue
            }
            try insert(stretch, of: goals, into: list, of: file)
        }
        for item in items where !isWhole && !returning.removes(item: item) {
            try insertParts(of: item, key: pair)
        }
    }

    /// Tabs, members and keys of an item that stayed when they went.
    private mutating func insertParts(of item: YAMLNode, key list: YAMLPair) throws(HandEdit) {
        guard let name = item.itemName, let key = list.key.scalar?.text else { return }
        let lost = lostPairs(of: item)
        guard !lost.isEmpty else { return }
        guard let (file, home) = current.item(named: name, in: key) else {
            try insertItem(item, with: lost, into: list)
            return
        }
        for pair in lost {
            let goals = ItemList(
                items: pair.value.items ?? [], in: goal.source, above: pair.key.span.startLine
            ) { returning.removes(pair) || returning.removes(item: $0) }
            let list = pair.key.scalar.flatMap { home.field($0.text) }
            if let list, let items = list.value.items, !items.isEmpty {
                let known = ItemList(items: items, in: file.source, above: list.key.span.startLine) { _ in false }
                for stretch in goals.stretches { try insert(stretch, of: goals, into: known, of: file) }
            } else {
                try insertPair(pair, of: item, into: home, of: file)
            }
        }
    }

    /// An item that a later removal took, with only those of its parts that come back.
    private mutating func insertItem(
        _ item: YAMLNode, with parts: [YAMLPair], into list: YAMLPair
    ) throws(HandEdit) {
        var others = FileDeletion()
        for pair in parts where !returning.removes(pair) {
            for part in pair.value.items ?? [] where !returning.removes(item: part) {
                others.items.insert(NodePosition(part.span))
            }
        }
        let smaller = others.isEmpty ? goal : try ProvenDeletion.edit(goal, others).left
        guard let key = list.key.scalar?.text, let pair = smaller.source.root?.field(key) else { return }
        let goals = ItemList(items: pair.value.items ?? [], in: smaller.source, above: pair.key.span.startLine) {
            $0.itemName == item.itemName
        }
        for stretch in goals.stretches {
            let fallback = current.file(at: goal.path) ?? goal
            guard let (file, known) = home(of: stretch, in: goals, key: key, fallback: fallback) else {
                let name = item.itemName ?? ""
                conflicts.append(
                    UneditedReference(
                        path: goal.path, line: nil,
                        reason: "What belongs to \"\(name)\" of \(key) is not put back: it is not there any more, "
                            + "and neither is anything that stood beside it."))
                continue
            }
            try insert(stretch, of: goals, into: known, of: file)
        }
    }

    /// A key of an item that has no such key now, with what of its list comes back.
    private mutating func insertPair(
        _ pair: YAMLPair, of item: YAMLNode, into home: YAMLNode, of file: RegistryFile
    ) throws(HandEdit) {
        let above = item.span.startLine - 1
        let goals = ItemList(pairs: item.pairs ?? [], in: goal.source, above: above) { $0 == pair }
        let known = ItemList(pairs: home.pairs ?? [], in: file.source, above: home.span.startLine - 1) { _ in false }
        for stretch in goals.stretches { try insert(stretch, of: goals, into: known, of: file) }
    }

    /// The list in which the neighbors of a stretch stand now: that of the same file, or of another.
    private func home(
        of stretch: ClosedRange<Int>, in goals: ItemList, key: String, fallback: RegistryFile
    ) -> (file: RegistryFile, list: ItemList)? {
        let others = current.files.filter { $0.kind == goal.kind && $0.path != fallback.path }
        let own = current.file(at: fallback.path) == nil ? [] : [fallback]
        let candidates = (own + others).compactMap { file -> (file: RegistryFile, list: ItemList)? in
            guard let pair = file.source.root?.field(key), let items = pair.value.items, !items.isEmpty else {
                return nil
            }
            return (file, ItemList(items: items, in: file.source, above: pair.key.span.startLine) { _ in false })
        }
        for name in goals.neighbors(of: stretch) {
            if let found = candidates.first(where: { $0.list.places[name] != nil }) { return found }
        }
        return candidates.first { $0.file.path == fallback.path }
    }

    /// Puts a list back that is not there now, with only what comes back.
    private mutating func promote(
        _ stretch: ClosedRange<Int>, of goals: ItemList, key pair: YAMLPair, into file: RegistryFile
    ) throws(HandEdit) {
        var others = FileDeletion()
        for (index, item) in (pair.value.items ?? []).enumerated() where !stretch.contains(index) {
            others.items.insert(NodePosition(item.span))
        }
        let smaller = others.isEmpty ? goal : try ProvenDeletion.edit(goal, others).left
        guard let root = smaller.source.root else { return }
        let name = pair.key.scalar?.text
        let keys = ItemList(pairs: root.pairs ?? [], in: smaller.source, above: 0) { $0.key.scalar?.text == name }
        let list = ItemList(pairs: file.source.root?.pairs ?? [], in: file.source, above: 0) { _ in false }
        for stretch in keys.stretches { try insert(stretch, of: keys, into: list, of: file) }
    }

    /// What comes back of a file that is not there now: beside its neighbors in other files, or in the file anew.
    private mutating func insertElsewhere(_ root: YAMLNode) throws(HandEdit) {
        var others = FileDeletion()
        for pair in root.pairs ?? [] where !returning.removes(pair) {
            guard let items = pair.value.items, !items.isEmpty else { continue }
            let kept = items.filter { !returning.removes(item: $0) }
            let goals = ItemList(items: items, in: goal.source, above: pair.key.span.startLine) {
                returning.removes(item: $0)
            }
            for stretch in goals.stretches {
                guard let key = pair.key.scalar?.text,
                    let (file, list) = home(of: stretch, in: goals, key: key, fallback: goal)
                else { continue }
                try insert(stretch, of: goals, into: list, of: file)
                others.items.formUnion(stretch.map { NodePosition(items[$0].span) })
            }
            others.items.formUnion(kept.map { NodePosition($0.span) })
            for item in kept { try insertParts(of: item, key: pair) }
            if items.allSatisfy(others.removes(item:)) { others.pairs.insert(NodePosition(pair.key.span)) }
        }
        if !goal.source.isLeftEmpty(by: others) {
            changed.append(others.isEmpty ? goal : try ProvenDeletion.edit(goal, others).left)
        }
        try apply()
    }

    // MARK: - Inserting

    private mutating func insert(
        _ stretch: some Collection<Int>, of goals: ItemList, into list: ItemList, of file: RegistryFile
    ) throws(HandEdit) {
        guard let first = stretch.min(), let last = stretch.max() else { return }
        let chunk = try goals.chunk(first...last, isListOfBuckets: goal.kind == .buckets)
        let shift = list.indentation.map { $0 - goals.indentation(of: first) } ?? 0
        let lines = chunk.lines.map { line in goals.source.lines.wholeLine(line).indented(by: shift) }
        insertions[file.path, default: []].append(
            Insertion(
                line: list.line(for: first...last, of: goals, chunk: chunk), lines: lines,
                values: (first...last).map { goals.items[$0].node }))
    }

    private mutating func apply() throws(HandEdit) {
        for (path, insertions) in insertions.sorted(by: { $0.key < $1.key }) {
            guard let file = current.file(at: path) else { continue }
            let bytes = Self.bytes(of: file.source.lines, with: insertions)
            let result = RegistryFile(path: path, kind: file.kind, bytes: bytes)
            guard result.source.issues.isEmpty, Self.isProven(file.source, insertions, result.source) else {
                throw HandEdit(position: nil, reason: .unproven)
            }
            changed.append(result)
        }
    }

    private static func bytes(of lines: SourceLines, with insertions: [Insertion]) -> [UInt8] {
        var byLine: [Int: [[UInt8]]] = [:]
        for insertion in insertions { byLine[insertion.line, default: []] += insertion.lines }
        var all: [[UInt8]] = []
        for line in 1..<lines.count + 2 {
            all += byLine[line] ?? []
            if line <= lines.count { all.append(Array(lines.wholeLine(line))) }
        }
        // Only the last line of a file may end without a line break.
        let ending = Array((lines.count > 1 ? lines.wholeLine(1) : [0x0A]).suffix(2))
        let lineBreak: [UInt8] = ending == [0x0D, 0x0A] ? ending : [0x0A]
        for index in all.indices.dropLast() where all[index].last != 0x0A { all[index] += lineBreak }
        return Array(all.joined())
    }

    /// Whether a file means what it meant, with exactly the values that were to come back.
    private static func isProven(_ old: YAMLSource, _ insertions: [Insertion], _ new: YAMLSource) -> Bool {
        let came = TreeDifference.deletion(from: new, to: old)
        guard MeaningProof.holds(new, without: came, is: old) else { return false }
        var found: [YAMLNode] = []
        new.root?.collect(came, into: &found)
        var wanted = insertions.flatMap(\.values)
        guard found.count == wanted.count else { return false }
        for value in found {
            guard let index = wanted.firstIndex(where: { MeaningProof.isSame($0, value) }) else { return false }
            wanted.remove(at: index)
        }
        return wanted.isEmpty
    }
}

extension YAMLNode {
    /// Adds the values that a deletion names, of pairs the values without the keys.
    fileprivate func collect(_ deletion: FileDeletion, into found: inout [YAMLNode]) {
        for item in items ?? [] {
            if deletion.removes(item: item) { found.append(item) } else { item.collect(deletion, into: &found) }
        }
        for pair in pairs ?? [] {
            if deletion.removes(pair) {
                found.append(pair.value)
            } else {
                pair.value.collect(deletion, into: &found)
            }
        }
    }
}

extension ArraySlice<UInt8> {
    /// A line with more or fewer spaces before it; a blank line stays as it is.
    fileprivate func indented(by count: Int) -> [UInt8] {
        let spaces = prefix { $0 == UInt8(ascii: " ") }.count
        guard count != 0, dropFirst(spaces).first.map({ $0 != 0x0A && $0 != 0x0D }) == true else { return Array(self) }
        if count > 0 { return Array(repeating: UInt8(ascii: " "), count: count) + self }
        return Array(dropFirst(Swift.min(spaces, -count)))
    }
}

extension Registry {
    /// An item of a list of TestGrid's, in whatever file it is.
    fileprivate func item(named name: String, in key: String) -> (file: RegistryFile, node: YAMLNode)? {
        let item: (any RegistryItem)? =
            switch key.lowercased() {
            case "dashboards": dashboard(named: name)
            case "dashboard_groups": dashboardGroup(named: name)
            default: group(named: name)
            }
        guard let item, let file = file(at: item.path) else { return nil }
        return (file, item.node)
    }
}
