import BotCore
import CurlHTTP
import Foundation
import Persistence
import Playground
import TestSupport
import Testing

@Suite("Killed at each write of a removal", .serialized)
struct RemovalKillTests {
    /// A program that may be killed, between stand-ins with one bucket whose results have stopped.
    private struct Scene {
        let example: ExampleWorld
        let environment: [String: String]
        let folder: URL

        var gitHub: GitHubStandIn { example.standIn }

        func start(_ arguments: [String]) throws -> BuiltProgram {
            try BuiltProgram(arguments, environment: environment, log: folder.appending(path: "log.txt"))
        }

        /// `bucketbot sweep --open`.
        func startSweep() throws -> BuiltProgram {
            try start(["sweep", "--repo", example.repository.fullName, "--open"])
        }

        /// Sweeps to the end.
        func sweep() async throws {
            let program = try startSweep()
            await program.ended()
            // What it proposes is the exit status of a sweep that did all it had to.
            guard program.status == 1 else {
                throw ChaosFailure("it ended with \(program.status):\n\(try program.logged)")
            }
        }

        /// Waits for a moment, and kills the program then.
        func kill(_ program: BuiltProgram, when hasCome: () -> Bool) async throws {
            let deadline = ContinuousClock.now + .seconds(60)
            while !hasCome() {
                guard program.isRunning, ContinuousClock.now < deadline else {
                    throw ChaosFailure("the moment did not come:\n\(try program.logged)")
                }
                try await Patience.pause(milliseconds: 1)
            }
            await program.kill()
            gitHub.behave()
        }

        func withStore<Result>(_ body: (SQLiteStore) async throws -> Result) async throws -> Result {
            let store = try await SQLiteStore(path: folder.appending(path: "bot.sqlite").path)
            let result = try await body(store)
            try await store.close()
            return result
        }

        /// Has the lease of a sweep that was cut off run out, which need not be waited for in earnest.
        func letLeasePass() async throws {
            let minutes = 10 * 60
            let later = Date().addingTimeInterval(Double(minutes))
            _ = try await withStore { store in
                try await store.sweeps.begin(
                    example.repository.fullName.lowercased(), dueAt: nil, now: later, leaseSeconds: -minutes)
            }
        }

        /// The pull request, of which there is just one, with one mention and its labels.
        func expectOneRemoval() async throws -> GitHubStandIn.SeenPull {
            let all = gitHub.pulls(in: example.repository)
            #expect(all.count == 1, "\(all.map(\.branch))")
            let pull = try #require(all.first)
            #expect(pull.isOpen && pull.labels.sorted() == ["area/testgrid", "do-not-merge/hold", "kind/cleanup"])
            let mentions = gitHub.comments(on: pull.issue).filter { $0.body.contains("@globex-kim:") }
            #expect(mentions.count == 1)
            #expect(try await gitHub.branches(of: example.repository).sorted() == [pull.branch, "master"])
            // One of the test group, one of the entry of its bucket.
            #expect(try await gitHub.commits(of: pull.issue).count == 2)
            #expect(gitHub.journal.surprises.map(\.name) == [])
            return pull
        }
    }

    private func withScene(_ body: @escaping @Sendable (Scene) async throws -> Void) async throws {
        let policy = "version: 1\nconfirmations: 1\ncontrolLocations: [\"gs://acme-results/logs/e2e/\"]\n"
        let files = cleanRegistry.mapValues { Optional($0) }.merging(StaleRegistry.files) { $1 }
            .merging([".github/bucketbot.yaml": policy]) { $1 }
        let storage = GCSStandIn([
            bucket("acme-results", "e2e", daysAgo: 0.1), bucket("acme-old-results", "old", daysAgo: 1),
            bucket("hooli-results", "old", daysAgo: 1), bucket("globex-results", "old", daysAgo: 200),
        ])
        try await withTemporaryFolder { folder in
            try await withGitHubStandIn { gitHub in
                try await withGCSStandIn(storage) { _, storageRoot in
                    let start = GitChanges(files.mapValues { $0.map { Array($0.utf8) } })
                    let example = try await ExampleWorld(in: gitHub, files: start)
                    for label in ["area/testgrid", "kind/cleanup", "do-not-merge/hold"] {
                        gitHub.addLabel(label, to: example.repository)
                    }
                    gitHub.addMembers([gitHub.addAccount("globex-kim")], to: example.organization)
                    let environment = try BuiltProgram.environment(
                        for: example, storageRoot: storageRoot, in: folder
                    ).merging(["BUCKETBOT_SWEEP_ENABLED": "false"]) { $1 }
                    try await body(Scene(example: example, environment: environment, folder: folder))
                }
            }
        }
    }

    private func bucket(_ name: String, _ job: String, daysAgo: Double) -> StandInBucket {
        let newest = Date().addingTimeInterval(-86_400 * daysAgo)
        return StandInBucket(
            name,
            jobs: [
                SyntheticJob(
                    ObjectName("logs/\(job)"), ids: .snowflake, count: 3, newest: newest, intervalSeconds: 3_600)
            ])
    }

    @Test(
        "a sweep that goes on after the kill opens one pull request, mentions once, and sets the same labels",
        arguments: RemovalKill.asked)
    func sweep(_ kill: RemovalKill) async throws {
        try await withScene { scene in
            kill.prepare(scene.gitHub)
            let journal = { scene.gitHub.journal }
            try await scene.kill(try scene.startSweep()) { kill.hasCome(in: journal()) }
            try await scene.letLeasePass()
            try await scene.sweep()
            _ = try await scene.expectOneRemoval()
            #expect(try await scene.withStore { try await $0.outbox.unsettled(limit: 100) } == [])
            let before = scene.gitHub.journal.entries.count
            try await scene.sweep()
            #expect(Array(scene.gitHub.journal.entries.dropFirst(before)).writes == [])
        }
    }

    @Test("a server that goes on after the kill makes one check of it", arguments: [true, false])
    func check(isDone: Bool) async throws {
        try await withScene { scene in
            try await scene.sweep()
            let pull = try await scene.expectOneRemoval()
            let target = GitHubMisbehavior.Target("POST", "/check-runs", isSuffix: true)
            scene.gitHub.misbehave(isDone ? .afterDoing(.silence) : .silence, on: target, times: 1)
            let first = try scene.start(["serve"])
            try await tell(first, scene)
            let journal = { scene.gitHub.journal }
            try await scene.kill(first) { journal().entries.contains(where: \.isSpoiled) }
            let second = try scene.start(["serve"])
            try await tell(second, scene)
            try await drain(scene)
            #expect(await second.stop() == 0)
            #expect(scene.gitHub.checkRuns(of: scene.example.repository, at: pull.head).map(\.status) == ["completed"])
            _ = try await scene.expectOneRemoval()
        }
    }

    private func tell(_ program: BuiltProgram, _ scene: Scene) async throws {
        let url = "http://127.0.0.1:\(try await program.port())/webhook"
        let transport = try CurlTransport(CurlConfiguration())
        let webhook = StandInWebhook(url: url, secret: scene.example.webhookSecret)
        _ = try await scene.gitHub.sendWaiting(to: webhook, over: transport)
        await transport.close()
    }

    /// Waits until every event is worked on, and the look that is due each day was made up for.
    private func drain(_ scene: Scene) async throws {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            let (counts, look) = try await scene.withStore { store in
                let cursor = CursorName("reconcile:\(scene.example.repository.fullName)")
                return (try await store.inbox.counts(), try await store.cursors.position(of: cursor))
            }
            if counts.waiting == 0, counts.leased == 0, look != nil { return }
            try await Patience.pause(milliseconds: 50)
        }
        throw ChaosFailure("the server does not come to an end")
    }
}
