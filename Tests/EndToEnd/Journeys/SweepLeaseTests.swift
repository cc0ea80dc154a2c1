import BotCore
import Foundation
import Persistence
import Playground
import Testing

@testable import Bot

@Suite("A sweep that is under way is nobody else's")
struct SweepLeaseTests {
    /// What somebody else gets who wants to sweep the repository now.
    private func other(in world: World) async throws -> SweepStart {
        try await world.bot.store.sweeps.begin(
            world.repository.fullName.lowercased(), dueAt: nil, now: world.clock.now,
            leaseSeconds: SweepHistory.leaseSeconds)
    }

    private func begin(in world: World, dueAt: Date? = nil) async throws -> SweepHistory {
        let clock = world.clock
        let start = try await SweepHistory.begin(
            world.repository.fullName.lowercased(), dueAt: dueAt, in: world.bot.store, now: { clock.now },
            pause: { try await clock.pause($0) })
        guard case .ours(let history) = start else { throw CancellationError() }
        return history
    }

    @Test("also while its pull requests are written for longer than nobody would wait")
    func longFollowUp() async throws {
        try await withWorld { world in
            let history = try await begin(in: world)
            var engine = SweepEngine(
                ground: try await SweepGround(try world.github, world.bot.parts), storage: world.bot.parts.storage,
                standings: EntryStandings())
            engine.followUp = { found in
                for _ in 0..<5 {
                    world.clock.advance(seconds: 100)
                    // Until the sign of life has come.
                    for _ in 0..<500 {
                        guard case .underWay(let until) = try await other(in: world) else {
                            Issue.record("somebody else took it up")
                            return found
                        }
                        if until.timeIntervalSince(world.clock.now) > 250 { break }
                    }
                }
                return found
            }
            let result = try await engine.run(history, now: world.clock.now)
            #expect(result.report.entries.count == 2)
            #expect(try await world.bot.store.sweeps.last(of: world.repository.fullName.lowercased())?.id == history.id)
        }
    }

    @Test("where it is lost all the same, what it was doing is cut off")
    func lost() async throws {
        try await withWorld { world in
            let history = try await begin(in: world)
            world.clock.advance(seconds: 301)
            _ = try await begin(in: world)
            await #expect(throws: LeaseLost.self) {
                try await history.held {
                    while true {
                        try Task.checkCancellation()
                        world.clock.advance(seconds: 1)
                        await Task.yield()
                    }
                }
            }
        }
    }
}
