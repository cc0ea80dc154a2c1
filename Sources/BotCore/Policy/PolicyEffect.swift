/// What another policy changes for a registry as it is.
public struct PolicyEffect: Hashable, Sendable {
    /// A setting with another value.
    public struct Setting: Hashable, Sendable {
        /// The key with its section, as in `removals.holdDays`.
        public let key: String
        /// The value before, as people write it.
        public let old: String
        /// The value after.
        public let new: String
        /// What the setting decides, as a sentence.
        public let words: String
    }

    /// What becomes different for some things, in the order in which it is told.
    public enum Turn: String, Hashable, Sendable, CaseIterable {
        case becomesStale, noLongerStale, becomesAgeing, noLongerAgeing
        case becomesProtected, noLongerProtected
        case becomesGenerated, noLongerGenerated
        case joinsRegistry, leavesRegistry
        case becomesMisnamed, noLongerMisnamed
        case isNoControl, isNoLabel
    }

    /// The settings, in the order of the documentation.
    public let settings: [Setting]
    /// What turns, by how: selectors, dashboards, paths, in order.
    public private(set) var turns: [Turn: [String]]
    /// Entries of which nobody could tell.
    public private(set) var unknownCount = 0
    /// Entries that were not looked at because there is a limit.
    public private(set) var leftOutCount = 0
    /// Whether entries have to be looked at to tell which of them turn.
    public let dependsOnAge: Bool

    /// What can be told without looking at a bucket.
    ///
    /// - Parameters:
    ///   - old: The policy in force.
    ///   - new: The policy to be.
    ///   - registry: The registry as the policy in force sees it.
    ///   - paths: Every file of the repository.
    public init(from old: Policy, to new: Policy, registry: Registry, paths: [String]) {
        settings = PolicyKey.all.compactMap { key in
            guard let before = key.text(of: old), let after = key.text(of: new), before != after else { return nil }
            let name = key.section.isEmpty ? key.name : "\(key.section).\(key.name)"
            return Setting(key: name, old: before, new: after, words: key.words)
        }
        dependsOnAge =
            old.staleAfterDays != new.staleAfterDays || old.ageingAfterDays != new.ageingAfterDays
            || old.presubmitStaleAfterDays != new.presubmitStaleAfterDays
        turns = [:]
        let files = registry.files.filter { [.buckets, .testgrid].contains($0.kind) }.map(\.path)
        note(.becomesGenerated, .noLongerGenerated, of: files, Self.matches(old.generated), Self.matches(new.generated))
        let dashboards = Set(registry.dashboards.map(\.name)).sorted()
        note(
            .becomesProtected, .noLongerProtected, of: dashboards, Self.matches(old.protected),
            Self.matches(new.protected))
        note(
            .becomesMisnamed, .noLongerMisnamed, of: dashboards, Self.misses(registry.dashboardPrefixes(under: old)),
            Self.misses(registry.dashboardPrefixes(under: new)))
        guard old.paths != new.paths else { return }
        let (before, after) = (RegistryFileSorter(paths: old.paths), RegistryFileSorter(paths: new.paths))
        note(
            .joinsRegistry, .leavesRegistry, of: paths.sorted(), { before.kind(of: $0) != nil },
            { after.kind(of: $0) != nil })
    }

    /// Adds what the ages of entries tell.
    ///
    /// - Parameters:
    ///   - verdicts: What each entry is under the policy in force, and would be.
    ///   - leftOutCount: Entries that were not looked at.
    public mutating func add(_ verdicts: [(entry: Selector, old: Verdict, new: Verdict)], leftOutCount: Int) {
        self.leftOutCount = leftOutCount
        unknownCount = verdicts.count { $0.old == .unknown && $0.new == .unknown }
        for (entry, old, new) in verdicts where old != new {
            if new == .stale { turns[.becomesStale, default: []].append(entry.description) }
            if old == .stale, new != .unknown { turns[.noLongerStale, default: []].append(entry.description) }
            if new == .ageing, old == .fresh { turns[.becomesAgeing, default: []].append(entry.description) }
            if old == .ageing, new == .fresh { turns[.noLongerAgeing, default: []].append(entry.description) }
        }
    }

    /// Adds locations that were to show that results can be seen at all, and show none that are fresh.
    public mutating func add(unfitControls locations: [String]) {
        if !locations.isEmpty { turns[.isNoControl] = locations }
    }

    /// Adds labels that were to be set, and that the repository does not have.
    public mutating func add(missingLabels names: [String]) {
        if !names.isEmpty { turns[.isNoLabel] = names }
    }

    private mutating func note(
        _ gain: Turn, _ loss: Turn, of names: [String], _ old: (String) -> Bool, _ new: (String) -> Bool
    ) {
        for name in names {
            let (before, after) = (old(name), new(name))
            if after, !before { turns[gain, default: []].append(name) }
            if before, !after { turns[loss, default: []].append(name) }
        }
    }

    private static func misses(_ prefixes: [String]?) -> (String) -> Bool {
        guard let prefixes, !prefixes.isEmpty else { return { _ in false } }
        return { name in !prefixes.contains { name.hasPrefix($0) } }
    }

    private static func matches(_ globs: [String]) -> (String) -> Bool {
        let globs = globs.map { Glob($0) }
        return { name in globs.contains { $0.matches(name) } }
    }
}

extension PolicyKey {
    /// The value as people write it; nil for what is no setting by itself.
    fileprivate func text(of policy: Policy) -> String? {
        switch value {
        case .version, .section: nil
        case .number(let path, _): "\(policy[keyPath: path])"
        case .flag(let path): "\(policy[keyPath: path])"
        case .choice(let choice): choice.get(policy)
        case .label(let path): policy[keyPath: path]
        case .texts(let path, _): "[" + policy[keyPath: path].joined(separator: ", ") + "]"
        }
    }
}
