/// A test that kubernetes/test-infra runs on pull requests of its own, and that a finding would break.
public enum UpstreamTest: String, Hashable, Sendable, CaseIterable {
    /// What holds for Kubernetes' dashboards beyond what TestGrid asks for.
    case kubernetesConfig = "config/tests/testgrids/config_test.go"
    /// TestGrid's own validation.
    ///
    /// Source: `Validate` in https://github.com/GoogleCloudPlatform/testgrid/blob/master/config/config.go
    case testgridValidation = "TestGrid's validation of the configuration"
    /// The program that adds what annotations of Prow jobs say.
    case configurator = "TestGrid's configurator"
    /// What kettle asks of its list of buckets.
    case kettle = "kettle/make_json_test.py"

    /// The rules that say beforehand what each test would.
    private static let rules: [RuleID: UpstreamTest] = [
        TestGridDashboardPrefix.id: .kubernetesConfig, TestGridSameGroupTwice.id: .kubernetesConfig,
        TestGridDashboardGroupMember.id: .kubernetesConfig, TestGridDuplicateName.id: .testgridValidation,
        TestGridNameShort.id: .testgridValidation, TestGridNameReserved.id: .testgridValidation,
        TestGridTabGroupMissing.id: .testgridValidation, TestGridGroupUnused.id: .testgridValidation,
        TestGridDashboardEmpty.id: .testgridValidation, TestGridEmailForm.id: .testgridValidation,
        TestGridUnknownKey.id: .configurator, TestGridYAMLParse.id: .configurator,
        TestGridAnnotationDangling.id: .configurator, BucketPrefixEmpty.id: .kettle, BucketPrefixColon.id: .kettle,
        BucketPrefixDuplicate.id: .kettle,
    ]

    /// The test that would fail because of a finding; nil where none would.
    init?(failingFor finding: Finding) {
        guard finding.severity == .error, let test = Self.rules[finding.rule] else { return nil }
        self = test
    }
}
