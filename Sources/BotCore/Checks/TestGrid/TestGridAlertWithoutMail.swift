/// Thresholds for alerts, and no address to send one to.
enum TestGridAlertWithoutMail: RegistryRule {
    static let id: RuleID = "tg-alert-without-mail"
    static let severity = Severity.note
    static let source = "DashboardTabAlertOptions in pb/config/config.proto of GoogleCloudPlatform/testgrid"
    static let example = """
        dashboards:
        - name: sig-acme
          dashboard_tab:
          - name: e2e
            test_group_name: ci-acme-e2e
            alert_options:
              num_failures_to_alert: 3
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let registry = context.registry
        let groups = registry.groups.compactMap { group -> Finding? in
            guard let threshold = threshold(in: group.node), !hasAddress(group, in: registry) else { return nil }
            return alertless("test group", group.name, threshold, at: group.place(of: threshold), about: group.selector)
        }
        let tabs = registry.dashboards.flatMap { dashboard in
            dashboard.tabs.compactMap { tab -> Finding? in
                guard let options = tab.node.field("alert_options")?.value, let threshold = threshold(in: options),
                    isZero("alert_mail_to_addresses", in: options)
                else { return nil }
                let place = options.field(threshold).map { tab.place(of: $0.span) }
                return alertless("tab", tab.name, threshold, at: place ?? tab.headPlace, about: tab.selector)
            }
        }
        return groups + tabs
    }

    private static func alertless(
        _ kind: String, _ name: String, _ threshold: String, at place: SourcePlace, about entry: Selector
    ) -> Finding {
        finding(at: place, about: entry, ["kind": kind, "name": name, "threshold": threshold])
    }

    private static func threshold(in node: YAMLNode) -> String? {
        ["alert_stale_results_hours", "num_failures_to_alert"].first { !isZero($0, in: node) }
    }

    private static func isZero(_ key: String, in node: YAMLNode) -> Bool { node.field(key)?.value.isZero != false }

    /// Whether the group, one of its tabs or a job that adds one names an address.
    private static func hasAddress(_ group: TestGroup, in registry: Registry) -> Bool {
        let mail = "alert_mail_to_addresses"
        if !isZero(mail, in: group.node) { return true }
        let isInTab = registry.tabs(showing: group.name).contains { tab in
            tab.node.field("alert_options").map { !isZero(mail, in: $0.value) } == true
        }
        return isInTab || registry.jobs(named: group.name).contains { $0.annotations["testgrid-alert-email"] != nil }
    }
}
