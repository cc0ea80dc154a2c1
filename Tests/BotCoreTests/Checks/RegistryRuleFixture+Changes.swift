import BotCore

extension RegistryRuleFixture {
    private static let standard = RegistryTree.standard
    private static let zeta = "config/testgrids/zeta/zeta.yaml"
    private static let root = "config/testgrids/config.yaml"
    private static let generated = "config/testgrids/acme/generated-nightly.yaml"

    /// A file with a dashboard, a tab and a test group of Kubernetes' own.
    private static func own(_ name: String) -> String {
        """
        test_groups:
        - name: ci-\(name)
          gcs_prefix: kubernetes-ci-logs/logs/ci-\(name)
        dashboards:
        - name: sig-\(name)
          dashboard_tab:
          - name: nightly
            test_group_name: ci-\(name)

        """
    }

    /// Rules about what a change adds or edits.
    static let changes = [
        RegistryRuleFixture(
            "tg-description-missing", since: standard.without(RegistryTree.acme),
            broken: standard.replacing("    description: Runs end-to-end tests on Acme clusters\n", ""),
            clean: standard),
        RegistryRuleFixture(
            "tg-root-config-deprecated", since: standard.with(root, "dashboards:\n"),
            broken: standard.with(root, own("zeta")),
            clean: standard.with(root, "# DEPRECATED: Please do not add to this document.\ndashboards:\n")),
        RegistryRuleFixture(
            "tg-owners-missing", since: standard, broken: standard.with(zeta, own("zeta")),
            clean: standard.with(zeta, own("zeta")).with("config/testgrids/zeta/OWNERS", "approvers:\n- zoe\n")),
        RegistryRuleFixture(
            "tg-generated-file", since: standard.with(generated, own("zeta")),
            broken: standard.with(generated, own("zeta") + "# by hand\n"),
            clean: standard.with(generated, own("zeta"))),
    ]

    /// Rules about what a change takes away.
    static let removals = [
        RegistryRuleFixture(
            "removal-cascade", since: standard.addingNightly(),
            broken: standard.addingNightly().replacing(
                "- name: ci-acme-nightly\n  gcs_prefix: kubernetes-ci-logs/logs/ci-acme-nightly\n", ""),
            clean: standard),
        RegistryRuleFixture(
            "removal-bucket-still-used", since: standard,
            broken: standard.replacing(acmeEntry, "", in: RegistryTree.buckets),
            clean: standard.replacing("acme/logs/:", "acme/:", in: RegistryTree.buckets)),
        RegistryRuleFixture(
            "removal-bucket-leftover", since: standard.with(zeta, own("zeta")),
            broken: standard.with(zeta, own("zeta")).without(RegistryTree.acme).without("config/testgrids/acme/OWNERS"),
            clean: standard.with(zeta, own("zeta")).without(RegistryTree.acme).without("config/testgrids/acme/OWNERS")
                .replacing(acmeEntry, "", in: RegistryTree.buckets)),
    ]

    private static let acmeEntry = """
        gs://k8s-conformance-acme/logs/:
          contact: "alice"
          prefix: "acme:"
          sequential: false

        """
}
