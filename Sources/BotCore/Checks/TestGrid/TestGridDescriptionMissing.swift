/// A new tab of results from elsewhere that does not say what it shows.
enum TestGridDescriptionMissing: RegistryRule {
    static let id: RuleID = "tg-description-missing"
    static let severity = Severity.warning
    static let source = "reviewers of kubernetes/test-infra ask for one, as krzyzacy in pull request 3477"
    static let example = """
        dashboards:
        - name: sig-acme
          dashboard_tab:
          - name: e2e
            test_group_name: ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        guard let change = context.change else { return [] }
        return context.registry.dashboards.flatMap { dashboard -> [Finding] in
            let before = Set((change.base.dashboard(named: dashboard.name)?.tabs ?? []).map { ExactText($0.name) })
            return dashboard.tabs.filter { tab in
                !before.contains(ExactText(tab.name)) && tab.node.field("description")?.value.isZero != false
                    && context.registry.externalGroup(named: tab.testGroupName) != nil
            }.map { tab in
                finding(
                    at: tab.headPlace, about: tab.selector, ["tab": tab.name, "dashboard": tab.dashboard])
            }
        }
    }
}
