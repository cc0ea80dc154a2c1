/// A tab that shows a test group which nobody defines.
enum TestGridTabGroupMissing: RegistryRule {
    static let id: RuleID = "tg-tab-group-missing"
    static let severity = Severity.error
    static let source = "validateReferencesExist in config/config.go of GoogleCloudPlatform/testgrid"
    static let isUpstreamEnforced = true
    static let implies: [RuleID] = [TestGridGroupUnused.id]
    static let example = """
        dashboards:
        - name: sig-acme
          dashboard_tab:
          - name: e2e
            test_group_name: ci-acme-e2e-typo
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let registry = context.registry
        guard registry.isReadThroughout else { return [] }
        let broken = registry.dashboards.flatMap { dashboard in
            dashboard.tabs.filter { !registry.hasGroup(named: $0.testGroupName) }
        }
        // A few may be misspelt; where there are many, a file is missing, and guessing would take its time for nothing.
        let names = broken.count <= 20 ? registry.groups.map(\.name) : []
        return broken.map { tab in
            let name = tab.testGroupName
            let near = name.isEmpty ? [] : nearest(to: name, among: names, count: 2)
            return finding(
                at: tab.place(of: "test_group_name"), about: tab.selector,
                [
                    "tab": tab.name, "dashboard": tab.dashboard,
                    "problem": name.isEmpty
                        ? "names no test group" : "shows the test group \"\(name)\", which is defined nowhere",
                    "hint": near.isEmpty ? "" : " (did you mean \(near.joined(separator: " or "))?)",
                ])
        }
    }
}
