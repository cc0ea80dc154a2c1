import BotCore
import Foundation
import GitHubAPI
import Persistence
import Playground
import Synchronization
import Testing

@testable import Bot

@Suite("A pull request")
struct PullRequestTests {
    private let addition: GitChanges = ["kettle/buckets.yaml": bucketsYAML(adding: "globex-results")]

    @Test("A good addition gets one comment and one check that succeeds, and a repeat writes nothing")
    func good() async throws {
        try await withHandlerWorld { world in
            let pull = try await world.example.openPullRequest(addition)
            try await world.settle()
            let said = world.said(on: pull)
            #expect(said.count == 1)
            #expect(said.first?.body.contains("gs://globex-results/logs/") == true)
            let checks = world.checks(of: pull)
            #expect(checks.map(\.conclusion) == ["success"])
            // Our own comment has changed the pull request and its list of comments.
            try await world.repeatLast()
            world.gitHub.clearJournal()
            try await world.repeatLast()
            #expect(world.gitHub.journal.costlyCount == 0)
            #expect(world.gitHub.journal.entries.filter { $0.request.method != "GET" }.isEmpty)
            #expect(world.said(on: pull) == said)
            #expect(world.checks(of: pull) == checks)
        }
    }

    @Test("A warm event costs at most six requests, and one a changed file")
    func budget() async throws {
        try await withHandlerWorld { world in
            _ = try await world.example.openPullRequest(addition, branch: "first")
            try await world.settle()
            let pull = try await world.example.openPullRequest(
                ["kettle/buckets.yaml": bucketsYAML(adding: "globex-results", prefix: "other:")], branch: "second")
            world.gitHub.clearJournal()
            try await world.settle()
            let costly = world.gitHub.journal.entries.filter { !$0.isFree && $0.status != 304 }.map(\.name)
            #expect(costly.count <= 6 + 1, "\(costly)")
            #expect(world.said(on: pull).count == 1)
            _ = world.gitHub.comments(on: IssueReference(repository: world.repository, number: 1))
        }
    }

    @Test("A private bucket fails the check on its line, is looked at again, and is right once it is open")
    func access() async throws {
        try await withHandlerWorld { world in
            world.buckets.update(bucket: "globex-results") { $0.access = .private }
            let pull = try await world.example.openPullRequest(addition)
            try await world.settle()
            let first = try #require(world.checks(of: pull).last)
            #expect(first.conclusion == "failure")
            #expect(first.annotations.map(\.path) == ["kettle/buckets.yaml"])
            #expect(first.annotations.first?.startLine == 5)
            try await #expect(world.pass(minutes: 9) == 0)
            try await #expect(world.pass(minutes: 1) == 1)
            #expect(world.checks(of: pull).last?.conclusion == "failure")
            try await #expect(world.pass(minutes: 49) == 0)
            world.buckets.update(bucket: "globex-results") { $0.access = .worldReadable }
            try await #expect(world.pass(minutes: 1) == 1)
            #expect(world.checks(of: pull).last?.conclusion == "success")
            #expect(world.checks(of: pull).last?.annotations == [])
            try await #expect(world.pass(minutes: 600) == 0)
            #expect(world.said(on: pull).count == 1)
        }
    }

    @Test("Nothing is said on what is not the registry's, closed, or moved out of it")
    func silence() async throws {
        try await withHandlerWorld { world in
            let other = try await world.example.openPullRequest(["README.md": "Hello\n"], branch: "other")
            try await world.settle()
            #expect(world.said(on: other).isEmpty)
            #expect(world.checks(of: other).isEmpty)
            let closed = try await world.example.openPullRequest(addition, branch: "closed")
            try await world.gitHub.close(closed, by: world.contributor)
            try await world.settle()
            #expect(world.said(on: closed).isEmpty)
            #expect(world.checks(of: closed).isEmpty)
            let moved = try await world.example.openPullRequest(addition, branch: "moved")
            try await world.settle()
            #expect(world.said(on: moved).count == 1)
            let base = try await world.gitHub.head(of: world.example.fork.branch("master"))
            try await world.gitHub.push(
                ["README.md": "Other\n"], to: world.example.fork.branch("moved"), by: world.contributor, on: base)
            try await world.settle()
            #expect(world.said(on: moved).isEmpty)
        }
    }

    @Test("Drafts, bots and generated files get a check and no comment; a draft that is ready gets one")
    func quiet() async throws {
        try await withHandlerWorld { world in
            let draft = try await world.example.openPullRequest(
                addition, branch: "draft", text: PullRequestText(isDraft: true))
            try await world.settle()
            #expect(world.said(on: draft).isEmpty)
            #expect(world.checks(of: draft).map(\.conclusion) == ["success"])
            try await world.gitHub.markReady(draft, by: world.contributor)
            try await world.settle()
            #expect(world.said(on: draft).count == 1)
            #expect(world.checks(of: draft).count == 1)
            let generated = try await world.example.openPullRequest(
                [
                    "config/testgrids/openshift/redhat-openshift-ocp.yaml":
                        "test_groups:\n- name: ocp\n  gcs_prefix: no-such-bucket-here/logs/ocp\n"
                ], branch: "generated")
            try await world.settle()
            #expect(world.said(on: generated).isEmpty)
            #expect(world.checks(of: generated).count == 1)
            let bot = world.gitHub.addAccount("renovate[bot]", .bot)
            let branch = world.repository.branch("robot")
            let master = try await world.gitHub.head(of: world.repository.branch("master"))
            try await world.gitHub.push(addition, to: branch, by: bot, on: master)
            let robot = try await world.gitHub.openPullRequest(from: branch, into: world.repository, by: bot)
            try await world.settle()
            #expect(world.said(on: robot).isEmpty)
            #expect(world.checks(of: robot).count == 1)
        }
    }

    @Test("A push during the check is followed, and the old head is not judged")
    func pushMeanwhile() async throws {
        try await withHandlerWorld { world in
            let pull = try await world.example.openPullRequest(addition)
            let old = world.gitHub.headSHA(of: pull)
            world.setup.withLock {
                $0.meddling = {
                    try await world.gitHub.push(
                        ["kettle/buckets.yaml": bucketsYAML(adding: "globex-results", prefix: "none")],
                        to: world.example.fork.branch("add-results"), by: world.contributor)
                }
            }
            let event = try Event(
                name: "pull_request", payload: try #require(world.gitHub.deliveries.last).payload)
            try await #expect(world.handle(event) == .finished)
            #expect(world.gitHub.checkRuns(of: world.repository, at: old).isEmpty)
            #expect(world.checks(of: pull).map(\.conclusion) == ["failure"])
            #expect(world.said(on: pull).count == 1)
        }
    }

    @Test("A pull request that is closed during the check gets nothing")
    func closedMeanwhile() async throws {
        try await withHandlerWorld { world in
            let pull = try await world.example.openPullRequest(addition)
            world.setup.withLock { $0.meddling = { try await world.gitHub.close(pull, by: world.contributor) } }
            try await world.settle()
            #expect(world.said(on: pull).isEmpty)
            #expect(world.checks(of: pull).isEmpty)
        }
    }

    @Test("A file that only moved is not judged anew, and one that left the registry is a removal")
    func renamed() async throws {
        let broken = "test_groups:\n- name: Über\n  gcs_prefix: no-such-bucket-here/logs/x\n"
        try await withHandlerWorld(["config/testgrids/acme/old.yaml": broken]) { world in
            let pull = try await world.example.openPullRequest([
                "config/testgrids/acme/old.yaml": nil, "config/testgrids/acme/new.yaml": broken,
            ])
            try await world.settle()
            #expect(world.checks(of: pull).map(\.conclusion) == ["success"])
            #expect(world.checks(of: pull).first?.annotations == [])
            #expect(world.said(on: pull).isEmpty)
        }
    }

    @Test("A branch behind its base is judged by where it parted")
    func behind() async throws {
        try await withHandlerWorld { world in
            try await world.gitHub.push(
                ["config/testgrids/acme/late.yaml": "test_groups:\n- name: x\n"],
                to: world.repository.branch("master"), by: world.maintainer)
            let pull = try await world.example.openPullRequest(addition)
            try await world.gitHub.push(
                ["config/testgrids/acme/later.yaml": "test_groups:\n- name: y\n"],
                to: world.repository.branch("master"), by: world.maintainer)
            try await world.settle()
            #expect(world.checks(of: pull).map(\.conclusion) == ["success"])
            #expect(world.said(on: pull).count == 1)
        }
    }

    @Test("A head that has vanished is given up without a word")
    func vanished() async throws {
        try await withHandlerWorld { world in
            let pull = try await world.example.openPullRequest(addition)
            world.gitHub.misbehave(
                .failure(status: 404, message: "Not Found"), on: GitHubMisbehavior.Target("GET", "/compare/"))
            try await world.settle()
            #expect(world.said(on: pull).isEmpty)
            #expect(world.checks(of: pull).isEmpty)
        }
    }

    @Test("A comment whose answer was lost is not written twice", arguments: [true, false])
    func lostAnswer(wasDone: Bool) async throws {
        try await withHandlerWorld { world in
            let pull = try await world.example.openPullRequest(addition)
            world.gitHub.misbehave(
                wasDone ? .afterDoing(.reset) : .reset, on: GitHubMisbehavior.Target("POST", "/comments"), times: 1)
            world.gitHub.misbehave(
                wasDone ? .afterDoing(.reset) : .reset, on: GitHubMisbehavior.Target("POST", "/check-runs"), times: 1)
            try await world.settle()
            #expect(world.said(on: pull).count == 1)
            #expect(world.checks(of: pull).count == 1)
        }
    }

    @Test("A lost database repeats nothing that people see")
    func lostDatabase() async throws {
        try await withHandlerWorld { world in
            let pull = try await world.example.openPullRequest(addition)
            try await world.settle()
            let said = world.said(on: pull)
            try await world.closeStore()
            try await world.openStore(named: "new")
            world.gitHub.clearJournal()
            try await world.repeatLast()
            #expect(world.said(on: pull) == said)
            #expect(world.checks(of: pull).count == 1)
            let writes = world.gitHub.journal.entries.filter { $0.request.method != "GET" }.map(\.name)
            #expect(writes.allSatisfy { $0.contains("access_tokens") || $0.contains("graphql") }, "\(writes)")
        }
    }

    @Test("Doubled comments are healed, and a deleted one comes back with the next push")
    func healing() async throws {
        try await withHandlerWorld { world in
            let pull = try await world.example.openPullRequest(addition)
            try await world.settle()
            let first = try #require(world.said(on: pull).first)
            try world.gitHub.comment(first.body, on: pull, by: world.example.app.bot)
            try world.gitHub.comment(first.body, on: pull, by: world.contributor)
            try await world.settle()
            try await world.gitHub.push(
                ["kettle/buckets.yaml": bucketsYAML(adding: "globex-results", prefix: "again:")],
                to: world.example.fork.branch("add-results"), by: world.contributor)
            try await world.settle()
            #expect(world.said(on: pull).map(\.id) == [first.id])
            world.gitHub.delete(first, in: world.repository)
            try await world.repeatLast()
            #expect(world.said(on: pull).count == 1)
        }
    }

    @Test("In a dry run everything is recorded and nothing is sent")
    func dryRun() async throws {
        try await withHandlerWorld { world in
            world.setup.withLock { $0.isDryRun = true }
            let pull = try await world.example.openPullRequest(addition)
            try await world.settle()
            #expect(world.said(on: pull).isEmpty)
            #expect(world.checks(of: pull).isEmpty)
            let kinds = try await world.openedStore.outbox.latest(limit: 10).map(\.write.kind)
            #expect(Set(kinds) == ["comment", "check run"])
        }
    }

    @Test("With a personal token there is a commit status in the place of the check")
    func token() async throws {
        try await withHandlerWorld { world in
            world.gitHub.grant(.write, to: world.maintainer, in: world.repository)
            world.setup.withLock { $0.token = world.gitHub.addToken(for: world.maintainer) }
            let pull = try await world.example.openPullRequest(addition)
            try await world.settle()
            try await world.repeatLast()
            #expect(world.gitHub.statuses(of: world.repository).map(\.state) == ["success"])
            #expect(world.checks(of: pull).isEmpty)
            #expect(world.gitHub.comments(on: pull).map(\.author.login) == [world.maintainer.login])
        }
    }

    @Test("A slow probe says that it has begun, in the run that it ends in")
    func slow() async throws {
        try await withHandlerWorld { world in
            world.setup.withLock { $0.quietSeconds = 0 }
            let pull = try await world.example.openPullRequest(addition)
            try await world.settle()
            #expect(world.checks(of: pull).map(\.status) == ["completed"])
            #expect(world.said(on: pull).count == 1)
        }
    }

    @Test("More than fifty annotations arrive, each once")
    func manyAnnotations() async throws {
        try await withHandlerWorld { world in
            let groups = (0..<120).map { "- name: g\($0)\n  gcs_prefix: \"Not A Bucket/\($0)\"\n" }.joined()
            let pull = try await world.example.openPullRequest([
                "config/testgrids/acme/many.yaml": "test_groups:\n\(groups)"
            ])
            world.gitHub.misbehave(
                .afterDoing(.reset), on: GitHubMisbehavior.Target("PATCH", "/check-runs/"), skipCount: 0, times: 1)
            try await world.settle()
            let run = try #require(world.checks(of: pull).last)
            #expect(run.conclusion == "failure")
            #expect(run.annotations.count > 100)
            #expect(Set(run.annotations).count == run.annotations.count)
            #expect(world.checks(of: pull).count == 1)
            #expect(world.said(on: pull).count == 1)
        }
    }

    @Test("A policy with a mistake is told on the pull request that brings it, and the old one holds")
    func policy() async throws {
        try await withHandlerWorld([".github/bucketbot.yaml": "version: 1\ncomment: never\n"]) { world in
            let silent = try await world.example.openPullRequest(addition, branch: "silent")
            try await world.settle()
            #expect(world.said(on: silent).isEmpty)
            #expect(world.checks(of: silent).map(\.conclusion) == ["success"])
            let broken = try await world.example.openPullRequest(
                [".github/bucketbot.yaml": "version: 1\ncoment: always\n"], branch: "broken")
            try await world.settle()
            let run = try #require(world.checks(of: broken).first)
            #expect(run.conclusion == "failure")
            #expect(run.annotations.map(\.startLine) == [2])
            #expect(world.said(on: broken).isEmpty)
        }
    }

    @Test("A push to the default branch brings its policy and its registry at once")
    func push() async throws {
        try await withHandlerWorld { world in
            let first = try await world.example.openPullRequest(addition, branch: "first")
            try await world.settle()
            #expect(world.said(on: first).count == 1)
            try await world.gitHub.push(
                [".github/bucketbot.yaml": "version: 1\ncomment: never\n"], to: world.repository.branch("master"),
                by: world.maintainer)
            try await world.settle()
            let branch = world.repository.branch("second")
            let master = try await world.gitHub.head(of: world.repository.branch("master"))
            try await world.gitHub.push(addition, to: branch, by: world.maintainer, on: master)
            let second = try await world.gitHub.openPullRequest(
                from: branch, into: world.repository, by: world.maintainer)
            world.gitHub.clearJournal()
            try await world.settle()
            #expect(world.said(on: second).isEmpty)
            #expect(world.checks(of: second).map(\.conclusion) == ["success"])
            #expect(world.gitHub.journal.entries.filter { $0.name.contains("/git/trees") }.isEmpty)
        }
    }

    @Test("A repository that is not named is left alone")
    func scope() async throws {
        try await withHandlerWorld { world in
            let other = try #require(RepositoryName("acme/other"))
            world.setup.withLock { $0.scope = RepositoryScope(named: [other]) }
            let pull = try await world.example.openPullRequest(addition)
            try await world.settle()
            #expect(world.checks(of: pull).isEmpty)
            #expect(world.gitHub.journal.count == 0)
        }
    }

    @Test("A file over one megabyte is read, and one over the limit is a finding")
    func largeFiles() async throws {
        try await withHandlerWorld { world in
            let comment = String(repeating: "# " + String(repeating: "x", count: 98) + "\n", count: 12_000)
            let pull = try await world.example.openPullRequest([
                "kettle/buckets.yaml": comment + bucketsYAML(adding: "globex-results")
            ])
            try await world.settle()
            #expect(world.checks(of: pull).map(\.conclusion) == ["success"])
            #expect(world.said(on: pull).count == 1)
        }
    }

    @Test("With more than 3,000 changed files whole trees are compared")
    func manyFiles() async throws {
        try await withHandlerWorld { world in
            var changes = addition
            for number in 0..<3_050 { changes.files["docs/\(number).md"] = .some([0x0A]) }
            let pull = try await world.example.openPullRequest(changes)
            try await world.settle()
            #expect(world.checks(of: pull).map(\.conclusion) == ["success"])
            #expect(world.said(on: pull).count == 1)
        }
    }
}
