import CurlHTTP
import Foundation
import GitHubAPI
import Playground
import Testing

@testable import Bot

@Suite("Behind ghproxy")
struct CachingProxyTests {
    /// How the proxy answers queries of GraphQL.
    enum GraphQL: CaseIterable, Sendable {
        case absent, notAllowed, passedOn
    }

    private func plan(token: Bool = false, _ change: (inout WorldPlan) -> Void = { _ in }) -> WorldPlan {
        var plan = WorldPlan()
        plan.proxy = { _ in }
        plan.usesPersonalToken = token
        change(&plan)
        return plan
    }

    /// So many files of a registry, each of which has to be read before the first check.
    private func files(_ count: Int) -> [String: String?] {
        Dictionary(
            uniqueKeysWithValues: (1...count).map {
                ("config/testgrids/team\($0)/team.yaml", "test_groups: []\n# team \($0)\n")
            })
    }

    @Test(
        "a pull request gets its comment and its verdict, a push edits it, and a command is answered",
        arguments: [false, true])
    func life(hasToken: Bool) async throws {
        try await withWorld(plan(token: hasToken)) { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            try await world.deliver()
            let comment = try world.onlyComment(on: pull.issue)
            #expect(comment.body.contains("Not ready yet"))
            try await world.push([bucketsFile: buckets(adding: entry("globex-results"))], to: pull)
            try world.gitHub.comment(
                "/check-bucket bucket:gs://acme-results/logs/", on: pull.issue, by: world.contributor)
            try await world.deliver()
            #expect(world.comments(on: pull.issue).count == 2)
            let mended = try #require(world.comments(on: pull.issue).first { $0.id == comment.id })
            #expect(mended.body.contains("Everything is in place"))
            #expect(try world.verdict(on: pull.issue) == "success")
            let proxy = try #require(world.surroundings.proxy)
            // GitHub heard of the bot through the proxy alone; one query of GraphQL ended there.
            let passedOn = proxy.answers.filter { $0.target != "/graphql" }
            #expect(passedOn.map(\.method) == world.gitHub.journal.entries.map(\.request.method))
        }
    }

    @Test(
        "the proxy is told whose requests these are, and when it can throw away what it keeps",
        arguments: [false, true])
    func told(hasToken: Bool) async throws {
        try await withWorld(plan(token: hasToken)) { world in
            let pull = try await world.openedPullRequest()
            _ = try world.onlyComment(on: pull.issue)
            let proxy = try #require(world.surroundings.proxy)
            for answer in proxy.answers {
                let owner = try #require(answer.told["x-prow-ghcache-token-budget-identifier"])
                #expect(
                    owner.hasPrefix(hasToken ? "token:" : answer.target.hasPrefix("/app") ? "app:" : "installation:")
                        || answer.target.hasSuffix("/installation"))
                let end = answer.told["x-prow-token-expires-at"]
                if hasToken {
                    #expect(end == nil, "a personal token has no end that the bot knows")
                } else {
                    let date = try Date(#require(end), strategy: .iso8601)
                    #expect(date > world.clock.now && date <= world.clock.now.addingTimeInterval(3_600))
                }
            }
        }
    }

    @Test("the token that the proxy gives to everybody is used while it has a minute left, however old it is")
    func sharedToken() async throws {
        try await withWorld(plan()) { world in
            let pull = try await world.openedPullRequest()
            _ = try world.onlyComment(on: pull.issue)
            world.clock.advance(seconds: 3_420)
            let delivery = try #require(world.gitHub.deliveries.first { $0.event == "pull_request" })
            try await world.withLostDatabase { world in
                #expect(try await world.post(delivery.event, id: "again", body: delivery.payload) == 200)
                let asked = try await world.requests { try await world.work() }
                #expect(asked.count { $0.name.hasSuffix("/access_tokens") } == 1)
                #expect(asked.count > 5 && asked.allSatisfy { $0.status != 401 })
                world.clock.advance(seconds: 150)
                try world.gitHub.comment("/check-bucket help", on: pull.issue, by: world.contributor)
                try await world.deliver()
                #expect(world.comments(on: pull.issue).count == 2)
            }
        }
    }

    @Test("what the proxy has for free is not counted as spent")
    func revalidated() async throws {
        try await withWorld(plan()) { world in
            let pull = try await world.openedPullRequest()
            _ = try world.onlyComment(on: pull.issue)
            let delivery = try #require(world.gitHub.deliveries.first { $0.event == "pull_request" })
            // The first look after our own comment sees that comment.
            for id in ["again-1", "again-2"] {
                #expect(try await world.post(delivery.event, id: id, body: delivery.payload) == 200)
                if id == "again-1" { try await world.work() }
            }
            let before = world.bot.parts.github.counts
            let asked = try await world.requests { try await world.work() }
            let counts = world.bot.parts.github.counts
            #expect(asked.allSatisfy(\.isFree) && !asked.isEmpty)
            #expect(counts.sent - before.sent == asked.count)
            #expect(counts.billed == before.billed)
            #expect(counts.notModified == before.notModified, "the proxy gives whole answers")
        }
    }

    @Test("a registry that was never read comes file by file where GraphQL is not spoken", arguments: GraphQL.allCases)
    func coldRegistry(graphQL: GraphQL) async throws {
        let plan = plan { plan in
            plan.files = files(60)
            plan.pacing = Pacing()
            plan.proxy = { setup in
                switch graphQL {
                case .absent: setup.graphQL = .refused(status: 404)
                case .notAllowed: setup.graphQL = .refused(status: 405)
                case .passedOn: setup.graphQL = .passedOn(to: setup.upstream.replacing("/api/v3", with: "/api/graphql"))
                }
            }
        }
        try await withWorld(plan) { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            let asked = try await world.requests { try await world.deliver() }
            let blobs = asked.count { $0.name.contains("/git/blobs/") }
            #expect(graphQL == .passedOn ? blobs <= 1 : blobs >= 60)
            let queries = try #require(world.surroundings.proxy).answers.count { $0.target == "/graphql" }
            #expect(queries == 1, "one refusal is enough")
            _ = try world.onlyComment(on: pull.issue)
            // What was read once is not read again.
            let again = try await world.requests {
                try await world.push(
                    [bucketsFile: buckets(adding: entry("globex-results", prefix: "globex-2:"))], to: pull)
                try await world.deliver()
            }
            #expect(again.count { $0.name.contains("/git/blobs/") } <= 1)
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("a large registry is read at the pace that GitHub asks for, and the proxy that slows it down is waited for")
    func paced() async throws {
        let plan = plan { plan in
            plan.files = files(400)
            plan.pacing = Pacing()
            plan.proxy = { $0.spacing = (reads: .milliseconds(300), writes: .milliseconds(900)) }
        }
        try await withWorld(plan) { world in
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            let start = world.clock.now
            try await world.deliver()
            let seconds = world.clock.now.timeIntervalSince(start)
            #expect(try world.onlyComment(on: pull.issue).body.contains("Everything is in place"))
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")
            let answers = try #require(world.surroundings.proxy).answers
            #expect(answers.count { $0.target.contains("/git/blobs/") } >= 400)
            #expect(seconds >= 400 * 0.3, "\(seconds) seconds: the proxy lets a read go each 0.3 seconds")
            #expect(answers.allSatisfy { $0.hold < .seconds(30) }, "the bot does not let a queue build up in the proxy")
            #expect(answers.allSatisfy { $0.mode != nil })
        }
    }

    @Test(
        "whatever becomes of a write between the proxy and GitHub, there is one comment and one check",
        arguments: ["/comments", "/check-runs"], [GitHubMisbehavior.Kind.reset, .afterDoing(.reset)])
    func brokenWrite(path: String, trouble: GitHubMisbehavior.Kind) async throws {
        try await withWorld(plan()) { world in
            world.gitHub.misbehave(trouble, on: .init("POST", path, isSuffix: true), times: 1)
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("globex-results"))])
            try await world.deliverPatiently()
            _ = try world.onlyComment(on: pull.issue)
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")
            let answers = try #require(world.surroundings.proxy).answers
            #expect(answers.contains { $0.method == "POST" && $0.mode == nil && $0.status == 502 })
        }
    }
}

@Suite("Behind ghproxy, with GitHub itself as the second address")
struct SecondAddressTests {
    private var plan: WorldPlan {
        var plan = WorldPlan()
        plan.proxy = { _ in }
        plan.asksGitHubItself = true
        return plan
    }

    @Test("the proxy is asked while it is there, GitHub itself while it is away, and the proxy again afterwards")
    func restarted() async throws {
        try await withWorld(plan) { world in
            let proxy = try #require(world.surroundings.proxy)
            let pull = try await world.openPullRequest([bucketsFile: buckets(adding: entry("missing-results"))])
            try await world.deliver()
            let comment = try world.onlyComment(on: pull.issue)
            let before = proxy.answers.count
            #expect(before > 5)

            proxy.stayAway(true)
            try await world.push([bucketsFile: buckets(adding: entry("globex-results"))], to: pull)
            try await world.deliverPatiently()
            #expect(proxy.answers.count == before)
            #expect(try world.onlyComment(on: pull.issue).id == comment.id)
            #expect(try world.onlyComment(on: pull.issue).body.contains("Everything is in place"))
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")

            proxy.stayAway(false)
            world.clock.advance(seconds: 61)
            try world.gitHub.comment("/check-bucket help", on: pull.issue, by: world.contributor)
            try await world.deliver()
            #expect(proxy.answers.count > before)
            #expect(world.comments(on: pull.issue).count == 2)
        }
    }
}
