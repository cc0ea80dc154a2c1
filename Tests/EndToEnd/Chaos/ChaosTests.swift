import BotCore
import Foundation
import GitHubContract
import Persistence
import Playground
import TestSupport
import Testing

@Suite("Killed at any moment", .serialized)
struct ChaosTests {
    @Test("nothing that was told is lost, and nobody sees a comment, a reply or a check twice")
    func killed() async throws {
        let plan = ChaosPlan.asked
        let began = ContinuousClock.now
        try await withTemporaryFolder { folder in
            try await withGitHubStandIn { gitHub in
                let storage = GCSStandIn(["acme-results", "globex-results"].map { recentBucket($0) })
                try await withGCSStandIn(storage) { storage, storageRoot in
                    let start = GitChanges(cleanRegistry.mapValues { Optional(Array($0.utf8)) })
                    let example = try await ExampleWorld(in: gitHub, files: start)
                    let run = try ChaosRun(plan, example, storageRoot: storageRoot, folder: folder)
                    try await run.run()
                    let kept = try await expectNothingLost(run, example)
                    let seen = expectNothingTwice(run, example)
                    #expect(gitHub.journal.surprises.map(\.name) == [])
                    #expect(storage.journal.unexpected.map(\.path) == [])
                    print(
                        """
                        chaos: CHAOS_SEED=\(plan.seed) CHAOS_KILLS=\(plan.kills) CHAOS_DELIVERIES=\(plan.deliveries): \
                        killed \(run.killedLate) times at work and \(run.killedEarly) times while starting; \
                        \(run.stories.count) events of people; \(kept); \(seen); \
                        \(ContinuousClock.now - began)
                        """)
                }
            }
        }
    }

    /// Every event is in the inbox and done, and no write is left open that anybody would look for.
    ///
    /// Whether a check of a commit was written that has been replaced since then nobody needs to know.
    private func expectNothingLost(_ run: ChaosRun, _ example: ExampleWorld) async throws -> String {
        let heads = Set(run.stories.stories.compactMap { $0.issue.flatMap { example.standIn.headSHA(of: $0) } })
        return try await run.withStore { store in
            let guids = run.stories.guids
            var (lost, undone) = (0, 0)
            for guid in guids {
                guard let stored = try await store.inbox.find(DeliveryID(guid)) else {
                    lost += 1
                    Issue.record("delivery \(guid) is lost")
                    continue
                }
                guard case .finished = stored.state else {
                    undone += 1
                    Issue.record("delivery \(guid) is not done: \(stored.state), \(stored.reason ?? "")")
                    continue
                }
            }
            let open = try await store.outbox.unsettled(limit: 1_000).filter { entry in
                entry.write.kind != "check run" || heads.contains { entry.write.target.hasSuffix($0) }
            }
            #expect(open == [])
            #expect(try await store.integrityIssues() == [])
            return "\(guids.count) deliveries in all, \(lost) lost, \(undone) not done"
        }
    }

    /// One comment and one check a head, one reply a command.
    private func expectNothingTwice(_ run: ChaosRun, _ example: ExampleWorld) -> String {
        let gitHub = example.standIn
        var counts = (comments: 0, replies: 0, checks: 0)
        for story in run.stories.stories {
            guard let issue = story.issue else { continue }
            let head = gitHub.headSHA(of: issue) ?? ""
            let said = gitHub.comments(on: issue).filter { $0.author == example.app.bot }
            let markers = said.map { Marker(startOf: $0.body) }
            let sticky = markers.filter { $0?.kind == "check" }
            #expect(sticky.count == 1, "#\(issue.number) has \(sticky.count) comments")
            #expect(sticky.first??.fields["head"] == head, "#\(issue.number): the comment is about another head")
            let replies = markers.filter { $0?.kind == "reply" }
            #expect(Set(replies).count == replies.count, "#\(issue.number) has a reply twice")
            #expect(replies.count == story.commands, "#\(issue.number): \(story.commands) commands")
            #expect(gitHub.checkRuns(of: example.repository, at: head).map(\.status) == ["completed"])
            counts.comments += sticky.count
            counts.replies += replies.count
        }
        let runs = gitHub.checkRuns(of: example.repository)
        let byHead = Dictionary(grouping: runs, by: \.headSHA)
        for (head, all) in byHead { #expect(all.count == 1, "\(head) has \(all.count) check runs") }
        counts.checks = runs.count
        return
            "\(counts.comments) comments, \(counts.replies) replies, \(counts.checks) checks on \(byHead.count) heads"
    }

    /// A bucket with a job that ran an hour ago.
    private func recentBucket(_ name: String) -> StandInBucket {
        let job = SyntheticJob(
            ObjectName("logs/e2e"), ids: .snowflake, count: 6, newest: Date().addingTimeInterval(-3_600),
            intervalSeconds: 86_400)
        return StandInBucket(name, jobs: [job])
    }
}
