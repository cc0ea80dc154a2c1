import BotCore
import Testing

/// A small registry on which one rule fires once, and a twin on which nothing fires.
struct RegistryRuleFixture: CustomTestStringConvertible, Sendable {
    let rule: RuleID
    /// Breaks the rule once.
    let broken: RegistryTree
    /// The same idea done right.
    let clean: RegistryTree
    /// What both are a change of; nil where they are judged as they stand.
    let base: RegistryTree?

    var testDescription: String { rule.name }

    init(
        _ rule: RuleID, since base: RegistryTree? = nil, broken: RegistryTree, clean: RegistryTree = .standard
    ) {
        self.rule = rule
        self.broken = broken
        self.clean = clean
        self.base = base
    }

    static let all = files + names + references + people + changes + removals + texts

    private static let standard = RegistryTree.standard

    private static let files = [
        RegistryRuleFixture(
            "tg-yaml-parse", broken: standard.addingNightly(group: "  days_of_results: 3\n  days_of_results: 4\n"),
            clean: standard.addingNightly(group: "  days_of_results: 3\n")),
        RegistryRuleFixture(
            "tg-unknown-key", broken: standard.addingNightly(group: "  day_of_results: 3\n"),
            clean: standard.addingNightly(group: "  Days_Of_Results: 3\n")),
        RegistryRuleFixture(
            "tg-gcs-prefix-form", broken: standard.replacing("gcs_prefix: k8s", "gcs_prefix: gs://k8s"),
            clean: standard.replacing("ci-acme-e2e\ndash", "ci-acme-e2e,k8s-conformance-acme/logs/ci-acme-old\ndash")),
        RegistryRuleFixture(
            "tg-gcs-prefix-shared", broken: standard.replacing("dashboards:\n", sharing).replacing(firstTab, thirdTab),
            clean: standard.addingNightly()),
        RegistryRuleFixture(
            "tg-first-path-looks-like-dir",
            broken: standard.replacing("k8s-conformance-acme/logs/ci", "logs/k8s-conformance-acme/ci")),
    ]

    private static let sharing = """
        - name: ci-acme-copy
          gcs_prefix: k8s-conformance-acme/logs/ci-acme-e2e/
        dashboards:

        """
    private static let firstTab = "  dashboard_tab:\n"
    private static let thirdTab = """
          dashboard_tab:
          - name: copy
            test_group_name: ci-acme-copy
            open_test_template:
              url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/<changelist>
            results_url_template:
              url: https://gcsweb.k8s.io/gcs/<gcs_prefix>

        """

    private static let names = [
        RegistryRuleFixture(
            "tg-name-charset", broken: standard.replacing("name: e2e\n", "name: e2e & more\n"),
            clean: standard.replacing("name: e2e\n", "name: 'e2e – \"quick\" (v1.35)'\n")),
        RegistryRuleFixture(
            "tg-name-short", broken: standard.replacing("name: e2e\n", "name: e-2\n"),
            clean: standard.replacing("name: e2e\n", "name: e-2-e\n")),
        RegistryRuleFixture(
            "tg-name-reserved", broken: standard.replacing("name: e2e\n", "name: Summary of e2e\n"),
            clean: standard.replacing("name: e2e\n", "name: e2e summary\n")),
        RegistryRuleFixture(
            "tg-duplicate-name", broken: standard.addingNightly().replacing("name: nightly", "name: E-2-E"),
            clean: standard.addingNightly()),
        RegistryRuleFixture(
            "tg-dashboard-prefix",
            broken: standard.with("config/testgrids/acme/more.yaml", dashboard("acme-nightly")),
            clean: standard.with("config/testgrids/acme/more.yaml", dashboard("sig-acme-nightly"))),
    ]

    /// A file with a dashboard that shows Acme's test group.
    private static func dashboard(_ name: String) -> String {
        """
        dashboards:
        - name: \(name)
          dashboard_tab:
          - name: e2e
            test_group_name: ci-acme-e2e
            description: Runs end-to-end tests on Acme clusters
            open_test_template:
              url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/<changelist>
            results_url_template:
              url: https://gcsweb.k8s.io/gcs/<gcs_prefix>

        """
    }

    private static let references = [
        RegistryRuleFixture(
            "tg-tab-group-missing",
            broken: standard.addingNightly().replacing(
                "test_group_name: ci-acme-nightly", "test_group_name: ci-acme-night"),
            clean: standard.addingNightly()),
        RegistryRuleFixture(
            "tg-group-unused",
            broken: standard.replacing(
                "dashboards:\n", "- name: ci-acme-new\n  gcs_prefix: kubernetes-ci-logs/logs/ci-acme-new\ndashboards:\n"
            ),
            clean: standard.addingNightly()),
        RegistryRuleFixture(
            "tg-dashboard-empty", broken: standard.with("config/testgrids/acme/more.yaml", bareDashboard),
            clean: standard.with("config/testgrids/acme/more.yaml", bareDashboard).with(RegistryTree.jobs, nightlyJob)),
        RegistryRuleFixture(
            "tg-dashboard-group-member",
            broken: standard.replacing("- conformance-acme\n", "- conformance-acme\n  - conformance-x\n")),
        RegistryRuleFixture(
            "tg-same-group-twice",
            broken: standard.addingNightly(tab: "  - name: again\n    test_group_name: ci-acme-nightly\n"),
            clean: standard.addingNightly()),
        RegistryRuleFixture(
            "tg-annotation-dangling", broken: standard.with(RegistryTree.jobs, nightlyJob),
            clean: standard.with(RegistryTree.jobs, nightlyJob.replacing("sig-acme", with: "conformance-acme"))),
    ]

    private static let bareDashboard = "dashboards:\n- name: sig-acme\n"
    private static let nightlyJob = """
        periodics:
        - name: ci-acme-nightly
          annotations:
            testgrid-dashboards: sig-acme
            testgrid-alert-email: alerts@acme.example.com

        """

    private static let people = [
        RegistryRuleFixture(
            "tg-contact-missing",
            broken: standard.without("config/testgrids/OWNERS").without("config/testgrids/acme/OWNERS")
                .replacing("k8s-conformance-acme/logs/ci", "k8s-conformance-emca/logs/ci"),
            clean: standard.without("config/testgrids/OWNERS").without("config/testgrids/acme/OWNERS")),
        RegistryRuleFixture(
            "tg-email-form", broken: standard.addingNightly(tab: mail("alerts.acme.example.com")),
            clean: standard.addingNightly(tab: mail("alerts@acme.example.com,carol@example.org"))),
        RegistryRuleFixture(
            "tg-stale-hours-on-group",
            broken: standard.addingNightly(
                group: "  alert_stale_results_hours: 168\n  num_failures_to_alert: 2\n", tab: mail("a@example.com")),
            clean: standard.addingNightly(tab: mail("a@example.com") + "      alert_stale_results_hours: 168\n")),
        RegistryRuleFixture(
            "tg-alert-without-mail",
            broken: standard.addingNightly(tab: "    alert_options:\n      num_failures_to_alert: 2\n"),
            clean: standard.addingNightly(tab: mail("a@example.com") + "      num_failures_to_alert: 2\n")),
        RegistryRuleFixture(
            "tg-links-default",
            broken: standard.replacing(
                "    results_url_template:\n      url: https://gcsweb.k8s.io/gcs/<gcs_prefix>\n", ""),
            // Results of Kubernetes' own Prow are where the default links lead.
            clean: standard.addingNightly()),
    ]

    private static func mail(_ addresses: String) -> String {
        "    alert_options:\n      alert_mail_to_addresses: \(addresses)\n"
    }

    private static let texts = [
        RegistryRuleFixture(
            "text-eof",
            broken: standard.with("config/testgrids/OWNERS", "approvers:\n- carol")
                .replacing("  - conformance-acme\n", "  - conformance-acme"),
            clean: standard.with("config/testgrids/OWNERS", "approvers:\n- carol")),
        RegistryRuleFixture(
            "text-trailing-space", broken: standard.replacing("dashboards:\n", "dashboards: \t\n"),
            clean: standard.with("config/testgrids/OWNERS", "approvers: \n- carol\n")),
        RegistryRuleFixture(
            "text-stray-quote", broken: standard.replacing("Acme clusters", "Acme clusters\""),
            clean: standard.replacing("Acme clusters", "\"Acme\"")),
        RegistryRuleFixture(
            "keep-comment-date",
            broken: standard.replacing(
                "- name: ci-acme-e2e\n", "# bucketbot: keep until 2026-02-30\n- name: ci-acme-e2e\n"),
            clean: standard.replacing(
                "- name: ci-acme-e2e\n", "# bucketbot: keep until 2027-03-01 (moving)\n- name: ci-acme-e2e\n")),
    ]
}
