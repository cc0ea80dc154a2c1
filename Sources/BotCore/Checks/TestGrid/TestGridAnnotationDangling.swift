/// A Prow job that adds a tab to a dashboard which is not there.
enum TestGridAnnotationDangling: RegistryRule {
    static let id: RuleID = "tg-annotation-dangling"
    static let severity = Severity.error
    static let source = "testgrid/pkg/configurator/prow/prow.go in kubernetes/test-infra"
    static let isUpstreamEnforced = true
    static let example = """
        periodics:
        - name: ci-acme-e2e
          annotations:
            testgrid-dashboards: sig-acme-removed
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let registry = context.registry
        // Without a single dashboard the configuration is kept elsewhere, and nothing can be said.
        guard registry.isReadThroughout, !registry.dashboards.isEmpty else { return [] }
        return registry.annotatedTabs.filter { registry.dashboard(named: $0.dashboard) == nil }.map { tab in
            finding(
                at: SourcePlace(path: tab.path, line: tab.line), about: .dashboard(tab.dashboard),
                ["dashboard": tab.dashboard, "job": tab.testGroupName])
        }
    }
}
