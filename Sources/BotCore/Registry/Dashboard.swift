/// A TestGrid dashboard as written in YAML; annotations of Prow jobs may add tabs.
///
/// Source: `Dashboard` in https://github.com/GoogleCloudPlatform/testgrid/blob/master/config.md.
public struct Dashboard: RegistryItem {
    /// The file.
    public let path: String
    /// The item of `dashboards`.
    public let node: YAMLNode
    /// The name; empty where none is written.
    public let name: String
    /// The tabs, in order.
    public let tabs: [DashboardTab]

    /// The selector that names it.
    public var selector: Selector { .dashboard(name) }

    /// Reads an item of `dashboards`.
    init(path: String, node: YAMLNode) {
        self.path = path
        self.node = node
        let name = node.fieldText("name") ?? ""
        self.name = name
        tabs = node.fieldItems("dashboard_tab").map { DashboardTab(path: path, node: $0, dashboard: name) }
    }
}

/// A tab of a dashboard: shows one test group.
public struct DashboardTab: RegistryItem {
    /// The file.
    public let path: String
    /// The item of `dashboard_tab`.
    public let node: YAMLNode
    /// The dashboard's name.
    public let dashboard: String
    /// The name; empty where none is written.
    public let name: String
    /// `test_group_name`; empty where none is written.
    public let testGroupName: String

    /// The selector that names it.
    public var selector: Selector { .tab(dashboard: dashboard, tab: name) }

    /// Reads an item of `dashboard_tab`.
    init(path: String, node: YAMLNode, dashboard: String) {
        self.path = path
        self.node = node
        self.dashboard = dashboard
        name = node.fieldText("name") ?? ""
        testGroupName = node.fieldText("test_group_name") ?? ""
    }
}

/// A TestGrid dashboard group.
public struct DashboardGroup: RegistryItem {
    /// The file.
    public let path: String
    /// The item of `dashboard_groups`.
    public let node: YAMLNode
    /// The name; empty where none is written.
    public let name: String
    /// The names of its dashboards, each with where it stands.
    public let members: [Member]

    /// A line of `dashboard_names`.
    public struct Member: Hashable, Sendable {
        /// The dashboard's name.
        public let name: String
        /// Where it stands.
        public let span: SourceSpan
    }

    /// The selector that names it.
    public var selector: Selector { .dashboardGroup(name) }

    /// Reads an item of `dashboard_groups`.
    init(path: String, node: YAMLNode) {
        self.path = path
        self.node = node
        name = node.fieldText("name") ?? ""
        members = node.fieldItems("dashboard_names").compactMap { item in
            item.text.map { Member(name: $0, span: item.span) }
        }
    }
}

/// One file of TestGrid's configuration.
public struct TestGridFile: Sendable {
    /// `test_groups`, in order.
    public let groups: [TestGroup]
    /// `dashboards`, in order.
    public let dashboards: [Dashboard]
    /// `dashboard_groups`, in order.
    public let dashboardGroups: [DashboardGroup]
    /// `default_test_group` and `default_dashboard_tab`, which stood in the one file until 2019.
    public let defaults: TestGridDefaults
    /// For each group, the place in `groups` of the first of its run.
    private let runHeads: [Int]

    /// Reads a file; what has another shape than a list of mappings is left out here and reported by `tg-unknown-key`.
    init(_ source: YAMLSource) {
        func items(_ key: String) -> [YAMLNode] {
            source.documents.flatMap { $0.fieldItems(key) }.filter { $0.pairs != nil }
        }
        groups = items("test_groups").enumerated().map { TestGroup(path: source.path, node: $1, index: $0) }
        dashboards = items("dashboards").map { Dashboard(path: source.path, node: $0) }
        dashboardGroups = items("dashboard_groups").map { DashboardGroup(path: source.path, node: $0) }
        defaults = TestGridDefaults(source)
        runHeads = Self.runHeads(of: groups, in: source)
    }

    /// The first group of the run that a group of this file is in: a comment or a blank line begins a new run.
    func runHead(of group: TestGroup) -> TestGroup {
        guard runHeads.indices.contains(group.index) else { return group }
        return groups[runHeads[group.index]]
    }

    private static func runHeads(of groups: [TestGroup], in source: YAMLSource) -> [Int] {
        var heads: [Int] = []
        heads.reserveCapacity(groups.count)
        for (index, group) in groups.enumerated() {
            let line = group.span.startLine
            let isHead =
                index == 0 || source.lines.isBlank(line - 1) || !source.commentsDirectlyAbove(line).isEmpty
            heads.append(isHead ? index : heads[index - 1])
        }
        return heads
    }
}
