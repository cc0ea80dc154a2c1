/// A tab of results from elsewhere whose links lead to Kubernetes' Prow, which does not show them.
enum TestGridLinksDefault: RegistryRule {
    static let id: RuleID = "tg-links-default"
    static let severity = Severity.note
    static let source = "ValidateStorageBucket and deck.additional_allowed_buckets in kubernetes-sigs/prow"
    static let example = """
        dashboards:
        - name: sig-acme
          dashboard_tab:
          - name: e2e
            test_group_name: ci-acme-e2e
            results_url_template:
              url: https://prow.k8s.io/job-history/<gcs_prefix>
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let registry = context.registry
        var defaultsOfFile: (path: String, defaults: TestGridDefaults?)?
        var findings: [Finding] = []
        for dashboard in registry.dashboards {
            for tab in dashboard.tabs {
                guard let group = registry.externalGroup(named: tab.testGroupName) else { continue }
                if defaultsOfFile?.path != tab.path {
                    defaultsOfFile = (tab.path, registry.defaults(forFile: tab.path))
                }
                let links = links(of: tab, defaults: defaultsOfFile?.defaults)
                guard !links.isEmpty else { continue }
                findings.append(
                    finding(
                        at: tab.headPlace, about: tab.selector,
                        [
                            "tab": tab.name, "dashboard": tab.dashboard, "bucket": group.gcsPrefix?.bucket ?? "",
                            "links": links.joined(separator: " and "),
                        ]))
            }
        }
        return findings
    }

    /// The templates of a tab that lead to Kubernetes' Prow, be they written or filled in.
    private static func links(of tab: DashboardTab, defaults: TestGridDefaults?) -> [String] {
        ["open_test_template", "results_url_template"].filter { key in
            // A template of its own is what nearly every such tab has.
            let own = tab.node.field(key)?.value
            let value = own?.isZero == false ? own : defaults?.value(key, ofTab: nil)
            return value?.fieldText("url")?.hasPrefix("https://prow.k8s.io/") == true
        }
    }
}
