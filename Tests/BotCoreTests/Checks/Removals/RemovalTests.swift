import Testing

@testable import BotCore

@Suite("What a removal leaves behind")
struct RemovalTests {
    private static let more = "config/testgrids/zeta/zeta.yaml"
    private static let groupLines = "- name: ci-zeta\n  gcs_prefix: kubernetes-ci-logs/logs/ci-zeta\n"
    private static let tabLines = "  - name: nightly\n    test_group_name: ci-zeta\n"
    private static let text =
        "test_groups:\n\(groupLines)dashboards:\n- name: sig-zeta\n  dashboard_tab:\n\(tabLines)"
        + "dashboard_groups:\n- name: sig\n  dashboard_names:\n  - sig-zeta\n"
    private static let before = RegistryTree.standard.with(more, text).with(
        "config/testgrids/zeta/OWNERS", "approvers:\n- zoe\n")

    private func findings(without lines: String..., and change: (RegistryTree) -> RegistryTree = { $0 }) -> [Finding] {
        let after = lines.reduce(Self.before) { $0.replacing($1, "", in: Self.more) }
        return change(after).findings(of: RemovalCascade.self, since: Self.before)
    }

    private func leftovers(_ found: [Finding]) -> [String?] { found.map { $0.arguments["leftovers"] } }

    @Test("A test group leaves its tabs, in any file")
    func tabWithoutGroup() {
        let found = findings(without: Self.groupLines)
        #expect(found.map(\.entry) == [.testGroup("ci-zeta")])
        #expect(leftovers(found) == ["the tab \"nightly\" of \"sig-zeta\" (\(Self.more):6)"])
    }

    @Test("A test group that a job makes from now on is not missing")
    func replacedByJob() {
        let found = findings(without: Self.groupLines) { $0.with(RegistryTree.jobs, "periodics:\n- name: ci-zeta\n") }
        #expect(found == [])
    }

    @Test("A tab leaves its test group and an empty dashboard")
    func groupWithoutTab() {
        let found = findings(without: "  dashboard_tab:\n" + Self.tabLines)
        #expect(found.map(\.entry) == [.tab(dashboard: "sig-zeta", tab: "nightly")])
        #expect(
            leftovers(found) == [
                "the test group \"ci-zeta\" (\(Self.more):2), the dashboard \"sig-zeta\" without a tab (\(Self.more):5)"
            ])
    }

    @Test("A dashboard that a job's annotation fills is not left empty")
    func annotatedDashboard() {
        let job = "periodics:\n- name: ci-other\n  annotations:\n    testgrid-dashboards: sig-zeta\n"
        let found = findings(without: "  dashboard_tab:\n" + Self.tabLines, Self.groupLines) {
            $0.with(RegistryTree.jobs, job)
        }
        #expect(found == [])
    }

    @Test("A test group and its last tab leave an empty dashboard, and that is the group's doing")
    func emptyDashboard() {
        let found = findings(without: "  dashboard_tab:\n" + Self.tabLines, Self.groupLines)
        #expect(found.map(\.entry) == [.testGroup("ci-zeta")])
        #expect(leftovers(found) == ["the dashboard \"sig-zeta\" without a tab (\(Self.more):3)"])
    }

    @Test("A dashboard leaves its line, its test groups and the jobs that name it, in one finding")
    func dashboard() {
        let job = "periodics:\n- name: ci-other\n  annotations:\n    testgrid-dashboards: sig-zeta\n"
        let before = Self.before.with(RegistryTree.jobs, job)
        let after = before.replacing("- name: sig-zeta\n  dashboard_tab:\n" + Self.tabLines, "", in: Self.more)
        let found = after.findings(of: RemovalCascade.self, since: before)
        #expect(found.map(\.entry) == [.dashboard("sig-zeta")])
        #expect(
            leftovers(found) == [
                "the test group \"ci-zeta\" (\(Self.more):2), "
                    + "its line in the dashboard group \"sig\" (\(Self.more):8), "
                    + "the annotation of the Prow job \"ci-other\" (\(RegistryTree.jobs):4)"
            ])
    }

    @Test("The last member leaves a dashboard group without any")
    func dashboardGroup() {
        let found = findings(without: "  - sig-zeta\n")
        #expect(found.map(\.entry) == [.dashboard("sig-zeta")])
        #expect(leftovers(found) == ["the dashboard group \"sig\" without a member (\(Self.more):10)"])
    }

    @Test("The annotation of a job leaves what only it filled")
    func annotation() {
        let bare = RegistryTree.standard.with(Self.more, "dashboards:\n- name: sig-bare\n")
        let job = "periodics:\n- name: ci-other\n  annotations:\n    testgrid-dashboards: sig-bare\n"
        let found = bare.findings(of: RemovalCascade.self, since: bare.with(RegistryTree.jobs, job))
        #expect(found.map { $0.arguments["removed"] } == ["The annotation of the Prow job \"ci-other\""])
    }

    @Test("A list that is left empty is legal, a file with nothing left is not kept")
    func emptyFile() {
        let after = Self.before.with(Self.more, "test_groups:\ndashboards:\n# Zeta\n")
        let found = after.findings(of: RemovalCascade.self, since: Self.before)
        #expect(leftovers(found) == ["the file with nothing left in it (\(Self.more):1)"])
        let empty = RegistryTree.standard.with("config/testgrids/acme/empty.yaml", "dashboards:\n")
        #expect(empty.findings(of: RemovalCascade.self, since: empty) == [])
    }

    @Test("OWNERS do not stay behind alone, but guard what is below them")
    func owners() {
        let gone = Self.before.without(Self.more)
        let found = gone.findings(of: RemovalCascade.self, since: Self.before)
        #expect(leftovers(found) == ["the OWNERS file alone in its folder (config/testgrids/zeta/OWNERS:1)"])
        let deeper = gone.with("config/testgrids/zeta/deep/x.yaml", Self.text)
        #expect(deeper.findings(of: RemovalCascade.self, since: Self.before) == [])
        #expect(
            gone.without("config/testgrids/zeta/OWNERS").findings(of: RemovalCascade.self, since: Self.before) == [])
    }

    @Test("Without a change, and where a file cannot be read, nothing was removed")
    func unknown() {
        let after = Self.before.replacing(Self.groupLines, "", in: Self.more)
        #expect(after.findings(of: RemovalCascade.self) == [])
        let broken = after.with("config/testgrids/acme/more.yaml", "a: [\n")
        #expect(broken.findings(of: RemovalCascade.self, since: Self.before) == [])
    }

    @Test("An entry that goes names the test groups that still read from it")
    func bucketStillUsed() {
        let after = RegistryTree.standard.with(RegistryTree.buckets, "")
        let found = after.findings(of: RemovalBucketStillUsed.self, since: .standard)
        // Nobody's test group reads the root entry here.
        #expect(found.map(\.entry) == [.bucket("gs://k8s-conformance-acme/logs/")])
        #expect(found.map { $0.arguments["groups"] } == ["ci-acme-e2e"])
        #expect(found.map(\.place?.line) == [1])
        let fileGone = RegistryTree.standard.without(RegistryTree.buckets)
        #expect(fileGone.findings(of: RemovalBucketStillUsed.self, since: .standard).map(\.place) == [nil])
    }

    @Test("An entry with another folder of the same bucket is not missed")
    func otherFolder() {
        let before = RegistryTree.standard.with(
            RegistryTree.buckets, "gs://k8s-conformance-acme/other/:\n  contact: alice\n  prefix: \"other:\"\n")
        let after = before.with(RegistryTree.buckets, "")
        #expect(after.findings(of: RemovalBucketStillUsed.self, since: before) == [])
    }

    @Test("The last test group of a bucket leaves its entry, the root entry excepted")
    func bucketLeftover() {
        let after = RegistryTree.standard.without(RegistryTree.acme)
        #expect(
            after.findings(of: RemovalBucketLeftover.self, since: .standard).map(\.entry) == [
                .bucket("gs://k8s-conformance-acme/logs/")
            ])
        let own = RegistryTree.standard.addingNightly()
        #expect(RegistryTree.standard.findings(of: RemovalBucketLeftover.self, since: own) == [])
        // What had no test group before is not this change's doing.
        #expect(after.findings(of: RemovalBucketLeftover.self, since: after) == [])
    }

    @Test("An annotation that names another dashboard now was not removed")
    func retargetedAnnotation() {
        let dashboards = "dashboards:\n- name: sig-bare\n- name: sig-other\n"
        func tree(_ dashboard: String) -> RegistryTree {
            let job = "periodics:\n- name: ci-other\n  annotations:\n    testgrid-dashboards: \(dashboard)\n"
            return RegistryTree.standard.with(Self.more, dashboards).with(RegistryTree.jobs, job)
        }
        #expect(tree("sig-other").findings(of: RemovalCascade.self, since: tree("sig-bare")) == [])
        let found = tree("sig-other").findings(of: TestGridDashboardEmpty.self, since: tree("sig-bare"))
        #expect(found.contains { $0.entry == .dashboard("sig-bare") })
    }

    @Test("A list of buckets that cannot be read has lost no entry")
    func unreadableBuckets() {
        let broken = RegistryTree.standard.with(RegistryTree.buckets, "gs://a: [\n")
        #expect(broken.findings(of: RemovalBucketStillUsed.self, since: .standard) == [])
    }
}
