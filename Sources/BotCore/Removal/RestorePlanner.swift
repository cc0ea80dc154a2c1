/// Plans to put back what a removal took: the exact lines, where they came from by structure.
///
/// A file that is as the removal left it becomes byte for byte what it was. In any other the lines go beside the
/// neighbors that they had, wherever these stand now.
public struct RestorePlanner {
    private let registry: Registry
    let policy: Policy

    /// A planner.
    ///
    /// - Parameters:
    ///   - registry: The registry as it is now.
    ///   - policy: The repository's policy.
    public init(registry: Registry, policy: Policy) {
        self.registry = registry
        self.policy = policy
    }

    /// Plans to put back what a removal took.
    ///
    /// - Parameters:
    ///   - removal: Every file that the removal changed.
    ///   - selectors: What comes back, with all that went because of it; nil for everything.
    /// - Returns: The plan; what cannot be put back is among its conflicts.
    public func plan(_ removal: [RemovedFile], only selectors: [Selector]? = nil) -> RestorePlan {
        var excluded: Set<Selector> = []
        // Each round leaves out at least one more of the things that the removal took.
        while true {
            var draft = RestoreDraft(registry: registry, policy: policy)
            draft.restore(removal, only: selectors, excluding: excluded)
            let dangling = draft.dangling().filter { !excluded.contains($0.selector) }
            guard !dangling.isEmpty else { return draft.plan(leavingOut: excluded) }
            excluded.formUnion(dangling.map(\.selector))
        }
    }
}

/// Turns what comes back into edits of files.
struct RestoreDraft {
    private let registry: Registry
    private let policy: Policy
    private var selectors: [Selector] = []
    private var present: [Selector] = []
    private var conflicts: [UneditedReference] = []
    /// The files as they will be.
    private var contents: [String: RegistryFile] = [:]

    /// A draft.
    init(registry: Registry, policy: Policy) {
        self.registry = registry
        self.policy = policy
    }

    /// Puts back what a removal took, but for what must not come.
    mutating func restore(_ removal: [RemovedFile], only wanted: [Selector]?, excluding excluded: Set<Selector>) {
        let parts = removal.compactMap { part(of: $0) }
        var selection = RestoreSelection(wanted, of: parts, into: registry, excluding: excluded)
        for part in parts {
            restore(part, without: selection.unwanted(in: part))
        }
        selectors = selection.selectors
        present = selection.present
        conflicts += selection.conflicts
        restoreOwners(removal)
    }

    /// What came back and names something that is not there.
    func dangling() -> [(selector: Selector, reason: String)] {
        let result = Registry(files: files, policy: policy)
        var found: [(Selector, String)] = []
        for case .tab(let dashboard, let name) in selectors + restoredTabs(in: result) {
            guard let tab = result.dashboard(named: dashboard)?.tabs.first(where: { $0.name == name }),
                !result.hasGroup(named: tab.testGroupName)
            else { continue }
            found.append((tab.selector, "its test group \"\(tab.testGroupName)\" is not there any more"))
        }
        for group in result.dashboardGroups {
            let known = registry.dashboardGroup(named: group.name)?.members.map(\.name) ?? []
            for member in group.members where !known.contains(member.name) {
                guard result.dashboard(named: member.name) == nil else { continue }
                found.append((.dashboard(member.name), "the dashboard is not there any more"))
            }
        }
        return found
    }

    private func restoredTabs(in result: Registry) -> [Selector] {
        result.dashboards.filter { selectors.contains($0.selector) }.flatMap { $0.tabs.map(\.selector) }
    }

    /// The plan.
    func plan(leavingOut excluded: Set<Selector>) -> RestorePlan {
        let edits = contents.values.sorted { $0.path < $1.path }.map { file in
            FileEdit(from: registry.file(at: file.path)?.source.lines.bytes, to: file.source.lines.bytes, at: file.path)
        }
        let left = excluded.map(\.description).sorted().map { name in
            UneditedReference(
                path: "", line: nil, reason: "\(name) is not put back, since what it shows is not there any more.")
        }
        return RestorePlan(
            selectors: selectors.filter { !excluded.contains($0) }, edits: edits, conflicts: conflicts + left,
            present: present, files: files)
    }

    private var files: [RegistryFile] {
        registry.files.map { contents[$0.path] ?? $0 }
            + contents.values.filter { registry.file(at: $0.path) == nil }
    }

    // MARK: - One file

    /// Reads what a removal did to a file of the registry; notes why it cannot be undone.
    private mutating func part(of file: RemovedFile) -> RestoreSelection.Part? {
        guard let bytes = file.before, bytes != file.after,
            let kind = RegistryFileSorter(paths: policy.paths).kind(of: file.path)
        else { return nil }
        guard kind == .buckets || kind == .testgrid else {
            if kind != .owners { note(file.path, "This file is not put back: nothing is edited in it.") }
            return nil
        }
        let before = RegistryFile(path: file.path, kind: kind, bytes: bytes)
        let current = registry.file(at: file.path)
        let after = file.after.map { bytes in
            // Most often nobody has edited it since, and it is read already.
            current.flatMap { $0.source.lines.bytes == bytes ? $0 : nil }
                ?? RegistryFile(path: file.path, kind: kind, bytes: bytes)
        }
        guard before.source.issues.isEmpty, after?.source.issues.isEmpty != false, before.source.root != nil else {
            note(file.path, "The file could not be read as it was; put its lines back by hand.")
            return nil
        }
        let removed = TreeDifference.deletion(from: before.source, to: after?.source)
        if let after, !MeaningProof.holds(before.source, without: removed, is: after.source) {
            note(file.path, "The commit did more to this file than take entries out; put them back by hand.")
            return nil
        }
        return RestoreSelection.Part(path: file.path, before: before, after: after, removed: removed)
    }

    private mutating func restore(_ part: RestoreSelection.Part, without unwanted: FileDeletion) {
        guard !part.before.source.isLeftEmpty(by: unwanted) else { return }
        do {
            let goal = unwanted.isEmpty ? part.before : try ProvenDeletion.edit(part.before, unwanted).left
            let returning = TreeDifference.deletion(from: goal.source, to: part.after?.source)
            guard !returning.isEmpty else { return }
            let current = contents[part.path] ?? registry.file(at: part.path)
            if current?.source.lines.bytes == part.after?.source.lines.bytes {
                contents[part.path] = goal
                return
            }
            var insertion = StructuralInsertion(
                goal: goal, returning: returning,
                current: Registry(files: files, policy: policy))
            try insertion.insert()
            for file in insertion.changed { contents[file.path] = file }
            conflicts += insertion.conflicts
        } catch {
            note(part.path, "The lines have to be put back by hand: \(error.words).")
        }
    }

    private mutating func restoreOwners(_ removal: [RemovedFile]) {
        for file in removal where file.after == nil {
            guard let bytes = file.before, RegistryFileSorter(paths: policy.paths).kind(of: file.path) == .owners,
                registry.file(at: file.path) == nil,
                contents.keys.contains(where: { folder(of: $0) == folder(of: file.path) })
            else { continue }
            contents[file.path] = RegistryFile(path: file.path, kind: .owners, bytes: bytes)
        }
    }

    private mutating func note(_ path: String, _ reason: String) {
        conflicts.append(UneditedReference(path: path, line: nil, reason: reason))
    }
}
