import Testing

@testable import BotCore

@Suite("What a change does to the TestGrid configuration")
struct TestGridChangeTests {
    private static let root = "config/testgrids/config.yaml"
    private static let header = "# DEPRECATED: Please do not add to this document.\n"
    private static let group = "test_groups:\n- name: ci-zeta\n  gcs_prefix: kubernetes-ci-logs/logs/ci-zeta\n"
    private static let dashboard =
        "dashboards:\n- name: sig-zeta\n  dashboard_tab:\n  - name: nightly\n    test_group_name: ci-zeta\n"

    @Test("Additions to the root file are told once, at the first, with all that is new")
    func rootAdditions() {
        let before = RegistryTree.standard.with(Self.root, Self.header + Self.group)
        let after = before.with(Self.root, Self.header + Self.group + Self.dashboard)
        let found = after.findings(of: TestGridRootConfigDeprecated.self, since: before)
        #expect(found.map { $0.arguments["added"] } == ["dashboard sig-zeta"])
        #expect(found.map(\.place?.line) == [6])
    }

    @Test("A tab that is added to an old dashboard of the root file is an addition")
    func rootTab() {
        let before = RegistryTree.standard.with(Self.root, Self.group + "dashboards:\n- name: sig-zeta\n")
        let after = before.with(Self.root, Self.group + Self.dashboard)
        let found = after.findings(of: TestGridRootConfigDeprecated.self, since: before)
        #expect(found.map { $0.arguments["added"] } == ["tab nightly"])
    }

    @Test("What is edited in or taken from the root file is no addition")
    func rootEdits() {
        let before = RegistryTree.standard.with(Self.root, Self.group + Self.dashboard)
        let edited = before.with(
            Self.root, Self.group.replacing("logs/ci-zeta", with: "logs/ci-zeta2") + Self.dashboard)
        #expect(edited.findings(of: TestGridRootConfigDeprecated.self, since: before) == [])
        let emptied = before.with(Self.root, Self.header)
        #expect(emptied.findings(of: TestGridRootConfigDeprecated.self, since: before) == [])
    }

    @Test("A file elsewhere is as deprecated as its header says")
    func headerDecides() {
        let path = "testgrid/config.yaml"
        let tree = RegistryTree.standard.with(path, Self.header + Self.group)
        #expect(tree.findings(of: TestGridRootConfigDeprecated.self, since: .standard).count == 1)
        let free = RegistryTree.standard.with(path, Self.group + Self.header)
        #expect(free.findings(of: TestGridRootConfigDeprecated.self, since: .standard) == [])
    }

    @Test(
        "A new folder needs OWNERS of its own or of a folder around it, but for the root of all",
        arguments: [
            ("config/testgrids/zeta/zeta.yaml", 1), ("config/testgrids/acme/deep/x.yaml", 0),
            ("config/testgrids/acme/more.yaml", 0), ("config/testgrids/more.yaml", 0),
        ])
    func owners(path: String, count: Int) {
        let tree = RegistryTree.standard.with(path, Self.group + Self.dashboard)
        #expect(tree.findings(of: TestGridOwnersMissing.self, since: .standard).count == count)
        #expect(tree.findings(of: TestGridOwnersMissing.self) == [])
        #expect(tree.findings(of: TestGridOwnersMissing.self, since: tree) == [])
    }

    @Test("Two new files in one folder are told of once")
    func ownersOnce() {
        let tree = RegistryTree.standard.with("config/testgrids/zeta/a.yaml", Self.group)
            .with("config/testgrids/zeta/b.yaml", Self.dashboard)
        let found = tree.findings(of: TestGridOwnersMissing.self, since: .standard)
        #expect(found.map(\.place?.path) == ["config/testgrids/zeta/a.yaml"])
    }

    @Test("A generated file that lost lines was edited, too")
    func generatedDeletion() {
        let path = "config/testgrids/acme/generated-x.yaml"
        let before = RegistryTree.standard.with(path, Self.group + Self.dashboard)
        let after = before.with(path, Self.group)
        let found = after.findings(of: TestGridGeneratedFile.self, since: before)
        #expect(found.map { $0.arguments["owners"] } == ["alice"])
        #expect(after.findings(of: TestGridGeneratedFile.self) == [])
        #expect(before.without(path).findings(of: TestGridGeneratedFile.self, since: before) == [])
    }

    @Test("YAML that cannot be read is an error in TestGrid's files and a warning in others")
    func yaml() {
        for (path, severities) in [
            ("config/testgrids/acme/more.yaml", [Severity.error]), ("config/testgrids/acme/default.yaml", [.error]),
            ("config/jobs/x.yaml", [.warning]), ("OWNERS", [.warning]), ("OWNERS_ALIASES", [.warning]),
            ("config/prow/config.yaml", [.warning]), (RegistryTree.buckets, []),
        ] {
            let tree = RegistryTree.standard.with(path, "a: !b 1\n")
            #expect(tree.findings(of: TestGridYAMLParse.self).map(\.severity) == severities, "\(path)")
        }
    }

    @Test("Each issue of a file is a finding of its own")
    func yamlIssues() {
        let tree = RegistryTree.standard.with("config/testgrids/acme/more.yaml", "dashboards:\ndashboards:\n---\n{}\n")
        #expect(tree.findings(of: TestGridYAMLParse.self).map(\.place?.line) == [2, 3])
    }
}
