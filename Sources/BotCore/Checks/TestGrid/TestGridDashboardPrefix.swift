/// A dashboard or dashboard group whose name starts with none of the organizations and companies that are listed.
enum TestGridDashboardPrefix: RegistryRule {
    static let id: RuleID = "tg-dashboard-prefix"
    static let severity = Severity.error
    static let source = "config/tests/testgrids/config_test.go in kubernetes/test-infra"
    static let isUpstreamEnforced = true
    static let example = """
        dashboards:
        - name: acme-conformance
          dashboard_tab:
          - name: e2e
            test_group_name: ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        guard let prefixes = context.registry.dashboardPrefixes, !prefixes.isEmpty else { return [] }
        let things =
            context.registry.dashboards.map(NamedThing.dashboard)
            + context.registry.dashboardGroups.map(NamedThing.dashboardGroup)
        return things.filter { thing in
            !thing.name.isEmpty && !prefixes.contains { thing.name.hasPrefix($0) }
        }.map { thing in
            finding(
                at: thing.place, about: thing.selector,
                [
                    "kind": thing.kind, "name": thing.name, "prefixes": prefixes.listed(limit: 64),
                    "company": String(thing.name.prefix { $0 != "-" }),
                ])
        }
    }
}
