import Testing

@testable import BotCore

@Suite("Looking things up in a registry")
struct RegistryLookupTests {
    private static let tree: [String: String] = [
        "config/testgrids/a/a.yaml": """
        test_groups:
        - name: acme-e2e
          gcs_prefix: acme/logs/acme-e2e,bolt/logs/acme-e2e
          num_failures_to_alert: 0
        - name: acme-e2e
          gcs_prefix: second/logs/acme-e2e
        - gcs_prefix: nameless/x
        dashboards:
        - name: sig-acme
          dashboard_tab:
          - name: e2e
            test_group_name: acme-e2e
          - name: job
            test_group_name: ci-acme
        - name: sig-acme-late
        dashboard_groups:
        - name: sig
          dashboard_names:
          - sig-acme
          - 12

        """,
        "config/testgrids/a/default.yaml": "default_test_group:\n  days_of_results: 3\n",
        "config/testgrids/b/b.yml":
            "dashboards:\n- name: sig-bolt\n  dashboard_tab:\n  - {name: x, test_group_name: acme-e2e}\n",
        "config/testgrids/default.yaml":
            "default_test_group:\n  days_of_results: 15\n  num_failures_to_alert: 3\n  name: no-field-of-defaults\n"
            + "default_dashboard_tab:\n  results_text: See results\n",
        "config/jobs/acme.yaml": """
        periodics:
        - name: ci-acme
          annotations:
            testgrid-dashboards: "sig-acme, sig-acme-late,"
            testgrid-tab-name: acme
        - name: ci-quiet
          annotations: {testgrid-create-test-group: "false"}
        presubmits:
          acme/widgets:
          - name: pull-acme
            annotations: {testgrid-create-test-group: "true"}
          - name: pull-shown
            annotations:
              testgrid-dashboards: sig-acme
          - name: pull-quiet
        postsubmits:
          bolt/gears:
          - name: post-bolt

        """,
    ]

    private let all: Registry = registry(Self.tree)

    @Test("Groups, dashboards, tabs and groups of dashboards are found by name; of two the first counts")
    func byName() {
        #expect(all.group(named: "acme-e2e")?.gcsPrefix?.bucket == "acme")
        #expect(all.group(named: "no") == nil)
        #expect(all.dashboard(named: "sig-acme")?.tabs.map(\.name) == ["e2e", "job"])
        #expect(all.tabs(showing: "acme-e2e").map(\.dashboard) == ["sig-acme", "sig-bolt"])
        #expect(all.dashboardGroups.first?.members.map(\.name) == ["sig-acme", "12"])
        #expect(all.groups.map(\.name) == ["acme-e2e", "acme-e2e", ""])
    }

    @Test("A bucket is known by every group that reads it")
    func byBucket() {
        #expect(all.groups(inBucket: "acme").map(\.name) == ["acme-e2e"])
        #expect(all.groups(inBucket: "bolt").map(\.name) == ["acme-e2e"])
        #expect(all.groups(inBucket: "nameless").count == 1)
        #expect(all.groups(inBucket: "no").isEmpty)
    }

    @Test("Jobs make groups of their own name as TestGrid's configurator does")
    func implicitGroups() {
        let made = ["ci-acme", "ci-quiet", "pull-acme", "pull-shown", "pull-quiet", "post-bolt"].filter(all.hasGroup)
        #expect(made == ["ci-acme", "pull-acme", "pull-shown", "post-bolt"])
        #expect(all.jobs(named: "pull-acme").map(\.repository) == ["acme/widgets"])
        #expect(all.jobsCreatingGroup(named: "ci-acme").map(\.kind) == [.periodic])
        #expect(all.jobs(named: "ci-acme").first?.dashboards == ["sig-acme", "sig-acme-late"])
        #expect(all.jobs(named: "ci-acme").first?.tabName == "acme")
    }

    @Test("Defaults of a folder replace the global ones whole, and fill only zero values")
    func defaults() throws {
        let own = try #require(all.defaults(forFile: "config/testgrids/a/a.yaml"))
        let other = try #require(all.defaults(forFile: "config/testgrids/b/b.yml"))
        let node = all.group(named: "acme-e2e")?.node
        #expect(own.value("days_of_results", ofGroup: node)?.text == "3")
        #expect(own.value("num_failures_to_alert", ofGroup: node)?.text == "0")
        #expect(other.value("days_of_results", ofGroup: node)?.text == "15")
        #expect(other.value("num_failures_to_alert", ofGroup: node)?.text == "3", "0 cannot undo a default")
        #expect(other.value("name", ofGroup: nil) == nil, "a name is no field that defaults fill")
        #expect(other.value("results_text", ofTab: nil)?.text == "See results")
        #expect(own.value("results_text", ofTab: nil) == nil)
        #expect(all.globalDefaults?.path == "config/testgrids/default.yaml")
        #expect(all.groups.count == 3, "defaults are never groups")
    }

    @Test("The one file of 2018 holds the defaults itself")
    func singleFile() {
        let text = "default_test_group:\n  days_of_results: 7\ntest_groups:\n- name: a\n"
        let old = registry(["testgrid/config.yaml": text])
        #expect(old.defaults(forFile: "testgrid/config.yaml")?.group?.fieldText("days_of_results") == "7")
        #expect(!old.isEmpty)
    }

    @Test("Of two files with one path the last counts; a tree without registry files is empty")
    func files() {
        let twice = [("a", "x"), ("a", "y")].map { name, group in
            RegistryFile(
                path: "config/testgrids/\(name).yaml", kind: .testgrid,
                bytes: Array("test_groups:\n- name: \(group)\n".utf8))
        }
        let both = Registry(files: twice, policy: Policy())
        #expect(both.groups.map(\.name) == ["y"])
        #expect(both.file(at: "config/testgrids/a.yaml")?.path == "config/testgrids/a.yaml")
        #expect(registry([:]).isEmpty)
        #expect(registry(["OWNERS": "approvers: [a]", "config/jobs/a.yaml": "periodics: []"]).isEmpty)
    }

    @Test(
        "Anything may stand where something else belongs",
        arguments: ["[]", "x", "12", "~", "[[], {}]", "{a: b}", "[x, ~]"])
    func otherShapes(value: String) {
        let keys = [
            "test_groups", "dashboards", "dashboard_groups", "default_test_group", "periodics", "presubmits",
            "approvers", "filters", "options", "aliases", "plank",
        ]
        let text = keys.map { "\($0): \(value)\n" }.joined()
        let paths = [
            "config/testgrids/a.yaml", "config/jobs/a.yaml", "OWNERS", "OWNERS_ALIASES", "config/prow/config.yaml",
        ]
        let read = registry(Dictionary(uniqueKeysWithValues: paths.map { ($0, text) }))
        #expect(read.files.count == paths.count)
        for group in read.groups { #expect(read.contacts(of: group).allSatisfy { !$0.value.isEmpty }) }
    }
}

@Suite("Where Prow uploads")
struct ProwUploadsTests {
    private let jobs = """
        periodics:
        - name: ci-a
        - name: ci-own
          decoration_config: {gcs_configuration: {bucket: gs://own, path_prefix: deep}}
        presubmits:
          acme/widgets:
          - name: pull-a
          bolt/gears:
          - name: pull-b
        postsubmits:
          acme/other:
          - name: post-a

        """

    private func prefixes(_ config: String?) -> [String] {
        var files = ["config/jobs/a.yaml": jobs]
        files["config/prow/config.yaml"] = config
        let read = registry(files)
        return read.jobs.map { read.uploads.gcsPrefix(of: $0)?.text ?? "-" }
    }

    @Test("The repository's bucket comes before its organization's, and that before everybody's")
    func entries() {
        let config = """
            plank:
              default_decoration_config_entries:
              - config: {gcs_configuration: {bucket: everybody}}
              - repo: acme
                config: {gcs_configuration: {bucket: acme-all}}
              - repo: acme/widgets
                config: {gcs_configuration: {bucket: acme-widgets}}
              - repo: bolt/gears
                cluster: elsewhere
                config: {gcs_configuration: {bucket: never}}

            """
        #expect(
            prefixes(config) == [
                "everybody/logs/ci-a", "own/deep/logs/ci-own", "acme-all/logs/post-a",
                "acme-widgets/pr-logs/directory/pull-a", "everybody/pr-logs/directory/pull-b",
            ])
    }

    @Test("The older form is read too")
    func olderForm() {
        let config = "plank:\n  default_decoration_configs:\n    '*': {gcs_configuration: {bucket: everybody}}\n"
        #expect(prefixes(config).first == "everybody/logs/ci-a")
    }

    @Test("Without Prow's configuration only a job's own bucket is known")
    func unknown() { #expect(prefixes(nil) == ["-", "own/deep/logs/ci-own", "-", "-", "-"]) }
}
