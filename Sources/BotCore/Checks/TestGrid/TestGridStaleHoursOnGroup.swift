/// A test group with alert settings that TestGrid reads from tabs.
enum TestGridStaleHoursOnGroup: RegistryRule {
    static let id: RuleID = "tg-stale-hours-on-group"
    static let severity = Severity.warning
    static let implies: [RuleID] = [TestGridAlertWithoutMail.id]
    static let source = "the deprecated fields of TestGroup in pb/config/config.proto of GoogleCloudPlatform/testgrid"
    static let example = """
        test_groups:
        - name: ci-acme-e2e
          gcs_prefix: kubernetes-ci-logs/logs/ci-acme-e2e
          alert_stale_results_hours: 168
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        context.registry.groups.compactMap { group in
            let pairs = fields.compactMap { group.node.field($0) }.filter { !$0.value.isZero }
            guard let first = pairs.min(by: { $0.span.startLine < $1.span.startLine }) else { return nil }
            return finding(
                at: group.place(of: first.span), about: group.selector,
                [
                    "name": group.name,
                    "fields": pairs.compactMap { $0.key.scalar?.text }.listed(),
                    "tabs": tabs(showing: group.name, in: context.registry),
                ])
        }
    }

    /// Those that `alert_options` of a tab has replaced.
    private static let fields = [
        "alert_stale_results_hours", "num_failures_to_alert", "alert_mail_to_addresses", "alert_mail_subject",
        "alert_mail_failure_message", "alert_mail_debug_url", "min_elapsed_minutes_between_mails",
    ]

    private static func tabs(showing group: String, in registry: Registry) -> String {
        let tabs = registry.tabs(showing: group).map { "\($0.dashboard)#\($0.name)" }
        return tabs.isEmpty ? "the tab that shows it" : tabs.listed(limit: 3)
    }
}
