import Playground
import Testing

@testable import Bot

@Suite("A pull request is answered")
struct PullRequestJourneyTests {
    private static let mistaken = JourneyFiles.entry("gs://initech-k8s-results/logs/", prefix: "initech")
    private static let mended = JourneyFiles.entry("gs://initech-k8s-results/logs/", prefix: "initech:")
    private static let good = JourneyFiles.entry("gs://globex-k8s-results/logs/", prefix: "globex:")

    @Test("one with mistakes gets one comment and a failing check run with notes on its lines")
    func mistakes() async throws {
        try await withJourney { journey in
            let pull = try await journey.world.openPullRequest(JourneyFiles.adding(Self.good, Self.mistaken))
            try await journey.settle()
            let comments = journey.botComments(on: pull)
            try #require(comments.count == 1)
            #expect(comments[0].body.contains("initech-k8s-results"))
            let runs = journey.checkRuns(of: pull)
            #expect(runs.map(\.conclusion) == ["failure"])
            let notes = runs.flatMap(\.annotations).filter { $0.path == JourneyFiles.buckets }
            #expect(notes.contains { $0.startLine == 13 && $0.level == "failure" }, "\(notes)")
        }
    }

    @Test("a new commit and an opened bucket change the same comment, and make a new check run")
    func synchronize() async throws {
        try await withJourney { journey in
            let world = journey.world
            let pull = try await world.openPullRequest(JourneyFiles.adding(Self.mistaken))
            try await journey.settle()
            let first = try #require(journey.botComments(on: pull).first)
            journey.bot.storage.update(bucket: "initech-k8s-results") { $0.access = .worldReadable }
            try await world.standIn.push(
                JourneyFiles.adding(Self.mended), to: world.fork.branch("add-results"), by: world.contributor)
            try await journey.settle()
            let comments = journey.botComments(on: pull)
            #expect(comments.map(\.id) == [first.id])
            #expect(comments.map(\.editCount) == [1])
            #expect(comments.first?.body != first.body)
            #expect(journey.checkRuns(of: pull).map(\.conclusion) == ["success"])
            #expect(journey.github.checkRuns(of: pull.repository).count == 2)
        }
    }

    @Test("a delivery that comes again changes nothing")
    func redelivery() async throws {
        try await withJourney { journey in
            let pull = try await journey.world.openPullRequest(JourneyFiles.adding(Self.mistaken))
            try await journey.settle()
            let comments = journey.botComments(on: pull)
            let runs = journey.checkRuns(of: pull)
            let first = try #require(journey.github.deliveries.first { $0.event == "pull_request" })
            journey.github.redeliver(guid: first.guid)
            try await journey.settle()
            let answer = journey.github.deliveries.last.map { String(decoding: $0.response, as: UTF8.self) }
            #expect(answer?.contains("duplicate") == true)
            #expect(journey.botComments(on: pull) == comments)
            #expect(journey.checkRuns(of: pull) == runs)
        }
    }

    @Test("a pull request that touches no registry file is left alone")
    func elsewhere() async throws {
        try await withJourney { journey in
            let pull = try await journey.world.openPullRequest(["README.md": "Hello\n"])
            try await journey.settle()
            #expect(journey.botComments(on: pull).isEmpty)
        }
    }

    @Test("in a dry run nothing is written to GitHub")
    func dryRun() async throws {
        try await withJourney({ $0.isDryRun = true }) { journey in
            let pull = try await journey.world.openPullRequest(JourneyFiles.adding(Self.mistaken))
            try await journey.settle()
            #expect(journey.github.comments(on: pull).isEmpty)
            #expect(journey.checkRuns(of: pull).isEmpty)
            let writes = journey.github.journal.entries.filter { $0.request.method != "GET" }.map(\.name)
            #expect(writes.allSatisfy { $0.contains("access_tokens") || $0.contains("graphql") }, "\(writes)")
        }
    }
}
