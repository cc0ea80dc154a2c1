/// What lies between two states of a registry.
public struct RegistryChange: Sendable {
    /// The registry before the change.
    public let base: Registry
    /// The lines that the change added or edited, by path, counted in the new files.
    public let editedLines: [ExactText: LineSet]
    /// The paths of files that the change added or edited, be it only by deleting lines; Prow's jobs are not among them.
    public let changedFiles: Set<ExactText>
    /// The paths of files that the change added.
    public let addedFiles: Set<ExactText>
    /// The paths of files that the change deleted.
    public let deletedFiles: Set<ExactText>

    /// What lies between two registries.
    ///
    /// - Parameters:
    ///   - base: Before.
    ///   - head: After.
    public init(from base: Registry, to head: Registry) {
        self.base = base
        var editedLines: [ExactText: LineSet] = [:]
        var addedFiles: Set<ExactText> = []
        var changedFiles: Set<ExactText> = []
        for file in head.files {
            let path = ExactText(file.path)
            guard let old = base.file(at: file.path) else {
                addedFiles.insert(path)
                changedFiles.insert(path)
                editedLines[path] = LineSet(1...max(1, file.source.lines.count))
                continue
            }
            if old.source.lines.bytes != file.source.lines.bytes { changedFiles.insert(path) }
            let edited = LineSet.edited(from: old.source.lines, to: file.source.lines)
            if !edited.isEmpty { editedLines[path] = edited }
        }
        self.editedLines = editedLines
        self.addedFiles = addedFiles
        self.changedFiles = changedFiles
        deletedFiles = Set(base.files.map(\.path).filter { head.file(at: $0) == nil }.map { ExactText($0) })
    }

    /// Whether the change added or edited any line of an item.
    public func touches(_ item: some RegistryItem) -> Bool { touches(item.place) }

    /// Whether the change added or edited any line of a place.
    public func touches(_ place: SourcePlace) -> Bool {
        editedLines[ExactText(place.path)]?.intersects(place.line...place.endLine) == true
    }

    /// Whether a test group is there now and was not before.
    public func adds(_ group: TestGroup) -> Bool { base.group(named: group.name) == nil }

    /// Whether a dashboard is there now and was not before.
    public func adds(_ dashboard: Dashboard) -> Bool { base.dashboard(named: dashboard.name) == nil }
}
