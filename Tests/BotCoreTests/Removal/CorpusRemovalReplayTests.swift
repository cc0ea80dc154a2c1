import Foundation
import TestSupport
import Testing

@testable import BotCore

/// One removal that maintainers made by hand, and what is known of its bytes.
struct HandMadeRemoval: Sendable, CustomTestStringConvertible {
    /// The commit that merged it.
    let name: String
    /// Files in which other bytes are left than the maintainers left, each with what they did.
    let differences: [String: String]

    var testDescription: String { name }

    static let all = [
        HandMadeRemoval(name: "24eda88501", differences: [:]),
        HandMadeRemoval(
            name: "2bbebb6204",
            differences: [
                "config/testgrids/kubernetes/sig-node/config.yaml":
                    "the maintainers also closed the gap between two dashboards that both stay"
            ]),
        HandMadeRemoval(name: "3919e0f23d", differences: [:]),
        HandMadeRemoval(
            name: "6386fa4763",
            differences: [
                "config/testgrids/conformance/conformance-all.yaml":
                    "of the blank lines on both sides of two dashboards the maintainers kept none"
            ]),
        HandMadeRemoval(name: "77648807f0", differences: [:]),
        HandMadeRemoval(name: "778df65d16", differences: [:]),
        HandMadeRemoval(name: "bbb4f1bc46", differences: [:]),
        HandMadeRemoval(name: "ec35978db0", differences: [:]),
    ]
}

@Suite("Removals that maintainers made by hand, made again")
struct CorpusRemovalReplayTests {
    /// The removal, the registry before it and the files that the maintainers left.
    private func replay(
        _ removal: HandMadeRemoval, _ body: (RemovalPlan, [RegistryFile]) throws -> Void
    ) throws {
        guard let shared = SharedMaterial.folder else {
            print("left out: the removal \(removal.name), because ../shared is not there")
            return
        }
        let folder = try CorpusRegistry.unpacked("removals", in: shared).appending(path: removal.name)
        let before = try CorpusRegistry.files(in: folder.appending(path: "before"))
        let after = try CorpusRegistry.files(in: folder.appending(path: "after"))
        let text = try String(contentsOf: folder.appending(path: "selectors.txt"), encoding: .utf8)
        let selectors = try text.split(separator: "\n").map { try Selector(String($0)) }
        let registry = Registry(files: before, policy: Policy())
        let plan = try RemovalPlanner(registry: registry, policy: Policy()).plan(selectors)
        #expect(plan.refusals.map(\.words) == [])
        try body(plan, after)
    }

    private static let own: Set<RegistryFileKind> = [.buckets, .testgrid, .testgridDefaults]

    @Test(
        "They come out with the same meaning, by deletions alone, and with the same bytes but for known matters of taste",
        arguments: HandMadeRemoval.all)
    func replays(_ removal: HandMadeRemoval) throws {
        try replay(removal) { plan, after in
            let left = plan.files.filter { Self.own.contains($0.kind) }
            #expect(left.map(\.path).sorted() == after.map(\.path).filter { !$0.hasSuffix("OWNERS") }.sorted())
            for file in after where Self.own.contains(file.kind) {
                let ours = try #require(left.first { $0.path == file.path })
                switch (ours.source.root, file.source.root) {
                case (let mine?, let theirs?): #expect(MeaningProof.isSame(mine, theirs), "\(file.path)")
                case (let mine, let theirs): #expect(mine == nil && theirs == nil, "\(file.path)")
                }
            }
            var differing: Set<String> = []
            for edit in plan.edits {
                #expect(edit.inserted == [])
                guard let file = after.first(where: { $0.path == edit.path }), edit.new != file.source.lines.bytes
                else { continue }
                differing.insert(edit.path)
            }
            #expect(differing == Set(removal.differences.keys))
            let reasons = removal.differences.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }
            print(
                "\(removal.name): \(plan.edits.count) files edited, the same meaning, "
                    + (reasons.isEmpty ? "the same bytes" : "other bytes in " + reasons.joined(separator: "; ")))
        }
    }
}
