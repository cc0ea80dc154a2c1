import Foundation
import TestSupport
import Testing

@testable import BotCore

/// With `REMOVAL_CASES=all` in the environment every group, dashboard and bucket is removed alone, and two hundred
/// random sets are; otherwise a sample.
@Suite("Removals from real registries")
struct CorpusRemovalPropertyTests {
    private static let seed: UInt64 = 20_260_822

    private var isWhole: Bool { ProcessInfo.processInfo.environment["REMOVAL_CASES"] == "all" }

    @Test(
        "Only lines go, the meaning is the old one without the plan, nothing dangles, and it can be put back",
        arguments: CorpusRegistry.all)
    func alone(_ corpus: CorpusRegistry) throws {
        guard let shared = SharedMaterial.folder else {
            print("left out: removals from \(corpus.day), because ../shared is not there")
            return
        }
        let registry = try corpus.read(from: shared)
        var random = SplitMix64(seed: Self.seed)
        var cases = registry.entries + registry.dashboards.map(\.selector)
        if !isWhole { cases = registry.sample(24, using: &random) + registry.buckets.prefix(2).map(\.selector) }
        var counts: [String: Int] = [:]
        for (index, selector) in cases.enumerated() {
            let removal = RemovalCase(registry: registry, policy: corpus.policy, selectors: [selector])
            let plan = try removal.check(isCheckedByRules: index % 50 == 0)
            counts[plan.refusals.first?.suspension.rawValue ?? "removed", default: 0] += 1
        }
        print("\(corpus.day), each alone: \(counts.sorted { $0.key < $1.key }.map { "\($1) \($0)" })")
    }

    @Test("So it is for random sets, of which two commute", arguments: CorpusRegistry.all)
    func sets(_ corpus: CorpusRegistry) throws {
        guard let shared = SharedMaterial.folder else {
            print("left out: removals from \(corpus.day), because ../shared is not there")
            return
        }
        let registry = try corpus.read(from: shared)
        var random = SplitMix64(seed: Self.seed)
        var (restoredAlike, pairs, lines) = (0, 0, 0)
        for index in 0..<(isWhole ? 100 : 4) {
            let selectors = registry.sample(Int.random(in: 2...40, using: &random), using: &random)
            let removal = RemovalCase(registry: registry, policy: corpus.policy, selectors: selectors)
            let plan = try removal.check(isCheckedByRules: index % 50 == 0)
            lines += plan.edits.reduce(0) { $0 + $1.deletedLineCount }
            let middle = selectors.count / 2
            let isAlike = try RemovalCase.checkTwo(
                Array(selectors[..<middle]), Array(selectors[middle...]), in: registry, policy: corpus.policy)
            pairs += 1
            if isAlike { restoredAlike += 1 }
        }
        print(
            "\(corpus.day), random sets from seed \(Self.seed): \(pairs), \(lines) lines; the half that went first came "
                + "back to the same bytes while the other stayed away in \(restoredAlike)")
    }
}

extension Registry {
    /// Different groups, dashboards and entries of `buckets.yaml`, most of them such as can be removed.
    fileprivate func sample(_ count: Int, using random: inout SplitMix64) -> [Selector] {
        let easy = groups.filter { !$0.path.contains("/redhat-openshift-") && jobs(named: $0.name).isEmpty }
        let all = easy.map(\.selector) + dashboards.map(\.selector) + buckets.map(\.selector)
        var chosen: Set<Selector> = []
        // In every registry there are more than are ever asked for.
        while chosen.count < min(count, all.count) {
            if let selector = all.randomElement(using: &random) { chosen.insert(selector) }
        }
        return chosen.sorted { $0.description < $1.description }
    }
}
