import CurlHTTP
import Foundation
import GitHubContract
import GoogleCloudStorage
import OpenSSLCrypto
import Persistence
import Playground
import TestSupport
import Testing

@testable import Bot

/// A GitHub, buckets and the bot between them, as a test sees them.
struct World: Sendable {
    /// The repository, its people and the App.
    let example: ExampleWorld
    /// The buckets.
    let storage: GCSStandIn
    /// The bot.
    let bot: RunningBot
    /// Where it all lives.
    let surroundings: RunningBot.Surroundings
    /// What GitHub sends webhooks with.
    let transport: CurlTransport

    var gitHub: GitHubStandIn { example.standIn }
    var clock: TestClock { surroundings.clock }
    var contributor: StandInAccount { example.contributor }
    var maintainer: StandInAccount { example.maintainer }
    var repository: RepositoryReference { example.repository }

    /// The account that the bot writes as.
    var botLogin: String { surroundings.plan.usesPersonalToken ? "results-robot" : example.app.bot.login }

    // MARK: - GitHub tells the bot

    /// Sends every event that waits, has the bot work on it, and goes on until nothing is left to do now.
    ///
    /// - Throws: Why the bot could not be reached, or could not work.
    func deliver() async throws {
        let sender = surroundings.plan.sender
        let webhook = StandInWebhook(
            url: sender == .prow ? bot.rootURL : bot.webhookURL, secret: example.webhookSecret, sender: sender)
        for _ in 0..<100 {
            let sent = try await gitHub.sendWaiting(to: webhook, over: transport)
            for delivery in sent {
                #expect(
                    delivery.statusCode == 200,
                    "\(delivery.event): \(String(decoding: delivery.response, as: UTF8.self))")
            }
            let hasWorked = try await work()
            if sent.isEmpty, !hasWorked { return }
        }
        Issue.record("there is no end of events")
    }

    /// Delivers, and lets time pass until everything that was put off has been done.
    func deliverPatiently() async throws {
        for _ in 0..<40 {
            try await deliver()
            guard try await bot.store.inbox.counts().waiting > 0,
                let due = try await bot.store.inbox.nextDue(now: clock.now)
            else { return }
            clock.advance(to: due)
        }
        Issue.record("it is put off again and again")
    }

    /// Works on what the inbox holds.
    ///
    /// - Returns: Whether it held anything.
    @discardableResult
    func work() async throws -> Bool {
        var hasWorked = false
        while try await bot.workOnce() { hasWorked = true }
        return hasWorked
    }

    /// Lets time pass, and the bot do what it wanted to do by then.
    func pass(minutes: Double) async throws {
        clock.advance(seconds: minutes * 60)
        _ = try await bot.server.scheduled.runOnce()
        try await deliver()
    }

    /// Sends a signed body of any kind.
    ///
    /// - Returns: The status of the answer.
    func post(_ event: String, id: String, body: [UInt8]) async throws -> Int {
        var headers = HTTPHeaders()
        headers.append(name: "Content-Type", value: "application/json")
        headers.append(name: "X-GitHub-Event", value: event)
        headers.append(name: "X-GitHub-Delivery", value: id)
        headers.append(
            name: "X-Hub-Signature-256", value: try HMACKey(example.webhookSecret).code(of: body).headerValue)
        let request = HTTPRequest(.post, bot.webhookURL, headers: headers, body: body, deadline: .seconds(10))
        return try await transport.send(request).head.status
    }

    // MARK: - What came of it

    /// The bot's comments in the conversation; every comment counts as read from then on, those on lines too.
    func comments(on issue: IssueReference) -> [StandInComment] {
        _ = gitHub.lineComments(on: issue)
        return gitHub.comments(on: issue).filter { $0.author.login == botLogin }
    }

    /// The bot's only comment.
    func onlyComment(
        on issue: IssueReference, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> StandInComment {
        let all = comments(on: issue)
        #expect(all.count == 1, "\(all.map(\.body))", sourceLocation: sourceLocation)
        return try #require(all.first, sourceLocation: sourceLocation)
    }

    /// The check runs of a pull request's head.
    func checkRuns(of pull: IssueReference) -> [StandInCheckRun] {
        gitHub.checkRuns(of: repository, at: gitHub.headSHA(of: pull))
    }

    /// The only check run of a pull request's head.
    func onlyCheckRun(
        of pull: IssueReference, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> StandInCheckRun {
        let all = checkRuns(of: pull)
        #expect(all.count == 1, "\(all)", sourceLocation: sourceLocation)
        return try #require(all.first, sourceLocation: sourceLocation)
    }

    /// The verdict on a pull request's head: the conclusion of its only check run, or the state of its newest commit
    /// status, which has the same words.
    func verdict(on pull: IssueReference) throws -> String? {
        guard surroundings.plan.usesPersonalToken else { return try onlyCheckRun(of: pull).conclusion }
        return verdicts(at: gitHub.headSHA(of: pull)).last
    }

    /// All verdicts on a commit, the oldest first; they come by the one way that the bot's credentials allow.
    func verdicts(at commit: String?) -> [String] {
        let runs = gitHub.checkRuns(of: repository, at: commit)
        let statuses = gitHub.statuses(of: repository).filter { $0.sha == commit }
        #expect(surroundings.plan.usesPersonalToken ? runs.isEmpty : statuses.isEmpty)
        return runs.map { $0.conclusion ?? "none yet" } + statuses.map(\.state)
    }

    /// What GitHub was asked while something was done, but for the stand-in's own looks.
    func requests(while body: () async throws -> Void) async throws -> [GitHubJournal.Entry] {
        let before = gitHub.journal.entries.count
        try await body()
        return Array(gitHub.journal.entries.dropFirst(before))
    }

    /// Runs a second bot on the same GitHub and the same buckets, with an empty database.
    func withLostDatabase(_ body: @escaping @Sendable (World) async throws -> Void) async throws {
        try await RunningBot.run(in: surroundings, database: "restored") { bot in
            let world = World(
                example: example, storage: storage, bot: bot, surroundings: surroundings, transport: transport)
            try await body(world)
            try await world.expectAllSettled()
        }
    }

    // MARK: - The end

    /// Expects that nothing is left undone.
    func expectAllSettled() async throws {
        let counts = try await bot.store.inbox.counts()
        #expect(counts.waiting == 0 && counts.leased == 0)
        #expect(try await bot.store.outbox.unsettled(limit: 100) == [])
        #expect(bot.interruption.problem == nil)
        guard !surroundings.plan.mayFail else { return }
        #expect(counts.parked == 0)
        #expect(bot.log.errors == [])
    }

    /// Expects that nobody asked what nobody should ask, and that the test has read every comment.
    fileprivate func expectNothingUnexpected() throws {
        expectNoSurprises(in: gitHub)
        try expectContract(of: gitHub)
        #expect(gitHub.unreadComments == [])
        #expect(storage.journal.unexpected.map(\.path) == [])
    }
}

/// Runs `body` in a new world; at its end all is settled, nobody was asked anything unexpected, every comment was read.
///
/// - Parameters:
///   - plan: How the test wants it.
///   - body: Gets the world.
/// - Throws: What `body` throws.
func withWorld(
    _ plan: WorldPlan = WorldPlan(), _ body: @escaping @Sendable (World) async throws -> Void
) async throws {
    try await worldsAtOnce.withPermit { try await withWorldAtOnce(plan, body) }
}

/// Tests begin all at the same time: with more worlds than this, requests would wait for each other until they time out.
private let worldsAtOnce = ConcurrencyLimit(4)

private func withWorldAtOnce(
    _ plan: WorldPlan, _ body: @escaping @Sendable (World) async throws -> Void
) async throws {
    let clock = TestClock(testStart)
    let storage = GCSStandIn([freshBucket("acme-results"), freshBucket("globex-results")])
    var files = cleanRegistry.mapValues { Optional($0) }.merging(plan.files) { $1 }
    if let policy = plan.policy { files[".github/bucketbot.yaml"] = policy }
    let start = GitChanges(files.mapValues { $0.map { Array($0.utf8) } }.filter { $0.value != nil })
    try await withTemporaryFolder { folder in
        try await withGitHubStandIn(limits: plan.limits, clock: { clock.now }) { gitHub in
            try await withGCSStandIn(storage) { storage, storageRoot in
                let transport = try CurlTransport(CurlConfiguration())
                try await withWay(to: gitHub, plan, over: transport, clock) { proxy, endpoints in
                    let example = try await ExampleWorld(in: gitHub, files: start)
                    let surroundings = RunningBot.Surroundings(
                        example: example, proxy: proxy, credentials: try plan.credentials(in: example),
                        endpoints: endpoints, storageRoot: storageRoot, clock: clock,
                        plan: plan, folder: folder)
                    try await RunningBot.run(in: surroundings, database: "bot") { bot in
                        let world = World(
                            example: example, storage: storage, bot: bot, surroundings: surroundings,
                            transport: transport)
                        try await world.deliver()
                        try await body(world)
                        try await world.deliver()
                        try await world.expectAllSettled()
                        try world.expectNothingUnexpected()
                    }
                }
                await transport.close()
            }
        }
    }
}

/// Runs `body` with the proxy that a plan wants, if any, and the addresses at which the bot is to ask GitHub.
private func withWay(
    to gitHub: GitHubStandIn, _ plan: WorldPlan, over transport: CurlTransport, _ clock: TestClock,
    _ body: (GitHubProxyStandIn?, [String]) async throws -> Void
) async throws {
    guard let setUp = plan.proxy else { return try await body(nil, [gitHub.restRoot]) }
    var setup = GitHubProxyStandIn.Setup(upstream: gitHub.restRoot)
    setUp(&setup)
    let proxy = GitHubProxyStandIn(setup, over: transport, now: { clock.now }) { hold in
        clock.advance(seconds: hold / .seconds(1))
    }
    try await withGitHubProxy(proxy) { root in
        try await body(proxy, plan.asksGitHubItself ? [root, gitHub.restRoot] : [root])
    }
}

/// A bucket with a job that ran an hour before every test begins.
func freshBucket(_ name: String, access: AccessMode = .worldReadable) -> StandInBucket {
    let job = SyntheticJob(
        ObjectName("logs/e2e"), ids: .snowflake, count: 6, newest: testStart.addingTimeInterval(-3_600),
        intervalSeconds: 86_400)
    return StandInBucket(name, access: access, jobs: [job])
}
