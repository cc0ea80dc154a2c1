import Testing

@testable import BotCore

@Suite("Putting back what was removed")
struct RestoreTests {
    private static let groups = "test_groups:\n" + ["a", "b", "c", "d"].map(group).joined()
    private static let tabs =
        "dashboards:\n- name: conformance-all\n  dashboard_tab:\n" + ["a", "b", "c", "d"].map { tab($0) }.joined()
    private static let other = "config/testgrids/other/other.yaml"
    private static let third = "config/testgrids/third/third.yaml"

    private static func group(_ name: String) -> String { "- name: ci-\(name)\n  gcs_prefix: acme/logs/ci-\(name)\n" }
    private static func tab(_ name: String, indent: String = "  ") -> String {
        "\(indent)- name: \(name)\n\(indent)  test_group_name: ci-\(name)\n"
    }

    private let fixture = RemovalFixture(Self.groups, [Self.other: Self.tabs])

    /// What is expected when something is put back.
    private struct Outcome {
        /// The files that are different then, by path.
        var files: [String: String]
        /// The reasons for which something does not come back.
        var conflicts: [String] = []
    }

    /// Removes, changes what is left, puts back all or what is wanted, and compares.
    private func check(
        _ fixture: RemovalFixture, removing selectors: [String], puttingBack wanted: [String]? = nil,
        after change: (inout RemovalFixture) -> Void = { _ in }, gives expected: Outcome
    ) throws {
        let plan = try fixture.plan(selectors)
        #expect(plan.refusals == [])
        var left = fixture
        for edit in plan.edits { left.files[edit.path] = edit.new.map { String(decoding: $0, as: UTF8.self) } }
        change(&left)
        let restored = RestorePlanner(registry: left.registry, policy: left.policy)
            .plan(plan.asRemoval, only: try wanted?.map { try Selector($0) })
        #expect(restored.conflicts.map(\.reason) == expected.conflicts)
        let texts = restored.edits.map { ($0.path, String(decoding: $0.new ?? [], as: UTF8.self)) }
        #expect(Set(texts.map(\.0)) == Set(expected.files.keys))
        for (path, text) in texts { #expect(text == expected.files[path], "\(path)") }
    }

    @Test("Beside others that came or went, the lines stand where they stood")
    func neighborsChanged() throws {
        try check(
            fixture, removing: ["test-group:ci-b"],
            after: { left in
                left.files[RemovalFixture.acme] =
                    "# New\ntest_groups:\n" + Self.group("a") + "\n" + Self.group("x") + Self.group("c")
            },
            gives: Outcome(files: [
                RemovalFixture.acme: "# New\ntest_groups:\n" + Self.group("a") + Self.group("b") + "\n"
                    + Self.group("x") + Self.group("c"),
                Self.other: Self.tabs,
            ]))
        try check(
            fixture, removing: ["test-group:ci-b"],
            after: { $0.files[RemovalFixture.acme] = "test_groups:\n" + Self.group("x") + Self.group("d") },
            gives: Outcome(files: [
                RemovalFixture.acme: "test_groups:\n" + Self.group("x") + Self.group("b") + Self.group("d"),
                Self.other: Self.tabs,
            ]))
    }

    @Test("What a neighbor's comment describes stays with it")
    func commentsOfNeighbors() throws {
        let groups = "test_groups:\n# One\n" + Self.group("b") + "\n# Two\n" + Self.group("c") + Self.group("d")
        let tabs = Self.tabs.replacing(Self.tab("a"), with: "")
        try check(
            RemovalFixture(groups, [Self.other: tabs]), removing: ["test-group:ci-b"],
            after: { $0.files[RemovalFixture.acme] = "test_groups:\n# Two and three\n" + Self.group("c") },
            gives: Outcome(files: [
                RemovalFixture.acme: "test_groups:\n# One\n" + Self.group("b") + "\n# Two and three\n"
                    + Self.group("c"),
                Self.other: tabs,
            ]))
    }

    @Test("In a list that was sorted since, and has lost the neighbors' order, the name decides")
    func sorted() throws {
        let groups = "test_groups:\n" + ["d", "b", "a", "c"].map(Self.group).joined()
        try check(
            RemovalFixture(groups, [Self.other: Self.tabs]), removing: ["test-group:ci-b"],
            after: { $0.files[RemovalFixture.acme] = "test_groups:\n" + ["a", "c", "d"].map(Self.group).joined() },
            gives: Outcome(files: [
                RemovalFixture.acme: "test_groups:\n" + ["a", "b", "c", "d"].map(Self.group).joined(),
                Self.other: Self.tabs,
            ]))
    }

    @Test("Where the list was split, the lines go to the file in which their neighbors are")
    func split() throws {
        try check(
            fixture, removing: ["test-group:ci-c"],
            after: { left in
                left.files[RemovalFixture.acme] = "test_groups:\n" + Self.group("a")
                left.files[Self.third] = "test_groups:\n  - name: ci-b\n    gcs_prefix: x/b\n  - name: ci-d\n"
            },
            gives: Outcome(files: [
                Self.third: "test_groups:\n  - name: ci-b\n    gcs_prefix: x/b\n"
                    + "  - name: ci-c\n    gcs_prefix: acme/logs/ci-c\n  - name: ci-d\n",
                Self.other: Self.tabs,
            ]))
    }

    @Test("Where the whole file has moved, tabs go to their dashboard")
    func moved() throws {
        try check(
            fixture, removing: ["test-group:ci-c"],
            after: { left in
                left.files[Self.third] = left.files[Self.other]
                left.files[Self.other] = nil
            },
            gives: Outcome(files: [RemovalFixture.acme: Self.groups, Self.third: Self.tabs]))
    }

    @Test("A list that is gone comes back with what comes back of it")
    func listGone() throws {
        try check(
            fixture, removing: ["test-group:ci-b"],
            after: { $0.files[RemovalFixture.acme] = "dashboards:\n- name: sig-x\n" },
            gives: Outcome(files: [
                RemovalFixture.acme: "dashboards:\n- name: sig-x\n" + "test_groups:\n" + Self.group("b"),
                Self.other: Self.tabs,
            ]))
        try check(
            fixture, removing: ["test-group:ci-b"], after: { $0.files[RemovalFixture.acme] = nil },
            gives: Outcome(files: [RemovalFixture.acme: "test_groups:\n" + Self.group("b"), Self.other: Self.tabs]))
    }

    @Test("Of a commit that took several entries one alone comes back, with what it needs")
    func oneOfSeveral() throws {
        let names = "dashboard_groups:\n- name: conformance\n  dashboard_names:\n  - conformance-all\n"
        let all = RemovalFixture(Self.groups, [Self.other: Self.tabs, Self.third: names])
        let selectors = ["a", "b", "c", "d"].map { "test-group:ci-\($0)" }
        try check(
            all, removing: selectors, puttingBack: ["test-group:ci-b"],
            gives: Outcome(files: [
                RemovalFixture.acme: "test_groups:\n" + Self.group("b"),
                Self.other: "dashboards:\n- name: conformance-all\n  dashboard_tab:\n" + Self.tab("b"),
                Self.third: names,
            ]))
        try check(
            all, removing: selectors, puttingBack: ["tab:conformance-all#c"],
            gives: Outcome(files: [
                RemovalFixture.acme: "test_groups:\n" + Self.group("c"),
                Self.other: "dashboards:\n- name: conformance-all\n  dashboard_tab:\n" + Self.tab("c"),
                Self.third: names,
            ]))
    }

    @Test("What is there again is left alone: as it was, or told as a conflict")
    func thereAgain() throws {
        try check(
            fixture, removing: ["test-group:ci-b"],
            after: { $0.files[RemovalFixture.acme] = Self.groups }, gives: Outcome(files: [Self.other: Self.tabs]))
        let changed = Self.groups.replacing("acme/logs/ci-b", with: "elsewhere/ci-b")
        try check(
            fixture, removing: ["test-group:ci-b"],
            after: { $0.files[RemovalFixture.acme] = changed },
            gives: Outcome(
                files: [Self.other: Self.tabs],
                conflicts: ["test-group:ci-b is there again, with other content; nothing is put in its place."]))
    }

    @Test("A dashboard that went later comes back with the tabs that come back, and with its place in a group")
    func dashboardGone() throws {
        let names = "dashboard_groups:\n- name: conformance\n  dashboard_names:\n  - sig-x\n"
        let dashboard = "dashboards:\n- name: sig-x\n- name: conformance-all\n  dashboard_tab:\n" + Self.tab("b")
        try check(
            fixture, removing: ["test-group:ci-b"],
            after: { $0.files[Self.other] = "dashboards:\n- name: sig-x\n" },
            gives: Outcome(files: [RemovalFixture.acme: Self.groups, Self.other: dashboard]))
        let together = Self.tabs.replacing("dashboards:\n", with: names + "  - conformance-all\ndashboards:\n")
        try check(
            RemovalFixture(Self.groups, [Self.other: together]), removing: ["test-group:ci-b"],
            after: { $0.files[Self.other] = names + "dashboards:\n- name: sig-x\n" },
            gives: Outcome(files: [
                RemovalFixture.acme: Self.groups, Self.other: names + "  - conformance-all\n" + dashboard,
            ]))
        try check(
            fixture, removing: ["test-group:ci-b"],
            after: {
                $0.files[Self.other] = nil
                $0.files[RemovalFixture.acme] = Self.groups
            },
            gives: Outcome(
                files: [:],
                conflicts: [
                    "What belongs to \"conformance-all\" of dashboards is not put back: it is not there any more, "
                        + "and neither is anything that stood beside it."
                ]))
    }

    @Test("What cannot come back is told: no group for a tab, two dashboard groups")
    func conflicts() throws {
        try check(
            fixture, removing: ["tab:conformance-all#b"], puttingBack: ["tab:conformance-all#b"],
            after: { $0.files[RemovalFixture.acme] = Self.groups.replacing(Self.group("b"), with: "") },
            gives: Outcome(files: [RemovalFixture.acme: Self.groups, Self.other: Self.tabs]))
        let names = "dashboard_groups:\n- name: conformance\n  dashboard_names:\n  - sig-x\n  - conformance-all\n"
        try check(
            RemovalFixture(Self.groups, [Self.other: Self.tabs, Self.third: names]),
            removing: ["dashboard:conformance-all"],
            after: {
                $0.files[Self.third] =
                    "dashboard_groups:\n- name: all\n  dashboard_names: [conformance-all]\n"
                    + "- name: conformance\n  dashboard_names:\n  - sig-x\n"
            },
            gives: Outcome(
                files: [RemovalFixture.acme: Self.groups, Self.other: Self.tabs],
                conflicts: [
                    "The dashboard \"conformance-all\" is in the dashboard group \"all\" now, and can be in one only; "
                        + "it was in \"conformance\"."
                ]))
    }

    @Test("A commit that did more than take entries out is not undone")
    func notOnlyARemoval() {
        let file = RemovedFile(
            path: RemovalFixture.acme, before: Array(Self.groups.utf8),
            after: Array(Self.groups.replacing(Self.group("b"), with: "").replacing("acme/logs/ci-c", with: "x/c").utf8)
        )
        let plan = RestorePlanner(registry: fixture.registry, policy: fixture.policy).plan([file])
        #expect(plan.edits == [])
        #expect(
            plan.conflicts.map(\.reason) == [
                "The commit did more to this file than take entries out; put them back by hand."
            ])
    }

    @Test("A last line without a line break gets one when something comes behind it, and only then")
    func noFinalNewline() throws {
        let text = String(Self.groups.dropLast())
        try check(
            RemovalFixture(text, [Self.other: Self.tabs]), removing: ["test-group:ci-d"],
            after: { $0.files[RemovalFixture.acme] = "test_groups:\n" + Self.group("a") + "- name: ci-c" },
            gives: Outcome(files: [
                RemovalFixture.acme: "test_groups:\n" + Self.group("a") + "- name: ci-c\n"
                    + String(Self.group("d").dropLast()),
                Self.other: Self.tabs,
            ]))
    }
}
