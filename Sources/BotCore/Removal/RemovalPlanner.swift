/// Plans removals: what goes, which lines that takes, and the proof that nothing else changes.
public struct RemovalPlanner {
    /// The registry from which things go.
    let registry: Registry
    /// The repository's policy.
    let policy: Policy
    private let surroundings: RemovalSurroundings

    /// A planner.
    ///
    /// - Parameters:
    ///   - registry: The whole registry, jobs and OWNERS files included.
    ///   - policy: The repository's policy.
    ///   - surroundings: What else the tree holds.
    public init(registry: Registry, policy: Policy, surroundings: RemovalSurroundings = RemovalSurroundings()) {
        self.registry = registry
        self.policy = policy
        self.surroundings = surroundings
    }

    /// A planner for what a removal leaves.
    func after(_ removal: RemovalPlan) -> RemovalPlanner {
        var surroundings = surroundings
        for edit in removal.edits where edit.new == nil { surroundings.paths.remove(edit.path) }
        return RemovalPlanner(
            registry: removal.registry(policy: policy), policy: policy, surroundings: surroundings)
    }

    /// Plans to remove what selectors name, with all that only makes sense with it.
    ///
    /// What cannot be removed by deleting whole lines is refused, and so is what the policy or a Prow job holds; the
    /// rest goes as if it had been asked for alone.
    ///
    /// - Parameter selectors: What goes; each once.
    /// - Returns: The plan.
    /// - Throws: `UnknownSelector` for the first that names nothing here.
    public func plan(_ selectors: [Selector]) throws(UnknownSelector) -> RemovalPlan {
        var requests: [Selector] = []
        for selector in selectors where !requests.contains(selector) {
            guard registry.names(selector) else {
                throw UnknownSelector(
                    selector, near: registry.names(like: selector), unreadable: registry.unreadablePaths(for: selector))
            }
            requests.append(selector)
        }
        var refusals: [RemovalRefusal] = []
        if let file = registry.blindSpot {
            let line = file.source.issues.last?.line ?? 1
            refusals = requests.map {
                RemovalRefusal(
                    selector: $0, suspension: .handEdit, place: SourcePlace(path: file.path, line: line),
                    reason: .unreadable)
            }
            requests = []
        }
        // Each round refuses at least one request, so there are no more rounds than requests.
        while true {
            let search = CascadeSearch(requests, in: registry, policy: policy)
            var refused = search.refusals
            var draft = RemovalDraft(registry: registry, requests: requests, causes: search.causes)
            if refused.isEmpty {
                draft.edit(surroundings: surroundings)
                refused = draft.refusals
            }
            guard !refused.isEmpty else {
                return plan(requests, refusals: refusals, from: draft)
            }
            refusals += refused.sorted { $0.key < $1.key }.map(\.value)
            requests = requests.indices.filter { refused[$0] == nil }.map { requests[$0] }
        }
    }

    private func plan(
        _ requests: [Selector], refusals: [RemovalRefusal], from draft: RemovalDraft
    ) -> RemovalPlan {
        let removed = draft.removedItems
        let search = UneditedSearch(registry: registry, policy: policy, surroundings: surroundings, removed: removed)
        return RemovalPlan(
            selectors: requests, refusals: refusals, removed: removed, edits: draft.edits,
            notEdited: search.references(), files: requests.isEmpty ? registry.files : draft.files)
    }
}

/// What a tree holds besides its registry, as far as a removal has to know.
public struct RemovalSurroundings: Sendable {
    /// The paths of all files; a folder with any that is no part of the registry keeps its OWNERS file.
    public var paths: Set<String> = []
    /// Texts that may name entries: documentation and the like, by path.
    public var documents: [String: [UInt8]] = [:]

    /// Nothing is known.
    public init() {}
}

extension RegistryFile {
    /// Whether what this file says decides what may go.
    fileprivate var isNeeded: Bool { [.buckets, .testgrid, .testgridDefaults, .jobs].contains(kind) }
}

extension Registry {
    /// The first file that cannot be read and may name anything; nil where all that matter can be.
    public var blindSpot: RegistryFile? { files.first { $0.isNeeded && $0.source.isUnreadable } }

    /// Whether a selector names something here, be it a tab that a Prow job adds.
    public func names(_ selector: Selector) -> Bool {
        switch selector {
        case .bucket(let key): buckets.contains { $0.key.isExactly(key) }
        case .testGroup(let name): group(named: name) != nil
        case .dashboard(let name): dashboard(named: name) != nil
        case .tab(let dashboard, let name):
            self.dashboard(named: dashboard)?.tabs.contains { $0.name.isExactly(name) } == true
                || annotatedTabs(on: dashboard).contains { $0.name.isExactly(name) }
        case .dashboardGroup(let name): dashboardGroup(named: name) != nil
        }
    }
}
