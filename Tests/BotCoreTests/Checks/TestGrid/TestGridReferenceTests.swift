import Testing

@testable import BotCore

@Suite("References across the TestGrid configuration")
struct TestGridReferenceTests {
    private static let standard = RegistryTree.standard

    private static func job(_ kind: String, _ name: String, dashboards: String? = nil, create: String? = nil) -> String
    {
        var lines =
            kind == "periodics" ? "periodics:\n- name: \(name)\n" : "\(kind):\n  acme/acme:\n  - name: \(name)\n"
        let indent = kind == "periodics" ? "  " : "    "
        let annotations = [
            dashboards.map { "testgrid-dashboards: \($0)" }, create.map { "testgrid-create-test-group: \"\($0)\"" },
        ]
        lines += "\(indent)annotations:\n\(indent)  description: x\n"
        for annotation in annotations.compactMap({ $0 }) { lines += "\(indent)  \(annotation)\n" }
        return lines
    }

    @Test("A tab may show the test group that a job makes, unless the job says that it makes none")
    func impliedGroup() {
        let tab = Self.standard.replacing(
            "dashboard_tab:\n", "dashboard_tab:\n  - name: nightly\n    test_group_name: ci-nightly\n")
        #expect(tab.findings(of: TestGridTabGroupMissing.self).count == 1)
        for (job, count) in [
            (Self.job("periodics", "ci-nightly"), 0), (Self.job("postsubmits", "ci-nightly"), 0),
            (Self.job("presubmits", "ci-nightly"), 1), (Self.job("presubmits", "ci-nightly", create: "true"), 0),
            (Self.job("periodics", "ci-nightly", create: "false"), 1),
        ] {
            #expect(tab.with(RegistryTree.jobs, job).findings(of: TestGridTabGroupMissing.self).count == count)
        }
    }

    @Test("A misspelt test group is named as it may have been meant")
    func hint() {
        let tree = Self.standard.replacing("test_group_name: ci-acme-e2e", "test_group_name: ci-acme-e2")
        let found = tree.findings(of: TestGridTabGroupMissing.self)
        #expect(found.map { $0.arguments["hint"] } == [" (did you mean ci-acme-e2e?)"])
        let nameless = Self.standard.replacing("    test_group_name: ci-acme-e2e\n", "")
        #expect(
            nameless.findings(of: TestGridTabGroupMissing.self).map { $0.arguments["problem"] } == [
                "names no test group"
            ])
    }

    @Test("Where a file could not be read, nothing is called missing, unused or empty")
    func unreadableFile() {
        let broken = Self.standard.without(RegistryTree.acme).with(RegistryTree.jobs, "periodics:\n- name: 'open\n")
            .with(
                "config/testgrids/acme/more.yaml",
                "test_groups:\n- name: abc\n  gcs_prefix: b/p\ndashboards:\n- name: sig-a\n")
        let rules: [any RegistryRule.Type] = [
            TestGridTabGroupMissing.self, TestGridGroupUnused.self, TestGridDashboardEmpty.self,
            TestGridDashboardGroupMember.self, TestGridAnnotationDangling.self,
        ]
        for rule in rules { #expect(broken.findings(of: rule) == []) }
        #expect(broken.findings(of: TestGridYAMLParse.self).map(\.severity) == [.warning])
    }

    @Test("A test group that a job makes has to be shown, too")
    func unusedImpliedGroup() {
        func findings(_ job: String) -> [Finding] {
            Self.standard.with(RegistryTree.jobs, job).findings(of: TestGridGroupUnused.self)
        }
        #expect(findings(Self.job("periodics", "ci-nightly")).map(\.entry) == [.testGroup("ci-nightly")])
        #expect(findings(Self.job("periodics", "ci-nightly", dashboards: "conformance-acme")) == [])
        #expect(findings(Self.job("presubmits", "ci-nightly")) == [])
    }

    @Test("A written test group may be shown by an annotation alone")
    func annotatedGroup() {
        let tree = Self.standard.with(
            "config/testgrids/acme/more.yaml",
            "test_groups:\n- name: ci-nightly\n  gcs_prefix: kubernetes-ci-logs/logs/x\n")
        #expect(tree.findings(of: TestGridGroupUnused.self).count == 1)
        let shown = tree.with(RegistryTree.jobs, Self.job("periodics", "ci-nightly", dashboards: "conformance-acme"))
        #expect(shown.findings(of: TestGridGroupUnused.self) == [])
    }

    @Test("Each annotation of a dashboard that is not there is told where it stands")
    func danglingAnnotation() {
        let job = Self.job("periodics", "ci-nightly", dashboards: "conformance-acme, sig-gone ,sig-lost")
        let found = Self.standard.with(RegistryTree.jobs, job).findings(of: TestGridAnnotationDangling.self)
        #expect(found.map { $0.arguments["dashboard"] } == ["sig-gone", "sig-lost"])
        #expect(found.map(\.place?.line) == [5, 5])
        // A repository that keeps its dashboards elsewhere says nothing about them here.
        let elsewhere = Self.standard.without(RegistryTree.acme).with(RegistryTree.jobs, job)
        #expect(elsewhere.findings(of: TestGridAnnotationDangling.self) == [])
    }

    @Test(
        "A dashboard is listed once, in the dashboard group that its name starts with",
        arguments: [
            ("conformance", ["conformance-acme"], 0), ("conformance", ["conformance-acme", "conformance-acme"], 1),
            ("conformance", ["conformance-gone", "conformance-acme"], 1), ("sig", ["conformance-acme"], 1),
            ("conformance-acme-x", [], 0), ("conformance", [], 1), ("conformance-a", ["conformance-acme"], 0),
            // Any beginning of a name fits its members, but only one that ends before a dash claims a dashboard.
            ("conform", [], 0), ("conform", ["conformance-acme"], 0),
        ] as [(String, [String], Int)])
    func members(group: String, names: [String], count: Int) {
        let lines = names.map { "  - \($0)\n" }.joined()
        let tree = Self.standard.replacing(
            "- name: conformance\n  dashboard_names:\n  - conformance-acme\n",
            "- name: \(group)\n  dashboard_names:\n\(lines)")
        #expect(tree.findings(of: TestGridDashboardGroupMember.self).count == count)
    }

    @Test("Of two dashboard groups the one with the longer name claims a dashboard")
    func longestGroup() {
        func findings(_ groups: String) -> [Finding] {
            Self.standard.replacing("name: conformance-acme\n  dash", "name: conformance-acme-e2e\n  dash")
                .replacing("- name: conformance\n  dashboard_names:\n  - conformance-acme\n", groups)
                .findings(of: TestGridDashboardGroupMember.self)
        }
        let outer = "- name: conformance\n  dashboard_names:\n"
        let inner = "- name: conformance-acme\n  dashboard_names:\n"
        let line = "  - conformance-acme-e2e\n"
        #expect(findings(outer + inner + line) == [])
        #expect(findings(outer + line + inner).map { $0.arguments["group"] } == ["conformance-acme"])
        #expect(findings(outer + line + inner + line).map { $0.arguments["group"] } == ["conformance-acme"])
    }

    @Test("The second tab of a test group is told, also where an annotation adds it")
    func sameGroupTwice() {
        let job = Self.job("periodics", "ci-acme-e2e", dashboards: "conformance-acme")
        let found = Self.standard.with(RegistryTree.jobs, job).findings(of: TestGridSameGroupTwice.self)
        #expect(found.map(\.place?.path) == [RegistryTree.jobs])
        #expect(found.map { $0.arguments["otherTab"] } == ["e2e"])
        let elsewhere = Self.job("periodics", "ci-acme-e2e", dashboards: "sig-other")
        #expect(Self.standard.with(RegistryTree.jobs, elsewhere).findings(of: TestGridSameGroupTwice.self) == [])
    }

    @Test("Without a list of prefixes every name is as good as another")
    func prefixesUnknown() {
        let registry = RegistryTree.standard.registry
        let free = Registry(files: registry.files, policy: Policy())
        #expect(free.dashboardPrefixes == nil)
        let context = RegistryContext(registry: free, policy: Policy())
        #expect(TestGridDashboardPrefix.findings(in: context) == [])
    }

    @Test("Dashboard groups need a listed prefix as dashboards do")
    func groupPrefix() {
        let tree = Self.standard.replacing("- name: conformance\n", "- name: conform\n")
        #expect(tree.findings(of: TestGridDashboardPrefix.self).map { $0.arguments["kind"] } == ["dashboard group"])
    }
}
