/// What a check is about: the whole registry, or what some selectors name.
public struct CheckScope: Sendable {
    /// The entries that are probed.
    public let entries: [Selector]
    /// The selectors whose findings are reported; nil for all.
    private let reported: Set<Selector>?

    /// The whole registry.
    public static func everything(in registry: Registry) -> CheckScope {
        CheckScope(entries: registry.entries, reported: nil)
    }

    /// What a change added or edited.
    public static func changed(_ change: RegistryChange, in registry: Registry) -> CheckScope {
        CheckScope(entries: registry.entries.filter { change.touches($0, in: registry) }, reported: nil)
    }

    /// What selectors name, with all that they show: a dashboard's tabs, a tab's group.
    ///
    /// - Throws: `UnknownSelector` for the first that names nothing here.
    public static func named(_ selectors: [Selector], in registry: Registry) throws(UnknownSelector) -> CheckScope {
        var entries: [Selector] = []
        var reported: Set<Selector> = []
        for selector in selectors {
            guard let covered = registry.covered(by: selector) else {
                throw UnknownSelector(
                    selector, near: registry.names(like: selector), unreadable: registry.unreadablePaths(for: selector))
            }
            for each in covered where reported.insert(each).inserted {
                if registry.probeTarget(for: each) != nil { entries.append(each) }
            }
        }
        return CheckScope(entries: entries, reported: reported)
    }

    /// The scope without the entries that another does not probe, as for selectors together with a base.
    public func limited(to other: CheckScope) -> CheckScope {
        let allowed = Set(other.entries)
        return CheckScope(entries: entries.filter(allowed.contains), reported: reported)
    }

    /// Whether a finding is reported.
    public func covers(_ finding: Finding) -> Bool {
        guard let reported else { return true }
        return finding.entry.map(reported.contains) == true
    }
}

/// A selector that names nothing in the registry.
public struct UnknownSelector: Error, Equatable, CustomStringConvertible {
    /// The selector.
    public let selector: Selector
    /// Names of the same kind that look like it, nearest first.
    public let near: [String]
    /// Files that it may stand in and that could not be read.
    public let unreadable: [String]

    init(_ selector: Selector, near: [String], unreadable: [String]) {
        self.selector = selector
        self.near = near
        self.unreadable = unreadable
    }

    /// What is wrong, with the nearest names, or with the files that nobody could look into.
    public var description: String {
        guard unreadable.isEmpty else {
            let files = unreadable.listed(limit: 3)
            return """
                \(selector): no file that could be read has such an entry, and it may stand in what could not be: \
                \(files). Check without a selector to see where that breaks, and mend it first.
                """
        }
        let hint = near.isEmpty ? "" : " Did you mean \(near.map { "\"\($0)\"" }.joined(separator: " or "))?"
        return "\(selector): the registry has no such entry.\(hint)"
    }
}

extension Registry {
    /// A selector and all that is shown through it; nil where it names nothing.
    func covered(by selector: Selector) -> [Selector]? {
        switch selector {
        case .bucket(let key):
            return buckets.contains { $0.key.isExactly(key) } ? [selector] : nil
        case .testGroup(let name):
            guard hasGroup(named: name) else { return nil }
            return [selector] + tabs(showing: name).map(\.selector)
        case .dashboard(let name):
            guard let dashboard = dashboard(named: name) else { return nil }
            return [selector] + dashboard.tabs.flatMap { [$0.selector, .testGroup($0.testGroupName)] }
        case .tab(let dashboardName, let name):
            let tabs = dashboard(named: dashboardName)?.tabs ?? []
            guard let tab = tabs.first(where: { $0.name.isExactly(name) }) else { return nil }
            return [selector, .testGroup(tab.testGroupName)]
        case .dashboardGroup(let name):
            guard let group = dashboardGroup(named: name) else { return nil }
            return [selector] + group.members.flatMap { covered(by: .dashboard($0.name)) ?? [] }
        }
    }

    /// The files that what a selector names may stand in and that could not be read.
    func unreadablePaths(for selector: Selector) -> [String] {
        let kinds: [RegistryFileKind]
        switch selector {
        case .bucket: kinds = [.buckets]
        case .testGroup: kinds = [.testgrid, .jobs]
        case .dashboard, .tab, .dashboardGroup: kinds = [.testgrid]
        }
        return files.filter { kinds.contains($0.kind) && $0.source.isUnreadable }.map(\.path)
    }

    /// Selectors of the same kind that look like one, at most three.
    func names(like selector: Selector) -> [String] {
        let all: [Selector]
        switch selector {
        case .bucket: all = buckets.map(\.selector)
        case .testGroup: all = groups.map(\.selector)
        case .dashboard: all = dashboards.map(\.selector)
        case .tab: all = dashboards.flatMap { $0.tabs.map(\.selector) }
        case .dashboardGroup: all = dashboardGroups.map(\.selector)
        }
        return nearest(to: selector.description, among: all.map(\.description))
    }
}
