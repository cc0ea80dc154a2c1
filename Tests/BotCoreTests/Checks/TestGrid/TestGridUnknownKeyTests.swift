import Testing

@testable import BotCore

@Suite("Keys that TestGrid does not have")
struct TestGridUnknownKeyTests {
    private func findings(group: String = "", tab: String = "") -> [Finding] {
        RegistryTree.standard.addingNightly(group: group, tab: tab).findings(of: TestGridUnknownKey.self)
    }

    @Test(
        "Each level has its own keys",
        arguments: [
            "    alert_options:\n      alert_mail_to_addresses: a@b.com\n      debug_url: x\n",
            "    file_bug_template:\n      url: x\n      options:\n      - key: a\n        value: b\n",
            "    column_diff_link_templates:\n    - url: x\n      name: y\n", "    alert_options:\n",
            "    status_customization_options:\n      anything: goes\n", "    DESCRIPTION: x\n",
        ])
    func knownKeys(tab: String) {
        #expect(findings(tab: tab) == [])
    }

    @Test(
        "A key of another level is said to belong there",
        arguments: [
            ("    column_header:\n    - label: x\n", "Move it: column_header is a key of a test group"),
            ("    alert_stale_results_hours: 3\n", "Move it: alert_stale_results_hours is a key of a test group"),
            ("    dashboard_names: []\n", "Move it: dashboard_names is a key of a dashboard group"),
        ])
    func misplacedKeys(tab: String, repair: String) {
        let found = findings(tab: tab)
        #expect(found.map { $0.arguments["repair"] } == [repair])
        #expect(found.map(\.fix) == [nil])
    }

    @Test(
        "Keys are looked for at every depth that the schema names",
        arguments: [
            ("  column_header:\n  - lable: x\n", "lable is no key of a column header"),
            ("  test_name_config:\n    name_elements:\n    - target: x\n", "target is no key of a name element"),
            ("  notifications:\n  - text: x\n", "text is no key of a notification"),
            (
                "  result_source:\n    gcs_config: {}\n",
                "gcs_config is no key of a result source, of which YAML can write no key"
            ),
        ])
    func nestedKeys(group: String, problem: String) {
        #expect(findings(group: group).map { $0.arguments["problem"] } == [problem])
    }

    @Test("The nearest key is put in its place, with the rest of the line as it was")
    func fix() throws {
        let tree = RegistryTree.standard.addingNightly(group: "  gcs_prefx: x # ours\n")
        // The group has a gcs_prefix already, so that a second one would only be a duplicate.
        #expect(tree.findings(of: TestGridUnknownKey.self).map(\.fix) == [nil])
        let other = RegistryTree.standard.addingNightly(tab: "    \"alerts_options\": # ours\n")
        let fix = try #require(other.findings(of: TestGridUnknownKey.self).first?.fix)
        #expect(fix.replacement == "    \"alert_options\": # ours")
    }

    @Test("Between two keys that are equally near nothing is chosen")
    func ambiguousKey() {
        let found = findings(group: "  test_method_nmatch_regex: x\n")
        #expect(found.map(\.fix) == [nil])
        #expect(
            found.map { $0.arguments["repair"] } == [
                "Write test_method_match_regex or test_method_unmatch_regex instead"
            ])
        let near = findings(group: "  test_method_mach_regex: x\n")
        #expect(near.map { $0.fix?.replacement } == ["  test_method_match_regex: x"])
    }

    @Test(
        "A value of another shape than the key needs is told",
        arguments: [
            ("- a\n- b\n", "This file must hold the keys of a TestGrid configuration file and does not"),
            ("text\n", "This file must hold the keys of a TestGrid configuration file and does not"),
            ("test_groups: ci-acme\n", "test_groups must be a list"),
            ("test_groups:\n  name: ci-acme\n", "test_groups must be a list"),
            ("dashboards:\n- sig-acme\n", "An item of dashboards must hold the keys of a dashboard and does not"),
            ("dashboards:\n-\n", "An item of dashboards must hold the keys of a dashboard and does not"),
        ])
    func shapes(text: String, problem: String) {
        let tree = RegistryTree.standard.with("config/testgrids/acme/more.yaml", text)
        #expect(tree.findings(of: TestGridUnknownKey.self).map { $0.arguments["problem"] } == [problem])
    }

    @Test(
        "A list or a file with nothing in it is legal",
        arguments: ["", "test_groups:\n", "# nothing\n", "dashboards: []\n"])
    func empty(text: String) {
        let tree = RegistryTree.standard.with("config/testgrids/acme/more.yaml", text)
        #expect(tree.findings(of: TestGridUnknownKey.self) == [])
    }

    @Test("Defaults stand in default.yaml, where a key that is not known is dropped, not refused")
    func defaults() {
        let stray = RegistryTree.standard.with("config/testgrids/acme/more.yaml", "default_test_group: {}\n")
        #expect(stray.findings(of: TestGridUnknownKey.self).map(\.severity) == [.error])
        let misspelt = RegistryTree.standard.with(
            "config/testgrids/acme/default.yaml", "default_test_group:\n  day_of_results: 3\n")
        #expect(misspelt.findings(of: TestGridUnknownKey.self).map(\.severity) == [.warning])
    }

    @Test("In the one file of 2018 defaults are at home, and unknown keys are dropped")
    func oneFile() {
        let text = "default_test_group:\n  days_of_results: 14\ntest_groups:\n- name: abc\n  gcp_prefix: b/p\n"
        let tree = RegistryTree.standard.without(RegistryTree.defaults).without(RegistryTree.acme)
            .with("testgrid/config.yaml", text)
        let found = tree.findings(of: TestGridUnknownKey.self)
        #expect(found.map(\.severity) == [.warning])
        #expect(found.map(\.entry) == [.testGroup("abc")])
        #expect(found.first?.fix?.replacement == "  gcs_prefix: b/p")
    }
}
