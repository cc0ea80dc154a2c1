import Testing

@testable import BotCore

@Suite("gcs_prefix of a test group")
struct TestGridGCSPrefixTests {
    private func tree(_ prefix: String) -> RegistryTree {
        .standard.replacing("gcs_prefix: k8s-conformance-acme/logs/ci-acme-e2e", "gcs_prefix: \(prefix)")
    }

    @Test(
        "A bucket, a slash and a path are wanted, once or separated by commas",
        arguments: ["acme-results/x", "acme-results/logs/x/", "a.b.com/x", "acme-results/x, acme-results/y"])
    func goodForms(prefix: String) {
        #expect(tree(prefix).findings(of: TestGridGCSPrefixForm.self) == [])
    }

    @Test(
        "What TestGrid can find nothing under is said, with the right form where it is plain",
        arguments: [
            ("gs://acme-results/logs/x", "acme-results/logs/x"), ("/acme-results/logs/x", "acme-results/logs/x"),
            ("acme-results//logs/x", "acme-results/logs/x"), ("gs://acme-results//logs/x/", "acme-results/logs/x/"),
            ("acme-results", nil), ("acme-results/", nil), ("gs://acme-results", nil), ("acme-results/logs/x*", nil),
            ("acme-results/logs/x?y", nil), ("'acme-results/logs/#x'", nil), ("acme-results/my logs/x", nil),
            ("Acme-Results/logs/x", nil), ("https://acme/x", nil), ("acme-results/x,", nil), ("''", nil), ("", nil),
        ])
    func badForms(prefix: String, better: String?) {
        let found = tree(prefix).findings(of: TestGridGCSPrefixForm.self)
        #expect(found.map { $0.fix?.replacement } == [better.map { "  gcs_prefix: \($0)" }])
    }

    @Test("A test group without the key is told at its first line")
    func missingKey() {
        let tree = RegistryTree.standard.replacing("  gcs_prefix: k8s-conformance-acme/logs/ci-acme-e2e\n", "")
        #expect(tree.findings(of: TestGridGCSPrefixForm.self).map(\.place?.line) == [2])
    }

    @Test(
        "A folder of the layout is no bucket",
        arguments: [
            ("logs/acme-results/x", "acme-results/logs/x"),
            ("pr-logs/directory/acme-results/x", "acme-results/pr-logs/directory/x"),
            ("logs/acme-results/a/b", "acme-results/logs/a/b"), ("logs/x", nil), ("pr-logs/pull/x", nil),
            ("logs/Acme/x", nil), ("logs", nil),
        ])
    func folderFirst(prefix: String, better: String?) {
        let found = tree(prefix).findings(of: TestGridFirstPathLooksLikeDir.self)
        #expect(found.map { $0.fix?.replacement } == [better.map { "  gcs_prefix: \($0)" }])
    }

    @Test("A bucket that only begins like a folder is a bucket")
    func similarBucket() {
        #expect(tree("logs-acme/logs/x").findings(of: TestGridFirstPathLooksLikeDir.self) == [])
    }

    @Test("A prefix counts as shared also where a slash or one of several differs")
    func shared() {
        let tree = RegistryTree.standard.addingNightly()
            .replacing("kubernetes-ci-logs/logs/ci-acme-nightly", "other/x,k8s-conformance-acme/logs/ci-acme-e2e/")
        let found = tree.findings(of: TestGridGCSPrefixShared.self)
        #expect(found.map { $0.arguments["otherName"] } == ["ci-acme-e2e"])
        #expect(found.map { $0.arguments["prefix"] } == ["k8s-conformance-acme/logs/ci-acme-e2e"])
    }

    @Test("One test group may name a prefix twice, and a copy of a whole group is a duplicate name")
    func notShared() {
        #expect(tree("acme-results/x,acme-results/x").findings(of: TestGridGCSPrefixShared.self) == [])
        let group = "- name: ci-acme-e2e\n  gcs_prefix: k8s-conformance-acme/logs/ci-acme-e2e\n"
        let twice = RegistryTree.standard.replacing(group, group + group)
        #expect(twice.findings(of: TestGridGCSPrefixShared.self) == [])
        #expect(twice.findings(of: TestGridDuplicateName.self).count == 1)
    }
}
