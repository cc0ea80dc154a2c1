import Playground
import TestSupport
import Testing

@testable import Bot

@Suite("What people will see when a pull request is merged")
struct EffectTests {
    private static let other = "config/testgrids/globex/globex.yaml"
    private static let groups = "config/testgrids/groups.yaml"

    /// Two dashboard groups, a second dashboard, and upstream's list of names.
    private static let files: [String: String?] = [
        groups: dashboardGroups(acme: ["conformance-acme", "acme-nightly"], globex: ["globex-old"]),
        other: grid(dashboard: "globex-old", tab: "nightly")
            + "- name: acme-nightly\n  dashboard_tab:\n  - name: nightly\n    test_group_name: acme-e2e\n"
            + "    description: Every night\n",
        "config/tests/testgrids/config_test.go": """
        var (
        \tcompanies = []string{
        \t\t"acme",
        \t\t"conformance",
        \t\t"globex",
        \t}
        )

        """,
    ]

    private static func dashboardGroups(acme: [String], globex: [String]) -> String {
        func list(_ names: [String]) -> String { names.map { "  - \($0)\n" }.joined() }
        return "dashboard_groups:\n- name: acme\n  dashboard_names:\n\(list(acme))"
            + "- name: globex\n  dashboard_names:\n\(list(globex))"
    }

    private static func grid(dashboard: String, tab: String) -> String {
        """
        test_groups:
        # globex (contact: @acme-jdoe)
        - name: globex-e2e
          gcs_prefix: globex-results/logs/e2e
        dashboards:
        - name: \(dashboard)
          dashboard_tab:
          - name: \(tab)
            test_group_name: globex-e2e
            description: Every night

        """
    }

    @Test(
        "is told of what appears, moves and vanishes, and of upstream's tests that would fail",
        arguments: [false, true])
    func everything(hasToken: Bool) async throws {
        try await withWorld(WorldPlan(hasToken: hasToken, files: Self.files)) { world in
            let acme = try #require(cleanRegistry[gridFile] ?? nil)
            let pull = try await world.openPullRequest([
                bucketsFile: buckets(adding: entry("globex-results")).replacing("\"acme:\"", with: "\"acme-ci:\""),
                gridFile: acme.replacing("- name: e2e\n", with: "- name: conformance\n"),
                Self.groups: Self.dashboardGroups(acme: ["conformance-acme"], globex: ["acme-nightly", "rogue-board"]),
                Self.other: Self.grid(dashboard: "rogue-board", tab: "nightly")
                    + "- name: acme-nightly\n  dashboard_tab:\n  - name: nightly\n    test_group_name: acme-e2e\n"
                    + "    description: Every night\n",
            ])
            try await world.deliver()
            let body = try world.onlyComment(on: pull.issue).body
            for line in [
                "dashboard `rogue-board`, in the dashboard group `globex`", "tab `rogue-board#nightly`",
                "kettle collects the jobs in `gs://globex-results/logs/`",
                "dashboard `acme-nightly`, into the dashboard group `globex`, out of `acme`",
                "tab `conformance-acme#conformance`", "dashboard `globex-old`",
                "config/tests/testgrids/config_test.go",
            ] {
                #expect(body.contains(line), "\(line)")
            }
            #expect(try world.verdict(on: pull.issue) == "failure")
            guard !hasToken else { return }
            #expect(try world.onlyCheckRun(of: pull.issue).summary?.contains("would fail") == true)
            try expectSnapshot(of: world.conversation(on: pull.issue), named: "effect.md")
        }
    }

    @Test("is told where entries are deleted, though nothing is wrong with that", arguments: [false, true])
    func deletion(hasToken: Bool) async throws {
        var plan = WorldPlan(hasToken: hasToken, files: Self.files)
        plan.policy = "version: 1\ncomment: always\n"
        try await withWorld(plan) { world in
            let pull = try await world.openPullRequest([
                Self.other: nil,
                Self.groups: Self.dashboardGroups(acme: ["conformance-acme"], globex: [])
                    .replacing("- name: globex\n  dashboard_names:\n", with: ""),
            ])
            try await world.deliver()
            let body = try world.onlyComment(on: pull.issue).body
            #expect(body.contains("**Vanishes**"))
            #expect(body.contains("- dashboard group `globex`"))
            #expect(body.contains("- tab `globex-old#nightly`"))
            #expect(!body.contains("**Appears**"))
            #expect(try world.verdict(on: pull.issue) == "success")
            guard !hasToken else { return }
            #expect(try world.onlyCheckRun(of: pull.issue).summary?.contains("**Vanishes**") == true)
        }
    }
}
