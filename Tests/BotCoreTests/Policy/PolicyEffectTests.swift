import TestSupport
import Testing

@testable import BotCore

@Suite("What another policy changes")
struct PolicyEffectTests {
    private func registry(_ policy: Policy = Policy()) -> Registry {
        let grid = """
            test_groups:
            - name: acme-e2e
              gcs_prefix: acme-results/logs/e2e
            dashboards:
            - name: acme-main
              dashboard_tab:
              - name: e2e
                test_group_name: acme-e2e
            - name: globex-main
              dashboard_tab:
              - name: e2e
                test_group_name: acme-e2e

            """
        let upstream = "var (\n\tcompanies = []string{\n\t\t\"acme\",\n\t}\n)\n"
        return Registry(
            files: [
                RegistryFile(path: "config/testgrids/acme/acme.yaml", kind: .testgrid, bytes: Array(grid.utf8)),
                RegistryFile(
                    path: "config/tests/testgrids/config_test.go", kind: .dashboardPrefixes,
                    bytes: Array(upstream.utf8)),
            ], policy: policy)
    }

    private func effect(_ change: (inout Policy) -> Void) -> PolicyEffect {
        var new = Policy()
        change(&new)
        return PolicyEffect(from: Policy(), to: new, registry: registry(), paths: ["config/testgrids/acme/acme.yaml"])
    }

    @Test("every setting that differs is named, with what it decides")
    func settings() {
        let effect = effect { policy in
            policy.removals.snoozeDays = 30
            policy.comment = .never
        }
        #expect(effect.settings.map(\.key) == ["comment", "removals.snoozeDays"])
        #expect(effect.settings.map(\.new) == ["never", "30"])
        #expect(effect.settings.allSatisfy { $0.words.hasSuffix(".") })
        #expect(effect.turns.isEmpty && !effect.dependsOnAge)
        #expect(self.effect { _ in }.settings.isEmpty)
    }

    @Test("names are held against upstream's list where the policy has none, before and after")
    func names() {
        #expect(effect { $0.dashboardPrefixes = ["globex"] }.turns[.becomesMisnamed] == ["acme-main"])
        #expect(effect { $0.dashboardPrefixes = ["globex"] }.turns[.noLongerMisnamed] == ["globex-main"])
        var own = Policy()
        own.dashboardPrefixes = ["globex", "acme"]
        let back = PolicyEffect(from: own, to: Policy(), registry: registry(own), paths: [])
        #expect(back.turns[.becomesMisnamed] == ["globex-main"])
        #expect(back.turns[.noLongerMisnamed] == nil)
    }

    @Test("what could not be told, and what was not looked at, is said")
    func words() throws {
        var effect = effect { $0.staleAfterDays = 30 }
        effect.add([(.testGroup("acme-e2e"), .unknown, .unknown), (.testGroup("b"), .fresh, .stale)], leftOutCount: 3)
        effect.add(unfitControls: ["gs://acme-results/logs/e2e/", "gs://@kubernetes/x/"])
        effect.add(missingLabels: ["kind/typo", "<b>"])
        var quiet = self.effect { $0.staleAfterDays = 80 }
        quiet.add([(.testGroup("acme-e2e"), .fresh, .fresh)], leftOutCount: 0)
        let texts = PolicyEffectText(templates: try Templates())
        try expectSnapshot(
            of: [effect, quiet].map { texts.text(of: $0) + "\n" }.joined(separator: "=====\n"), named: "effect.md")
    }
}
