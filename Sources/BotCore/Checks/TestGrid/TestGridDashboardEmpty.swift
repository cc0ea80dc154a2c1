/// A dashboard without any tab, neither written nor annotated.
enum TestGridDashboardEmpty: RegistryRule {
    static let id: RuleID = "tg-dashboard-empty"
    static let severity = Severity.error
    static let source = "Validate in config/config.go of GoogleCloudPlatform/testgrid"
    static let isUpstreamEnforced = true
    static let example = """
        dashboards:
        - name: sig-acme
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let registry = context.registry
        guard registry.isReadThroughout else { return [] }
        return registry.dashboards.filter { $0.tabs.isEmpty && registry.annotatedTabs(on: $0.name).isEmpty }.map {
            finding(at: $0.place(of: "name"), about: $0.selector, ["name": $0.name])
        }
    }
}
