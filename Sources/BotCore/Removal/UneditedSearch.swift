/// Finds what still names something that goes, in files that a removal does not edit.
struct UneditedSearch {
    private let registry: Registry
    private let policy: Policy
    private let surroundings: RemovalSurroundings
    private let selectors: Set<Selector>

    /// References of one removal that are told one by one.
    static let documentReferenceLimit = 50

    /// A search.
    ///
    /// - Parameters:
    ///   - registry: The registry before the removal.
    ///   - policy: The repository's policy.
    ///   - surroundings: What else the tree holds.
    ///   - removed: What goes.
    init(registry: Registry, policy: Policy, surroundings: RemovalSurroundings, removed: [RemovedItem]) {
        self.registry = registry
        self.policy = policy
        self.surroundings = surroundings
        selectors = Set(removed.compactMap(\.selector))
    }

    /// Everything that is found, by file and line.
    func references() -> [UneditedReference] {
        guard !selectors.isEmpty else { return [] }
        let found = prefixes() + allowedBuckets() + readers() + documents()
        return found.sorted { ($0.path, $0.line ?? 0, $0.reason) < ($1.path, $1.line ?? 0, $1.reason) }
    }

    /// What the names of dashboards may start with, where no dashboard does any more.
    private func prefixes() -> [UneditedReference] {
        let path =
            policy.dashboardPrefixes.isEmpty
            ? registry.files.last { $0.kind == .dashboardPrefixes }?.path : PolicyFile.path
        guard let path, let prefixes = registry.dashboardPrefixes else { return [] }
        let names = registry.dashboards.map(\.selector) + registry.dashboardGroups.map(\.selector)
        let gone = names.filter(selectors.contains).map(\.name)
        let left = names.filter { !selectors.contains($0) }.map(\.name)
        return prefixes.filter { prefix in
            gone.contains { $0.hasPrefix(prefix) } && !left.contains { $0.hasPrefix(prefix) }
        }.map { prefix in
            UneditedReference(
                path: path, line: nil,
                reason: "It allows names of dashboards to start with \"\(prefix)\", and none does any more.")
        }
    }

    /// Buckets that Deck may show although no test group reads them any more.
    private func allowedBuckets() -> [UneditedReference] {
        let buckets = unreadBuckets
        return registry.files.filter { $0.kind == .prowConfig }.flatMap { file -> [UneditedReference] in
            let deck = file.source.root?.field("deck")?.value
            return (deck?.fieldItems("additional_allowed_buckets") ?? []).compactMap { item in
                guard let name = item.text, buckets.contains(name.replacing("gs://", with: "")) else { return nil }
                return UneditedReference(
                    path: file.path, line: item.span.startLine,
                    reason: "Deck is allowed to show the bucket \"\(name)\", and no test group reads it any more.")
            }
        }
    }

    /// The buckets that only groups read which go.
    private var unreadBuckets: Set<String> {
        let gone = registry.groups.filter { selectors.contains($0.selector) }
        let names = Set(gone.flatMap { $0.gcsPrefix?.buckets ?? [] })
        return names.filter { bucket in
            registry.groups(inBucket: bucket).allSatisfy { selectors.contains($0.selector) }
        }
    }

    /// Test groups that stay and read below an entry of `buckets.yaml` that goes.
    private func readers() -> [UneditedReference] {
        registry.buckets.filter { selectors.contains($0.selector) }.compactMap { entry in
            guard let location = entry.location else { return nil }
            let readers = registry.groups(below: location).filter { !selectors.contains($0.selector) }
            guard let first = readers.first else { return nil }
            let others = readers.count == 1 ? "" : ", and \(readers.count - 1) more do"
            return UneditedReference(
                path: first.path, line: first.span.startLine,
                reason: "The test group \"\(first.name)\" goes on to read results below \(entry.key)\(others).")
        }
    }

    /// Names in documentation.
    private func documents() -> [UneditedReference] {
        var names: [Substring: String] = [:]
        for selector in selectors {
            switch selector {
            case .testGroup(let name): names[Substring(name)] = "the test group"
            case .dashboard(let name): names[Substring(name)] = "the dashboard"
            case .dashboardGroup(let name): names[Substring(name)] = "the dashboard group"
            case .bucket, .tab: continue
            }
        }
        for bucket in unreadBuckets { names[Substring(bucket)] = "the bucket" }
        var found: [UneditedReference] = []
        for (path, bytes) in surroundings.documents.sorted(by: { $0.key < $1.key }) {
            let lines = SourceLines(bytes)
            for line in 1..<lines.count + 1 {
                let words = lines.text(of: line).split { !($0.isLetter || $0.isNumber || "-_.".contains($0)) }
                for word in words {
                    let bare = word.last == "." ? word.dropLast() : word
                    guard let what = names[bare] else { continue }
                    found.append(UneditedReference(path: path, line: line, reason: "It names \(what) \"\(bare)\"."))
                    if found.count == Self.documentReferenceLimit { return found }
                }
            }
        }
        return found
    }
}
