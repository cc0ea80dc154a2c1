import BotCore
import Playground
import TestSupport
import Testing

@Suite("A pull request that touches the registry")
struct PullRequestTests {
    /// Three mistakes on lines of their own, and a bucket that nobody may look into.
    private static let mistaken = buckets(
        adding: """
            gs://globex-results/logs:
              prefix: "globex"
              sequential: false
            gs://initech-results/logs/:
              contact: "initech-pgibbons"
              prefix: "initech:"
              sequential: false

            """)

    @Test("with mistakes gets one comment that says how to mend each, and a failed check with each on its lines")
    func mistakes() async throws {
        try await withWorld { world in
            world.storage.add(freshBucket("initech-results", access: .private))
            let pull = try await world.openPullRequest([bucketsFile: Self.mistaken])
            try await world.deliver()
            let run = try world.onlyCheckRun(of: pull.issue)
            #expect(run.status == "completed")
            #expect(run.conclusion == "failure")
            #expect(
                run.places.sorted() == [
                    "kettle/buckets.yaml:10-10 bucket-contact-unknown",
                    "kettle/buckets.yaml:6-6 bucket-contact-missing",
                    "kettle/buckets.yaml:6-6 bucket-url-trailing-slash",
                    "kettle/buckets.yaml:7-7 bucket-prefix-colon",
                    "kettle/buckets.yaml:9-9 access-list-denied",
                ])
            _ = try world.onlyComment(on: pull.issue)
            try expectSnapshot(of: world.conversation(on: pull.issue), named: "mistakes.md")
        }
    }

    @Test("without a mistake gets one comment that says so, and a check that succeeds")
    func good() async throws {
        try await withWorld { world in
            let pull = try await world.openedPullRequest()
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")
            try expectSnapshot(of: world.conversation(on: pull.issue), named: "good.md")
        }
    }

    @Test("has its comment edited in place when commits are pushed, and each head gets one check run")
    func synchronized() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: Self.mistaken])
            try await world.deliver()
            let first = try world.onlyComment(on: pull.issue)
            let firstHead = try #require(world.gitHub.headSHA(of: pull.issue))
            try await world.push([bucketsFile: buckets(adding: entry("globex-results"))], to: pull)
            try await world.deliver()
            let second = try world.onlyComment(on: pull.issue)
            #expect(second.id == first.id)
            #expect(second.editCount == 1)
            #expect(second.body.contains("Everything is in place"))
            #expect(world.gitHub.checkRuns(of: world.repository, at: firstHead).map(\.conclusion) == ["failure"])
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")
        }
    }

    @Test("is left alone where it touches nothing of the registry")
    func untouched() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest(["README.md": "Other words.\n"])
            let asked = try await world.requests { try await world.deliver() }
            #expect(asked.writes == [])
            #expect(world.comments(on: pull.issue).isEmpty)
            #expect(world.checkRuns(of: pull.issue).isEmpty)
        }
    }

    @Test("is told that nothing is to be said any more when it stops touching the registry")
    func touchedNoMore() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: Self.mistaken])
            try await world.deliver()
            _ = try world.onlyComment(on: pull.issue)
            try await world.forcePush(["README.md": "Other words.\n"], to: pull)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).isEmpty)
            #expect(world.checkRuns(of: pull.issue).isEmpty)
        }
    }

    @Test("is looked at once for events that came while nobody worked, and by its newest head")
    func coalesced() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: Self.mistaken])
            for number in 1...5 {
                try await world.push(
                    [bucketsFile: buckets(adding: entry("globex-results", prefix: "globex\(number):"))], to: pull)
            }
            let asked = try await world.requests { try await world.deliver() }
            #expect(asked.writes.count == 2, "\(asked.writes)")
            #expect(try world.onlyComment(on: pull.issue).editCount == 0)
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")
        }
    }

    @Test("whose deliveries come again, late and in another order ends with the same one comment and check")
    func redelivered() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: Self.mistaken])
            try await world.deliver()
            try await world.push([bucketsFile: buckets(adding: entry("globex-results"))], to: pull)
            try await world.deliver()
            let before = try world.onlyComment(on: pull.issue)
            for delivery in world.gitHub.deliveries.reversed() { world.gitHub.redeliver(guid: delivery.guid) }
            let again = try await world.requests { try await world.deliver() }
            #expect(again.isEmpty, "known deliveries are not worked on again: \(again.map(\.name))")
            // The same events under new names, as where the inbox was lost.
            for (index, delivery) in world.gitHub.deliveries.reversed().enumerated() where !delivery.isRedelivery {
                #expect(try await world.post(delivery.event, id: "late-\(index)", body: delivery.payload) == 200)
            }
            let late = try await world.requests { try await world.work() }
            #expect(late.writes == [])
            #expect(try world.onlyComment(on: pull.issue) == before)
            _ = try world.onlyCheckRun(of: pull.issue)
        }
    }

    @Test("gets no second comment and no second check from a bot whose database was lost")
    func lostDatabase() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: Self.mistaken])
            try await world.deliver()
            let before = try world.onlyComment(on: pull.issue)
            let delivery = try #require(world.gitHub.deliveries.first { $0.event == "pull_request" })
            try await world.withLostDatabase { world in
                #expect(try await world.post(delivery.event, id: "again", body: delivery.payload) == 200)
                let asked = try await world.requests { try await world.work() }
                #expect(asked.writes == [])
                #expect(try world.onlyComment(on: pull.issue) == before)
                _ = try world.onlyCheckRun(of: pull.issue)
            }
        }
    }

    @Test("is looked at again when it is reopened, and is forgotten when it is closed")
    func closedAndReopened() async throws {
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            try await world.gitHub.close(pull.issue, by: world.contributor)
            let closed = try await world.requests { try await world.deliver() }
            #expect(closed.writes == [])
            try await world.gitHub.reopen(pull.issue, by: world.contributor)
            try await world.deliver()
            _ = try world.onlyComment(on: pull.issue)
        }
    }
}
