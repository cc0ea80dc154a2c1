@testable import BotCore

/// One fixture for each rule of `buckets.yaml`.
enum BucketFixtures {
    /// An entry as it should be.
    static let good = """
        gs://k8s-conformance-acme/logs/:
          contact: "octocat"
          prefix: "acme:"
          sequential: false

        """

    static let all: [RuleFixture] = [
        fixture(BucketsYAMLParse.self, good + "gs://k8s-conformance-bolt/logs/:\n\tcontact: \"hubot\"\n"),
        fixture(BucketEntryShape.self, good + "gs://k8s-conformance-bolt/logs/: \"bolt:\"\n"),
        fixture(BucketURLForm.self, good.replacing("gs://", with: "")),
        fixture(BucketURLTrailingSlash.self, good.replacing("/logs/:", with: ":")),
        fixture(
            BucketURLOverlap.self, good + entry("gs://k8s-conformance-acme/logs/nightly/", prefix: "acme-nightly:")),
        fixture(BucketUnknownKey.self, good + "  url: \"https://acme.example\"\n"),
        fixture(BucketPrefixMissing.self, good.replacing("  prefix: \"acme:\"\n", with: "")),
        fixture(BucketPrefixEmpty.self, good.replacing("acme:\"", with: "\"")),
        fixture(BucketPrefixColon.self, good.replacing("acme:\"", with: "acme\"")),
        fixture(BucketPrefixDuplicate.self, good + entry("gs://k8s-conformance-bolt/logs/", prefix: "acme:")),
        fixture(BucketPrefixCharset.self, good.replacing("acme:\"", with: "Acme_E2E:\"")),
        fixture(BucketContactMissing.self, good.replacing("  contact: \"octocat\"\n", with: "")),
        fixture(BucketContactForm.self, good.replacing("octocat", with: "e2e@acme.example")),
        fixture(BucketSequentialType.self, good.replacing(" false", with: " \"false\"")),
        fixture(BucketExcludeType.self, good + "  exclude_jobs: nightly\n", clean: good + excluding("nightly")),
        fixture(BucketExcludeRegex.self, good + excluding("\"nightly(\""), clean: good + excluding("nightly")),
        fixture(BucketExcludeStream.self, good + excluding("^nightly-.*$"), clean: good + excluding("nightly")),
        RuleFixture(
            rule: BucketInKettleOptional.self,
            broken: testgrid.merging(
                ["kettle/buckets.yaml": entry("gs://k8s-conformance-bolt/logs/", prefix: "bolt:")]
            ) { $1 },
            clean: testgrid.merging(["kettle/buckets.yaml": good]) { $1 }),
    ]

    /// An entry that breaks no rule.
    static func entry(_ key: String, prefix: String) -> String {
        "\(key):\n  contact: \"hubot\"\n  prefix: \"\(prefix)\"\n"
    }

    private static func excluding(_ pattern: String) -> String { "  exclude_jobs:\n    - \(pattern)\n" }

    private static func fixture(_ rule: any RegistryRule.Type, _ broken: String, clean: String = good) -> RuleFixture {
        RuleFixture(
            rule: rule, broken: ["kettle/buckets.yaml": broken], clean: ["kettle/buckets.yaml": clean])
    }

    /// A dashboard of someone who stores results in a bucket of their own.
    private static let testgrid = [
        "config/testgrids/acme/OWNERS": "approvers:\n- octocat\nreviewers:\n- octocat\n",
        "config/testgrids/acme/acme.yaml": """
        test_groups:
        - name: acme-e2e
          gcs_prefix: k8s-conformance-acme/logs/acme-e2e
          disable_prowjob_analysis: true
        - name: acme-upgrade
          gcs_prefix: k8s-conformance-acme/logs/acme-upgrade
          disable_prowjob_analysis: true
        dashboards:
        - name: conformance-acme
          dashboard_tab:
          - name: e2e
            description: Conformance on Acme, every night.
            test_group_name: acme-e2e
            open_test_template:
              url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/<changelist>
            results_url_template:
              url: https://gcsweb.k8s.io/gcs/<gcs_prefix>
          - name: upgrade
            description: Upgrades of Acme, every night.
            test_group_name: acme-upgrade
            open_test_template:
              url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/<changelist>
            results_url_template:
              url: https://gcsweb.k8s.io/gcs/<gcs_prefix>

        """,
    ]
}
