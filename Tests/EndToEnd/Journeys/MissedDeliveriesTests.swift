import Playground
import Testing

@testable import Bot

@Suite("Deliveries that did not arrive")
struct MissedDeliveriesTests {
    @Test("are fetched from GitHub and worked on as if they had, once")
    func fetched() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            try world.gitHub.comment("/check-bucket help", on: pull.issue, by: world.contributor)
            #expect(world.gitHub.loseWaiting() == 2)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).isEmpty)
            let missed = world.bot.missedDeliveries(world.clock)
            let result = try await missed.runOnce()
            #expect(result.stored == 2)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).count == 2)
            _ = try world.onlyCheckRun(of: pull.issue)
            #expect(try await missed.runOnce().stored == 0)
        }
    }

    @Test("are still fetched when GitHub did not answer the first time")
    func afterTrouble() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            world.gitHub.loseWaiting()
            world.gitHub.misbehave(.failure(status: 500), on: .init("GET", "/app/hook/deliveries/"))
            let missed = world.bot.missedDeliveries(world.clock)
            await #expect(throws: (any Error).self) { try await missed.runOnce() }
            world.gitHub.behave()
            #expect(try await missed.runOnce().stored == 1)
            try await world.deliver()
            _ = try world.onlyComment(on: pull.issue)
        }
    }
}
