import Playground
import Testing

@Suite("What a pull request costs in requests to GitHub")
struct RequestBudgetTests {
    /// Requests of any event beside one for each changed file of the registry.
    private static let warmBudget = 6

    @Test("a first one, on a registry that was never read, is read in one query and not file by file")
    func cold() async throws {
        var plan = WorldPlan()
        for number in 1...120 {
            plan.files["config/testgrids/team\(number)/team.yaml"] = "test_groups: []\n# team \(number)\n"
        }
        try await withWorld(plan) { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            let asked = try await world.requests { try await world.deliver() }
            #expect(asked.count { $0.name.contains("/git/blobs/") } <= 1, "the file that is changed")
            #expect(asked.count { $0.name.hasSuffix("/graphql") } <= 3, "\(asked.map(\.name))")
            #expect(asked.costly.count <= 20, "\(asked.costly)")
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("once the registry is known it costs at most six, and one for each changed file of the registry")
    func warm() async throws {
        try await withWorld { world in
            let first = try await world.openedPullRequest()
            _ = try world.onlyComment(on: first.issue)
            let pull = try await world.openPullRequest(
                [bucketsFile: buckets(adding: entry("globex-results", prefix: "globex-again:"))], branch: "second")
            let asked = try await world.requests { try await world.deliver() }
            #expect(asked.costly.count <= Self.warmBudget + 1, "\(asked.costly)")
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("a further push costs no more than that")
    func pushed() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            try await world.push(
                [bucketsFile: buckets(adding: entry("globex-results", prefix: "globex-again:"))], to: pull)
            let asked = try await world.requests { try await world.deliver() }
            #expect(asked.costly.count <= Self.warmBudget + 1, "\(asked.costly)")
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("where nothing has changed at most one answer is paid for, and nothing is written")
    func unchanged() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            let before = try world.onlyComment(on: pull.issue)
            let delivery = try #require(world.gitHub.deliveries.first { $0.event == "pull_request" })
            // The first look after our own comment sees that comment.
            #expect(try await world.post(delivery.event, id: "again-1", body: delivery.payload) == 200)
            try await world.work()
            #expect(try await world.post(delivery.event, id: "again-2", body: delivery.payload) == 200)
            let asked = try await world.requests { try await world.work() }
            #expect(asked.costly.count <= 1, "\(asked.costly)")
            #expect(asked.writes == [])
            #expect(try world.onlyComment(on: pull.issue) == before)
        }
    }
}
