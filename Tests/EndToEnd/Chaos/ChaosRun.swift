import CurlHTTP
import Foundation
import Persistence
import Playground
import TestSupport

/// How much chaos there is.
struct ChaosPlan: Sendable {
    /// What chance starts from; the same gives the same stories and the same moments.
    var seed: UInt64
    /// How often the program is killed.
    var kills: Int
    /// How many events people cause.
    var deliveries: Int

    /// What the environment asks for: `CHAOS_SEED`, `CHAOS_KILLS`, `CHAOS_DELIVERIES`; a short run where it asks for none.
    static var asked: ChaosPlan {
        let environment = ProcessInfo.processInfo.environment
        return ChaosPlan(
            seed: environment["CHAOS_SEED"].flatMap { UInt64($0) } ?? 20_270_115,
            kills: environment["CHAOS_KILLS"].flatMap { Int($0) } ?? 8,
            deliveries: environment["CHAOS_DELIVERIES"].flatMap { Int($0) } ?? 40)
    }
}

/// People who go on working on pull requests while the bot is killed again and again.
final class ChaosRun {
    /// What people have done so far, and so what must have come of it.
    let stories: ChaosStories
    private let plan: ChaosPlan
    private let example: ExampleWorld
    private let environment: [String: String]
    private let folder: URL
    private let transport: CurlTransport
    private var chance: SplitMix64
    /// How often the program was killed before it accepted requests, and afterwards.
    private(set) var killedEarly = 0
    private(set) var killedLate = 0

    private var gitHub: GitHubStandIn { example.standIn }

    /// Everything before the first start.
    ///
    /// - Parameters:
    ///   - plan: How much chaos there is.
    ///   - example: The GitHub.
    ///   - storageRoot: Where the buckets answer.
    ///   - folder: For the database, the secrets and the logs.
    /// - Throws: Why a file could not be written.
    init(_ plan: ChaosPlan, _ example: ExampleWorld, storageRoot: String, folder: URL) throws {
        self.plan = plan
        self.example = example
        self.folder = folder
        chance = SplitMix64(seed: plan.seed)
        stories = ChaosStories(example, deliveries: plan.deliveries)
        transport = try CurlTransport(CurlConfiguration())
        environment = try BuiltProgram.environment(for: example, storageRoot: storageRoot, in: folder)
    }

    /// Kills as often as planned, then lets the bot come to an end.
    ///
    /// - Throws: Why it did not.
    func run() async throws {
        for round in 0..<plan.kills {
            let wanted = (round + 1) * plan.deliveries / (plan.kills + 1)
            try await life(upTo: wanted)
            try await letLeasesPass()
        }
        let last = try start(number: plan.kills)
        try await tell(upTo: plan.deliveries, port: try await last.port())
        try await stop(last)
        // What did not arrive on a busy machine is looked for when the program starts, and minutes later otherwise.
        let again = try start(number: plan.kills + 1)
        try await drained(again)
        try await stop(again)
        await transport.close()
    }

    private func stop(_ bot: BuiltProgram) async throws {
        let status = await bot.stop()
        guard status == 0 else { throw ChaosFailure("the program ended with \(status):\n\(try bot.logged)") }
    }

    /// The store, while nobody else or only the bot has it.
    func withStore<Result>(_ body: (SQLiteStore) async throws -> Result) async throws -> Result {
        let store = try await SQLiteStore(path: folder.appending(path: "bot.sqlite").path)
        let result = try await body(store)
        try await store.close()
        return result
    }

    // MARK: - One life of the program

    private func start(number: Int) throws -> BuiltProgram {
        try BuiltProgram(environment: environment, log: folder.appending(path: "log-\(number % 20).txt"))
    }

    /// Starts the program, lets people work, and kills it at a moment that chance chooses.
    private func life(upTo wanted: Int) async throws {
        let bot = try start(number: killedEarly + killedLate)
        if chance.next() % 10 == 0 {
            try await Patience.pause(milliseconds: Int(chance.next() % 60))
            await bot.kill()
            killedEarly += 1
            try await tell(upTo: wanted, port: 1)
            return
        }
        let port = try await bot.port()
        // Long enough that work gets on: what is cut off a dozen times is parked, as if it had ended the program itself.
        let milliseconds = Int(chance.next() % 1_800)
        let id = bot.id
        async let killing: Void = BuiltProgram.kill(id, afterMilliseconds: milliseconds)
        try await tell(upTo: wanted, port: port)
        try await killing
        await bot.ended()
        killedLate += 1
    }

    /// Lets people do things, and tells the bot of each; what does not arrive is lost, as it is with GitHub.
    private func tell(upTo wanted: Int, port: Int) async throws {
        let webhook = StandInWebhook(url: "http://127.0.0.1:\(port)/webhook", secret: example.webhookSecret)
        while stories.count < wanted {
            try await stories.goOn(&chance)
            try await gitHub.sendWaiting(to: webhook, over: transport)
        }
        try await gitHub.sendWaiting(to: webhook, over: transport)
    }

    /// Has a minute pass for the store: what a kill cut off need not be waited for in earnest.
    private func letLeasesPass() async throws {
        try await withStore { store in
            let later = Date().addingTimeInterval(61)
            guard let claimed = try await store.inbox.claim(now: later, leaseSeconds: 1) else { return }
            let back = Postponement(until: Date(), reason: "nobody worked on it", countsAsAttempt: false)
            try await store.inbox.postpone(claimed.lease, back, now: later)
        }
    }

    /// Waits until the bot has nothing left to do and nothing left to hear.
    private func drained(_ bot: BuiltProgram) async throws {
        let webhook = StandInWebhook(
            url: "http://127.0.0.1:\(try await bot.port())/webhook", secret: example.webhookSecret)
        let deadline = ContinuousClock.now + .seconds(180)
        var quietLooks = 0
        while ContinuousClock.now < deadline {
            let sent = try await gitHub.sendWaiting(to: webhook, over: transport)
            let isDone = try await withStore { store in
                let counts = try await store.inbox.counts()
                let guids = stories.guids
                let known = try await store.inbox.known(among: guids.map { DeliveryID($0) })
                return counts.waiting == 0 && counts.leased == 0 && known.count == guids.count
            }
            quietLooks = isDone && sent.isEmpty ? quietLooks + 1 : 0
            if quietLooks == 3 { return }
            try await Patience.pause(milliseconds: 100)
        }
        let (counts, known) = try await withStore { store in
            (try await store.inbox.counts(), try await store.inbox.known(among: stories.guids.map { DeliveryID($0) }))
        }
        let unknown = gitHub.deliveries.filter { !known.contains(DeliveryID($0.guid)) }
        let missing = unknown.map { "\($0.guid) \($0.event) \($0.status) \($0.statusCode) at \($0.deliveredAt)" }
        throw ChaosFailure(
            """
            the bot does not come to an end: \(counts)
            GitHub has these besides: \(missing.joined(separator: ", "))
            \(try bot.logged.suffix(4_000))
            """)
    }
}

/// Why a run has no result.
struct ChaosFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}
