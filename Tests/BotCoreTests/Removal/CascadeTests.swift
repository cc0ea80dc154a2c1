import Testing

@testable import BotCore

@Suite("What goes with an entry, and what is refused")
struct CascadeTests {
    private let acme = RemovalFixture.acme

    private let standard = RemovalFixture(
        """
        test_groups:
        - name: ci-acme
          gcs_prefix: k8s-acme/logs/ci-acme
        - name: ci-other
          gcs_prefix: k8s-other/logs/ci-other
        dashboards:
        - name: conformance-acme
          dashboard_tab:
          - name: e2e
            test_group_name: ci-acme
        - name: conformance-other
          default_tab: acme
          dashboard_tab:
          - name: acme
            test_group_name: ci-acme
          - name: other
            test_group_name: ci-other

        """,
        [
            "config/testgrids/groups.yaml": """
            dashboard_groups:
            - name: conformance
              dashboard_names:
                - conformance-acme
                - conformance-other

            """,
            RemovalFixture.buckets: """
            gs://kubernetes-ci-logs/logs/:
              prefix: ""
            gs://k8s-acme/logs/:
              contact: "alice"
              prefix: "acme:"
            gs://k8s-other:
              prefix: "other:"

            """,
        ])

    @Test("A test group takes tabs, default tabs, empty dashboards, their memberships and its bucket along")
    func group() throws {
        try standard.expect(
            removing: "test-group:ci-acme",
            leaves: [
                acme: """
                test_groups:
                - name: ci-other
                  gcs_prefix: k8s-other/logs/ci-other
                dashboards:
                - name: conformance-other
                  dashboard_tab:
                  - name: other
                    test_group_name: ci-other

                """,
                "config/testgrids/groups.yaml": """
                dashboard_groups:
                - name: conformance
                  dashboard_names:
                    - conformance-other

                """,
                RemovalFixture.buckets: """
                gs://kubernetes-ci-logs/logs/:
                  prefix: ""
                gs://k8s-other:
                  prefix: "other:"

                """,
            ])
    }

    @Test("Everything that a file holds takes the file and the OWNERS file beside it along")
    func wholeFile() throws {
        var fixture = standard
        fixture.files["config/testgrids/acme/OWNERS"] = "approvers:\n- alice\n"
        try fixture.expect(
            removing: "test-group:ci-acme", "test-group:ci-other",
            leaves: [
                acme: nil, "config/testgrids/acme/OWNERS": nil, "config/testgrids/groups.yaml": nil,
                RemovalFixture.buckets: "gs://kubernetes-ci-logs/logs/:\n  prefix: \"\"\n",
            ])
        fixture.surroundings.paths = ["config/testgrids/acme/README.md"]
        let plan = try fixture.plan(["test-group:ci-acme", "test-group:ci-other"])
        #expect(!plan.edits.map(\.path).contains("config/testgrids/acme/OWNERS"))
    }

    @Test("A tab or a dashboard takes the groups along that nothing else shows")
    func tabsAndDashboards() throws {
        let plan = try standard.plan(["tab:conformance-other#other"])
        #expect(plan.removed.compactMap(\.selector).contains(.testGroup("ci-other")))
        let other = try standard.plan(["dashboard:conformance-acme"])
        #expect(!other.removed.compactMap(\.selector).contains(.testGroup("ci-acme")))
        #expect(other.removed.map(\.words).contains("the line conformance-acme of the dashboard group conformance"))
    }

    @Test("A dashboard that Prow jobs fill stays, bare, and its group in memory of it")
    func filledDashboard() throws {
        var fixture = standard
        fixture.files[RemovalFixture.jobs] = """
            periodics:
            - name: ci-prow
              annotations:
                testgrid-dashboards: conformance-acme

            """
        let plan = try fixture.plan(["test-group:ci-acme"])
        let edit = try #require(plan.edits.first { $0.path == acme })
        #expect(String(decoding: edit.new ?? [], as: UTF8.self).contains("- name: conformance-acme\n- name: conf"))
        #expect(!plan.edits.map(\.path).contains("config/testgrids/groups.yaml"))
        try fixture.expect(refusing: "dashboard:conformance-acme", as: .prowBacked, at: "\(RemovalFixture.jobs):4")
        fixture.files[acme] = fixture.files[acme]?.replacing(
            "- name: conformance-acme\n  dashboard_tab:\n  - name: e2e\n    test_group_name: ci-acme\n",
            with: "- dashboard_tab:\n  - name: e2e\n    test_group_name: ci-acme\n  name: conformance-acme\n")
        try fixture.expect(refusing: "test-group:ci-acme", as: .handEdit, at: "\(acme):7")
    }

    @Test("A group behind which a Prow job stands is not taken from it")
    func jobs() throws {
        var fixture = standard
        fixture.files[RemovalFixture.jobs] = "periodics:\n- name: ci-acme\n"
        try fixture.expect(refusing: "test-group:ci-acme", as: .prowBacked, at: "\(RemovalFixture.jobs):2")
        fixture.files[acme] = RemovalFixture.groups("a") + RemovalFixture.dashboard("a", "ci-acme")
        fixture.files[acme] = "test_groups:\n" + (fixture.files[acme] ?? "")
        try fixture.expect(
            refusing: "tab:conformance-all#ci-acme", as: .prowBacked, at: "\(RemovalFixture.jobs):2")
    }

    @Test("Generated files and protected dashboards are left alone, and what is asked besides is done")
    func kept() throws {
        var fixture = standard
        let generated = "config/testgrids/acme/generated-acme.yaml"
        fixture.files[generated] =
            "test_groups:\n" + RemovalFixture.groups("gen")
            + "dashboards:\n- name: sig-release-1.36-blocking\n  dashboard_tab:\n  - name: a\n    test_group_name: ci-acme\n"
        try fixture.expect(refusing: "test-group:gen", as: .generated, at: "\(generated):2")
        fixture.files["config/testgrids/acme/blocking.yaml"] = fixture.files[generated]
        fixture.files[generated] = nil
        try fixture.expect(
            refusing: "test-group:ci-acme", as: .protected, at: "config/testgrids/acme/blocking.yaml:7")
        let plan = try fixture.plan(["test-group:ci-acme", "test-group:ci-other"])
        #expect(plan.selectors == [.testGroup("ci-other")])
        #expect(plan.refusals.map(\.selector) == [.testGroup("ci-acme")])
    }

    @Test("Flow collections, anchors and files that cannot be read are refused")
    func unfit() throws {
        var fixture = standard
        fixture.files["config/testgrids/groups.yaml"] =
            "dashboard_groups:\n- name: conformance\n  dashboard_names: [conformance-acme, conformance-other]\n"
        try fixture.expect(
            refusing: "test-group:ci-acme", as: .handEdit, at: "config/testgrids/groups.yaml:3")
        let both = try fixture.plan(["test-group:ci-acme", "test-group:ci-other"])
        #expect(both.refusals == [])
        #expect(both.edits.first { $0.path == "config/testgrids/groups.yaml" }?.new == nil)
        fixture.files["config/testgrids/groups.yaml"] =
            "dashboard_groups:\n- &all\n  name: conformance\n  dashboard_names:\n  - conformance-acme\n"
        try fixture.expect(refusing: "test-group:ci-acme", as: .handEdit, at: "config/testgrids/groups.yaml:2")
        fixture.files["config/testgrids/groups.yaml"] =
            "dashboard_groups:\n- name: conformance\n  dashboard_names:\n  - conformance-acme\n  name: twice\n"
        try fixture.expect(refusing: "test-group:ci-acme", as: .handEdit, at: "config/testgrids/groups.yaml:4")
        fixture.files["config/testgrids/groups.yaml"] = "dashboard_groups: []\n---\ndashboard_groups: []\n"
        #expect(try fixture.plan(["test-group:ci-other"]).refusals == [])
    }

    @Test("The last entry of buckets.yaml stays, and Kubernetes' own goes only when it is named")
    func buckets() throws {
        try RemovalFixture(files: [RemovalFixture.buckets: "gs://k8s-acme:\n  prefix: \"acme:\"\n"])
            .expect(refusing: "bucket:gs://k8s-acme", as: .handEdit, at: "\(RemovalFixture.buckets):1")
        try standard.expect(
            removing: "bucket:gs://kubernetes-ci-logs/logs/", "bucket:gs://k8s-other",
            leaves: [
                RemovalFixture.buckets: "gs://k8s-acme/logs/:\n  contact: \"alice\"\n  prefix: \"acme:\"\n"
            ])
    }

    @Test("What names it in files that are not edited is told")
    func references() throws {
        var fixture = standard
        fixture.files["config/prow/config.yaml"] = "deck:\n  additional_allowed_buckets:\n  - k8s-acme\n  - k8s-other\n"
        fixture.files["config/tests/testgrids/config_test.go"] =
            "var (\n\tcompanies = []string{\n\t\t\"conformance-a\",\n\t\t\"conformance-o\",\n\t}\n)\n"
        fixture.surroundings.documents["docs/acme.md"] = Array("# Acme\n\nSee `ci-acme`, not ci-acme-old.\n".utf8)
        let plan = try fixture.plan(["test-group:ci-acme"])
        let told = plan.notEdited.map { "\($0.path):\($0.line ?? 0) \($0.reason)" }
        #expect(
            told == [
                "config/prow/config.yaml:3 Deck is allowed to show the bucket \"k8s-acme\", and no test group reads it "
                    + "any more.",
                "config/tests/testgrids/config_test.go:0 It allows names of dashboards to start with "
                    + "\"conformance-a\", and none does any more.",
                "docs/acme.md:3 It names the test group \"ci-acme\".",
            ])
        let bucket = try standard.plan(["bucket:gs://k8s-other"])
        #expect(bucket.notEdited.map(\.path) == [acme])
    }

    @Test("A selector that names nothing is an error, with the nearest names")
    func unknown() {
        #expect(throws: UnknownSelector.self) { try standard.plan(["test-group:ci-acm"]) }
    }

    @Test("Entries of one area, bucket and contact are one contribution, and each can go alone")
    func contributions() throws {
        var fixture = standard
        fixture.files["config/testgrids/acme/OWNERS"] = "approvers:\n- alice\n"
        let selectors = ["test-group:ci-acme", "test-group:ci-other", "bucket:gs://k8s-acme/logs/"]
        let plans = try RemovalPlanner(registry: fixture.registry, policy: fixture.policy)
            .contributions(selectors.map { try Selector($0) })
        #expect(
            plans.plans.map { $0.contribution.selectors.map(\.description) } == [
                ["test-group:ci-acme", "bucket:gs://k8s-acme/logs/"], ["test-group:ci-other"],
            ])
        #expect(plans.plans.map(\.contribution.area) == ["config/testgrids/acme", "config/testgrids/acme"])
        #expect(plans.plans.map { $0.contribution.bucket } == ["k8s-acme", "k8s-other"])
        #expect(plans.plans.last?.removal.files.contents == plans.whole.files.contents)
    }
}
