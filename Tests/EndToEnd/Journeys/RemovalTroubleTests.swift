import Persistence
import Playground
import Testing

@testable import Bot

@Suite("A removal pull request, with GitHub in trouble")
struct RemovalTroubleTests {
    /// A write that something goes wrong with.
    enum Place: String, CaseIterable, Sendable {
        case blob, tree, commit, branch, pull, labels, text, comment

        var target: GitHubMisbehavior.Target {
            switch self {
            case .blob: .init("POST", "/git/blobs", isSuffix: true)
            case .tree: .init("POST", "/git/trees", isSuffix: true)
            case .commit: .init("POST", "/git/commits", isSuffix: true)
            case .branch: .init("POST", "/git/refs", isSuffix: true)
            case .pull: .init("POST", "/pulls", isSuffix: true)
            case .labels: .init("POST", "/labels", isSuffix: true)
            case .text: .init("PATCH", "/pulls/")
            case .comment: .init("POST", "/comments", isSuffix: true)
            }
        }
    }

    @Test(
        "whatever befalls a write, there is one pull request with one ping in the end", arguments: Place.allCases,
        TroubleTests.Trouble.allCases)
    func once(place: Place, trouble: TroubleTests.Trouble) async throws {
        var plan = StaleRegistry.plan
        plan.mayFail = true
        try await withWorld(plan) { world in
            world.preparedForRemovals()
            world.gitHub.misbehave(trouble.kind, on: place.target, times: 1)
            for attempt in 0..<4 {
                do {
                    try await world.reconcile(["acme-old"])
                } catch {
                    #expect(attempt < 3, "\(error)")
                    // Whoever was told to wait comes back when it is over.
                    world.clock.advance(seconds: 3_600)
                }
                try await world.deliverPatiently()
            }
            let pull = try world.onlyRemoval()
            #expect(pull.labels.sorted() == ["area/testgrid", "do-not-merge/hold", "kind/cleanup"])
            let pings = world.comments(on: pull.issue).filter { $0.body.contains("@acme-jdoe") }
            #expect(pings.count == 1)
            #expect(try await world.requests { _ = try await world.reconcile(["acme-old"]) }.writes == [])
        }
    }
}
