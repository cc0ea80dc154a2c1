import Foundation
import TestSupport
import Testing

@testable import BotCore

@Suite("What people will see when a change is merged")
struct RegistryEffectTests {
    private static let buckets = "gs://acme-results/logs/:\n  contact: casey\n  prefix: \"acme:\"\n"
    private static let grid = """
        test_groups:
        - name: acme-e2e
          gcs_prefix: acme-results/logs/e2e
        dashboards:
        - name: sig-acme-main
          dashboard_tab:
          - name: e2e
            test_group_name: acme-e2e
        - name: sig-acme-old
          dashboard_tab:
          - name: e2e
            test_group_name: acme-e2e
        dashboard_groups:
        - name: sig-acme
          dashboard_names:
          - sig-acme-main
          - sig-acme-old

        """

    private func registry(buckets: String = buckets, grid: String = grid, jobs: String = "") -> Registry {
        Registry(
            files: [
                RegistryFile(path: "kettle/buckets.yaml", kind: .buckets, bytes: Array(buckets.utf8)),
                RegistryFile(path: "config/testgrids/acme/acme.yaml", kind: .testgrid, bytes: Array(grid.utf8)),
                RegistryFile(path: "config/jobs/acme.yaml", kind: .jobs, bytes: Array(jobs.utf8)),
            ], policy: Policy())
    }

    private func effect(_ base: Registry, _ head: Registry) -> RegistryEffect {
        let change = RegistryChange(from: base, to: head)
        let findings = RegistryCheck.findings(
            of: change, in: head, policy: Policy(),
            baseFindings: RegistryCheck.findings(in: base, policy: Policy()))
        return RegistryEffect(from: base, to: head, findings: findings)
    }

    private func text(_ effect: RegistryEffect) throws -> String {
        EffectText(templates: try Templates(), texts: try RuleTexts()).text(of: effect)
    }

    @Test("Nothing is told of a change that nobody sees")
    func nothing() throws {
        let head = registry(grid: Self.grid + "# a comment\n")
        #expect(effect(registry(), head).isEmpty)
        #expect(try text(effect(registry(), head)).isEmpty)
        #expect(EffectText(templates: try Templates(), texts: try RuleTexts()).text(of: nil).isEmpty)
    }

    @Test("What is new appears, with where it is")
    func appears() throws {
        let empty = registry(buckets: "{}\n", grid: "test_groups: []\n")
        let found = effect(empty, registry())
        #expect(
            found.items.map { "\($0.kind) \($0.name) \($0.place ?? "-")" } == [
                "dashboardGroup sig-acme -", "dashboard sig-acme-main sig-acme", "dashboard sig-acme-old sig-acme",
                "tab sig-acme-main#e2e -", "tab sig-acme-old#e2e -", "kettleJobs acme: gs://acme-results/logs/",
            ])
        #expect(found.items.allSatisfy { $0.change == .appears })
        let back = effect(registry(), empty)
        #expect(back.items.map(\.name).sorted() == found.items.map(\.name).sorted())
        #expect(back.items.allSatisfy { $0.change == .vanishes })
    }

    @Test("A tab that a job's annotation adds is seen as one that is written")
    func annotated() {
        let jobs = """
            periodics:
            - name: ci-acme
              annotations:
                testgrid-dashboards: sig-acme-main
                testgrid-tab-name: nightly

            """
        let found = effect(registry(), registry(jobs: jobs))
        #expect(found.items.map(\.name) == ["sig-acme-main#nightly"])
    }

    @Test("What has another name or another place moves")
    func moves() throws {
        let grid = Self.grid.replacing("- name: sig-acme-old", with: "- name: sig-acme-new")
            .replacing("  - sig-acme-old\n", with: "").replacing("  - sig-acme-main\n", with: "  - sig-acme-new\n")
        let head = registry(buckets: Self.buckets.replacing("acme:", with: "acme-e2e:"), grid: grid)
        let found = effect(registry(), head)
        let moved = found.items.compactMap { item -> String? in
            guard case .moves(let old) = item.change else { return nil }
            return "\(item.name) <- \(old ?? "-")"
        }
        #expect(moved == ["sig-acme-main <- sig-acme", "sig-acme-new#e2e <- sig-acme-old#e2e", "acme-e2e: <- acme:"])
    }

    @Test("Tests that would fail are named with the reason, once for each finding")
    func failures() throws {
        let grid = Self.grid.replacing("test_group_name: acme-e2e", with: "test_group_name: acme-unknown")
        let found = effect(registry(), registry(buckets: Self.buckets.replacing(":\"", with: "\""), grid: grid))
        #expect(Set(found.failures.map(\.test)) == [.testgridValidation, .kettle])
        #expect(found.failures.contains { $0.finding.rule == "tg-group-unused" })
    }

    @Test("The text is folded, lists what fits, and escapes what others wrote")
    func words() throws {
        let names = (1...40).map { "sig-acme-\($0)" } + ["sig-acme-<b>@casey`#1"]
        let many = names.map { "- name: '\($0)'\n  dashboard_tab:\n  - name: e2e\n    test_group_name: acme-e2e\n" }
        let grid = Self.grid.replacing("- name: sig-acme-old\n", with: many.joined() + "- name: sig-acme-new\n")
            .replacing("  - sig-acme-old\n", with: "  - sig-acme-gone\n")
        let buckets = Self.buckets.replacing("acme:", with: "acme")
        let found = effect(registry(), registry(buckets: buckets, grid: grid))
        try expectSnapshot(of: try text(found) + "\n", named: "effect.md")
        let small = effect(registry(), registry(grid: Self.grid.replacing("  - sig-acme-old\n", with: "")))
        try expectSnapshot(of: try text(small) + "\n", named: "effect-small.md")
    }
}

@Suite("What hand-made removals do to what people see", .serialized)
struct CorpusEffectTests {
    @Test("What was asked to go vanishes, nothing appears, and no test would fail", arguments: HandMadeRemoval.all)
    func removals(_ removal: HandMadeRemoval) throws {
        guard let shared = SharedMaterial.folder else {
            print("left out: the effect of \(removal.name), because ../shared is not there")
            return
        }
        let folder = try CorpusRegistry.unpacked("removals", in: shared).appending(path: removal.name)
        let before = try CorpusRegistry.files(in: folder.appending(path: "before"))
        // Behind the removal there are no files of jobs, which it did not touch.
        let jobs = before.filter { $0.kind == .jobs || $0.kind == .prowConfig }
        let after = try CorpusRegistry.files(in: folder.appending(path: "after"))
        let kept = jobs.filter { job in !after.contains { $0.path == job.path } }
        let base = Registry(files: before, policy: Policy())
        let head = Registry(files: after + kept, policy: Policy())
        let findings = RegistryCheck.findings(
            of: RegistryChange(from: base, to: head), in: head, policy: Policy(),
            baseFindings: RegistryCheck.findings(in: base, policy: Policy()))
        let effect = RegistryEffect(from: base, to: head, findings: findings)
        #expect(effect.items.filter { $0.change == .appears } == [])
        #expect(effect.failures.map(\.finding) == [])
        let gone = Set(effect.items.filter { $0.change == .vanishes }.map(\.name))
        let text = try String(contentsOf: folder.appending(path: "selectors.txt"), encoding: .utf8)
        for selector in try text.split(separator: "\n").map({ try Selector(String($0)) }) {
            switch selector {
            case .dashboard(let name): #expect(gone.contains(name), "\(name)")
            case .tab(let dashboard, let tab): #expect(gone.contains("\(dashboard)#\(tab)"), "\(tab)")
            case .dashboardGroup(let name): #expect(gone.contains(name), "\(name)")
            case .bucket, .testGroup: break
            }
        }
    }
}
