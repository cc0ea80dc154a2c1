import BotCore
import Foundation
import TestSupport
import Testing

@Suite("Rules on real registries", .serialized)
struct CorpusRulesTests {
    @Test("What upstream's own tests passed breaks no rule that they enforce", arguments: CorpusRegistry.all)
    func upstreamEnforcedRules(corpus: CorpusRegistry) throws {
        guard let shared = SharedMaterial.folder else {
            print("left out: rules on the registry of \(corpus.day), because ../shared is not there")
            return
        }
        let registry = try corpus.read(from: shared)
        let context = RegistryContext(registry: registry, policy: corpus.policy)
        var counts: [String: Int] = [:]
        for rule in RegistryRuleTests.rules {
            let findings = rule.findings(in: context)
            if !findings.isEmpty { counts[rule.id.name] = findings.count }
            let errors = findings.filter { $0.severity == .error }.compactMap(\.entry?.name)
            guard rule.isUpstreamEnforced else { continue }
            let expected = rule.id == "tg-dashboard-empty" ? corpus.dashboardsWithoutTheirJobs : []
            #expect(Set(errors) == expected, "\(rule.id)")
        }
        #expect(counts == corpus.findingsByRule)
    }
}
