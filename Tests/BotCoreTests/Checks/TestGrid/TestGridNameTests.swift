import Testing

@testable import BotCore

@Suite("Names of the TestGrid configuration")
struct TestGridNameTests {
    private func findings(of rule: any RegistryRule.Type, tab name: String) -> [Finding] {
        RegistryTree.standard.replacing("name: e2e\n", "name: \(name)\n").findings(of: rule)
    }

    @Test(
        "Letters, digits, spaces, an en dash and a few signs are accepted",
        arguments: ["e2e", "'a_.~<>()|[]\"@/ b'", "'v1.35, dev'", "a \u{2013} bee"])
    func goodCharacters(name: String) {
        #expect(findings(of: TestGridNameCharset.self, tab: name) == [])
    }

    @Test(
        "Each other sign is named once",
        arguments: [
            ("a&b&c", "&"), ("'a: b'", ":"), ("a+b*c", "+, *"), ("'a#b'", "#"), ("na\u{EF}ve", "\u{EF}"),
            ("a \u{2014} bee", "\u{2014}"),
        ])
    func badCharacters(name: String, characters: String) {
        let found = findings(of: TestGridNameCharset.self, tab: name)
        #expect(found.map { $0.arguments["characters"] } == [characters])
    }

    @Test("Three letters or digits are enough, 2048 are not too many")
    func lengths() {
        let long = String(repeating: "a", count: 2048)
        #expect(findings(of: TestGridNameShort.self, tab: "e-2-e") == [])
        #expect(findings(of: TestGridNameShort.self, tab: long) == [])
        #expect(findings(of: TestGridNameShort.self, tab: "e-2").count == 1)
        #expect(findings(of: TestGridNameShort.self, tab: long + "a").count == 1)
    }

    @Test("A name that is not there is short, not misspelt")
    func missingName() {
        let tree = RegistryTree.standard.replacing("  - name: e2e\n    test", "  - test")
        #expect(tree.findings(of: TestGridNameShort.self).map { $0.arguments["problem"] } == ["is empty"])
        #expect(tree.findings(of: TestGridNameCharset.self) == [])
    }

    @Test(
        "TestGrid's own words may not begin a name, however they are spelt",
        arguments: [
            ("Summary", 1), ("dash-board 2", 1), ("B.U.G.S tracker", 1), ("~Alerter", 1), ("my summary", 0), ("bug", 0),
        ])
    func reservedWords(name: String, count: Int) {
        #expect(findings(of: TestGridNameReserved.self, tab: name).count == count)
    }

    @Test("The names that Prow's jobs bring are judged where they are written")
    func jobs() {
        let tree = RegistryTree.standard.with(
            RegistryTree.jobs,
            """
            presubmits:
              acme/acme:
              - name: pull-acme:unit
              - name: pull-acme:e2e
                annotations:
                  testgrid-dashboards: conformance-acme, conformance-other
                  testgrid-tab-name: e2e:pull

            """)
        let found = tree.findings(of: TestGridNameCharset.self)
        // The first job makes no test group; the second makes one, and a tab on each of two dashboards.
        #expect(found.map(\.place?.line) == [4, 7])
        #expect(found.map { $0.arguments["kind"] } == ["Prow job", "tab"])
    }

    @Test("Two names that differ in signs and case alone are one")
    func duplicates() {
        let tree = RegistryTree.standard.addingNightly().replacing("ci-acme-nightly", "CI_acme_E2E")
        let found = tree.findings(of: TestGridDuplicateName.self)
        #expect(found.map { $0.arguments["otherName"] } == ["ci-acme-e2e"])
        #expect(found.map { $0.arguments["otherLine"] } == ["2"])
        #expect(found.map(\.place?.line) == [4])
    }

    @Test("A dashboard and a dashboard group share one space of names")
    func dashboardAndGroup() {
        let tree = RegistryTree.standard.replacing("- name: conformance\n", "- name: Conformance Acme\n")
        let found = tree.findings(of: TestGridDuplicateName.self)
        #expect(found.map { $0.arguments["kind"] } == ["dashboard group"])
        #expect(found.map { $0.arguments["otherKind"] } == ["dashboard"])
    }

    @Test("A job may have the name of a written test group, but not one that only looks the same")
    func jobsAndGroups() {
        func findings(job: String) -> [Finding] {
            RegistryTree.standard.with(RegistryTree.jobs, "periodics:\n- name: \(job)\n- name: \(job)\n")
                .findings(of: TestGridDuplicateName.self)
        }
        #expect(findings(job: "ci-acme-e2e") == [])
        #expect(findings(job: "ci-acme-other") == [])
        #expect(findings(job: "ci-acme.e2e").map(\.place?.path) == [RegistryTree.jobs])
    }

    @Test("An annotated tab may not have the name of a written one")
    func annotatedTab() {
        let tree = RegistryTree.standard.with(
            RegistryTree.jobs,
            "periodics:\n- name: ci-other\n  annotations:\n    testgrid-dashboards: conformance-acme\n"
                + "    testgrid-tab-name: E2E\n")
        #expect(tree.findings(of: TestGridDuplicateName.self).map(\.place?.line) == [5])
    }

    @Test("Where only the earlier of two was added, it is the one to be renamed")
    func changedFirst() {
        let more = "config/testgrids/aaa.yaml"
        let tree = RegistryTree.standard.with(more, "dashboards:\n- name: Conformance_Acme\n")
        #expect(tree.findings(of: TestGridDuplicateName.self).map(\.place?.path) == [RegistryTree.acme])
        let found = tree.findings(of: TestGridDuplicateName.self, since: .standard)
        #expect(found.map(\.place?.path) == [more])
        #expect(found.map { $0.arguments["otherPath"] } == [RegistryTree.acme])
    }
}
