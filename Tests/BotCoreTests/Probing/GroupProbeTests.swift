import BotCore
import Foundation
import Testing

@Suite("Several locations of one entry")
struct GroupProbeTests {
    @Test("are asked side by side and reported in their order, and one that is fresh makes the entry fresh")
    func severalPrefixes() {
        var world = StoredWorld(buckets: ["acme": .init(), "old": .init()])
        world.buckets["acme"]?.addJob("logs/e2e/")
        world.buckets["old"]?.addJob("logs/e2e/", StoredJob(newest: daysAgo(300)))
        let locations = ["old", "acme", "missing"].map { BucketLocation(bucket: $0, prefix: "logs/e2e") }
        let context = ProbeContext(now: probeNow, policy: Policy())
        var probe = GroupProbe(
            locations.map { LocationProbe(location: $0, expectation: .job, depth: .freshness, context: context) })
        var rounds = 0
        while case .ask(let questions) = probe.next() {
            rounds += 1
            probe.receive(questions.map { world.answer($0) })
        }
        guard case .done(let reports) = probe.next() else { return }
        #expect(reports.map(\.location) == locations)
        #expect(rounds == 2)
        #expect(world.asked.count == 4)
        let freshness = freshness(of: reports, history: EntryHistory(), now: probeNow, policy: Policy())
        #expect(freshness.verdict == .fresh)
        #expect(freshness.newest?.at == daysAgo(0.5))
    }
}
