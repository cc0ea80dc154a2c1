/// Turns what goes into edits of files.
struct RemovalDraft {
    private let registry: Registry
    private let requests: [Selector]
    private let causes: [RemovedThing: Set<Int>]
    private var deletedFiles: Set<ExactText> = []

    /// The edits, in the order of the paths.
    private(set) var edits: [FileEdit] = []
    /// The requests that cannot be met by deleting lines, by their number.
    private(set) var refusals: [Int: RemovalRefusal] = [:]
    /// The registry's files after the edits.
    private(set) var files: [RegistryFile] = []

    /// A draft.
    ///
    /// - Parameters:
    ///   - registry: The registry.
    ///   - requests: What was asked to go.
    ///   - causes: What goes, each with the numbers of the requests because of which it does.
    init(registry: Registry, requests: [Selector], causes: [RemovedThing: Set<Int>]) {
        self.registry = registry
        self.requests = requests
        self.causes = causes
    }

    /// Makes the edits; those that cannot be proven become refusals.
    mutating func edit(surroundings: RemovalSurroundings) {
        var things: [ExactText: [RemovedThing]] = [:]
        for thing in causes.keys { things[ExactText(registry.path(of: thing)), default: []].append(thing) }
        var changed: [ExactText: RegistryFile?] = [:]
        for (path, things) in things.sorted(by: { $0.key < $1.key }) {
            guard let file = registry.file(at: path.text) else { continue }
            let deletion = deletion(of: things, in: file)
            do {
                changed[path] = try edit(file, deletion)
            } catch {
                refuse(error, things, in: path.text)
            }
        }
        for path in deletedFiles.sorted() { deleteOwners(besides: path.text, surroundings, &changed) }
        edits.sort { $0.path < $1.path }
        files = registry.files.compactMap { file in
            guard let replacement = changed[ExactText(file.path)] else { return file }
            return replacement
        }
    }

    // MARK: - One file

    /// The values of a file that go: the outermost ones, with the keys of lists that are left without an item.
    private func deletion(of things: [RemovedThing], in file: RegistryFile) -> FileDeletion {
        var deletion = FileDeletion()
        for thing in things {
            switch thing {
            case .bucket(let index): deletion.pairs.insert(NodePosition(registry.buckets[index].keySpan))
            case .group, .dashboard, .dashboardGroup: deletion.items.insert(NodePosition(registry.span(of: thing)))
            case .tab(let index, _):
                guard causes[.dashboard(index)] == nil, causes[.tabList(dashboard: index)] == nil else { continue }
                deletion.items.insert(NodePosition(registry.span(of: thing)))
            case .tabList(let index), .defaultTab(let index):
                guard causes[.dashboard(index)] == nil else { continue }
                deletion.pairs.insert(NodePosition(registry.span(of: thing)))
            case .member(let index, _):
                guard causes[.dashboardGroup(index)] == nil else { continue }
                deletion.items.insert(NodePosition(registry.span(of: thing)))
            }
        }
        guard file.kind == .testgrid else { return deletion }
        for pair in file.source.root?.pairs ?? [] {
            guard let items = pair.value.items, !items.isEmpty, items.allSatisfy(deletion.removes(item:)) else {
                continue
            }
            deletion.pairs.insert(NodePosition(pair.key.span))
        }
        return deletion
    }

    /// Edits one file.
    ///
    /// - Returns: The file as it is then; nil where nothing of it is left.
    /// - Throws: `HandEdit` where deleting lines does not do.
    private mutating func edit(_ file: RegistryFile, _ deletion: FileDeletion) throws(HandEdit) -> RegistryFile? {
        let source = file.source
        if let issue = source.issues.first { throw HandEdit(position: nil, reason: .file(issue)) }
        if source.isLeftEmpty(by: deletion) {
            if file.kind == .buckets { throw HandEdit(position: nil, reason: .lastBucket) }
            deletedFiles.insert(ExactText(file.path))
            edits.append(FileEdit(deleting: nil, from: source.lines, at: file.path))
            return nil
        }
        let (edit, left) = try ProvenDeletion.edit(file, deletion)
        edits.append(edit)
        return left
    }

    private mutating func refuse(_ handEdit: HandEdit, _ things: [RemovedThing], in path: String) {
        // The innermost first, so that the place that is named is the same each time.
        let things = things.sorted { registry.span(of: $0).startLine > registry.span(of: $1).startLine }
        let blamed = things.filter { thing in
            guard let position = handEdit.position else { return true }
            return registry.span(of: thing).lines.contains(position.line)
        }
        for thing in blamed.isEmpty ? things : blamed {
            for request in causes[thing] ?? [] where refusals[request] == nil {
                refusals[request] = RemovalRefusal(
                    selector: requests[request], suspension: .handEdit,
                    place: SourcePlace(path: path, line: registry.span(of: thing).startLine),
                    reason: .handEdit(handEdit))
            }
        }
    }

    // MARK: - OWNERS files

    /// Deletes the OWNERS file of a folder in which nothing else is left.
    private mutating func deleteOwners(
        besides path: String, _ surroundings: RemovalSurroundings, _ changed: inout [ExactText: RegistryFile?]
    ) {
        let directory = folder(of: path)
        guard !directory.isEmpty, let owners = registry.ownersFile(inFolder: directory),
            let file = registry.file(at: owners.path), changed[ExactText(owners.path)] == nil
        else { return }
        let others = Set(registry.files.map(\.path)).union(surroundings.paths).filter {
            $0.hasPrefix(directory + "/") && $0 != owners.path && !deletedFiles.contains(ExactText($0))
        }
        guard others.isEmpty else { return }
        edits.append(FileEdit(deleting: nil, from: file.source.lines, at: owners.path))
        changed[ExactText(owners.path)] = .some(nil)
    }

    // MARK: - In words

    /// Everything that goes, by file and line.
    var removedItems: [RemovedItem] {
        var items = causes.keys.map { thing in
            let path = registry.path(of: thing)
            let span = registry.span(of: thing)
            let selector = registry.selector(of: thing)
            return RemovedItem(
                selector: selector, words: words(for: thing),
                place: SourcePlace(
                    path: path, line: span.startLine, column: span.startColumn, endLine: span.endLine),
                isNamed: selector.map(requests.contains) == true)
        }
        for edit in edits where edit.new == nil {
            let place = SourcePlace(path: edit.path, line: 1, endLine: SourceLines(edit.old ?? []).count)
            items.append(
                RemovedItem(selector: nil, words: "the file, which is empty then", place: place, isNamed: false))
        }
        return items.sorted { left, right in
            let (a, b) = (left.place, right.place)
            return (a.path, a.line, a.column ?? 0, left.words) < (b.path, b.line, b.column ?? 0, right.words)
        }
    }

    private func words(for thing: RemovedThing) -> String {
        switch thing {
        case .bucket(let index): "the bucket \(registry.buckets[index].key)"
        case .group(let index): "the test group \(registry.groups[index].name)"
        case .tab(let index, let tab):
            "the tab \(registry.dashboards[index].tabs[tab].name) of the dashboard \(registry.dashboards[index].name)"
        case .dashboard(let index): "the dashboard \(registry.dashboards[index].name)"
        case .tabList(let index):
            "the list of tabs of the dashboard \(registry.dashboards[index].name), which Prow jobs go on to fill"
        case .defaultTab(let index): "the default tab of the dashboard \(registry.dashboards[index].name)"
        case .member(let group, let member):
            "the line \(registry.dashboardGroups[group].members[member].name) "
                + "of the dashboard group \(registry.dashboardGroups[group].name)"
        case .dashboardGroup(let index): "the dashboard group \(registry.dashboardGroups[index].name)"
        }
    }
}

/// Deletes values of one file by whole lines, and proves it.
enum ProvenDeletion {
    /// The edit, and the file as it is then.
    ///
    /// - Throws: `HandEdit` where a value has no lines of its own, or the proof fails.
    static func edit(
        _ file: RegistryFile, _ deletion: FileDeletion
    ) throws(HandEdit) -> (edit: FileEdit, left: RegistryFile) {
        let lines = try LineDeletion.lines(of: deletion, in: file.source, isListOfBuckets: file.kind == .buckets)
        let edit = FileEdit(deleting: lines, from: file.source.lines, at: file.path)
        let left = RegistryFile(path: file.path, kind: file.kind, bytes: edit.new ?? [])
        guard left.source.issues.isEmpty, MeaningProof.holds(file.source, without: deletion, is: left.source) else {
            throw HandEdit(position: nil, reason: .unproven)
        }
        return (edit, left)
    }
}

extension YAMLSource {
    /// Whether nothing but empty lists is left of the file without some of its values.
    func isLeftEmpty(by deletion: FileDeletion) -> Bool {
        (root?.pairs ?? []).allSatisfy { pair in
            let isList = ["test_groups", "dashboards", "dashboard_groups"].contains(pair.key.scalar?.text.lowercased())
            return deletion.removes(pair) || (isList && pair.value.isZero)
        }
    }
}
