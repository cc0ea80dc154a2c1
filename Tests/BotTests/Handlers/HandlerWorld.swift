import BotCore
import CurlHTTP
import Foundation
import GitHubAPI
import GoogleCloudStorage
import Logging
import OpenSSLCrypto
import Persistence
import Playground
import Synchronization
import TestSupport
import Testing

@testable import Bot

/// The bot's handlers between a GitHub and a storage that answer over loopback, with a real database.
///
/// Deliveries are handed to the handlers one after the other, as the workers do, and tried again where they fail.
final class HandlerWorld: Sendable {
    /// The repository, its people and the App.
    let example: ExampleWorld
    /// Where buckets are.
    let buckets: GCSStandIn
    /// Sends requests.
    let transport: CurlTransport
    /// Where buckets answer.
    let storageRoot: String
    /// The one clock.
    let clock: TestClock
    /// How the handlers are set up.
    let setup: Mutex<Setup>
    private let folder: URL
    private let store = Mutex<(any Store)?>(nil)
    private let cursor = Mutex(0)
    private let memory = RegistryMemory()
    private let client = Mutex<GitHubClient?>(nil)

    /// How the handlers are set up.
    struct Setup: Sendable {
        var isDryRun = false
        var quietSeconds = 60.0
        var scope = RepositoryScope.installed
        /// A personal token in the place of the App.
        var token: Secret?
        /// Stands before the storage.
        var meddling: (@Sendable () async throws -> Void)?
    }

    /// A delivery that was not finished.
    struct NotFinished: Error, CustomStringConvertible {
        let outcome: String
        var description: String { outcome }
    }

    var gitHub: GitHubStandIn { example.standIn }
    var contributor: StandInAccount { example.contributor }
    var maintainer: StandInAccount { example.maintainer }
    var repository: RepositoryReference { example.repository }
    var now: Date { clock.now }

    /// A world.
    ///
    /// - Parameters:
    ///   - example: The repository, its people and the App.
    ///   - storage: Where buckets are, and where they answer.
    ///   - transport: Sends requests.
    ///   - folder: Where databases go.
    ///   - clock: The one clock.
    init(
        example: ExampleWorld, storage: (buckets: GCSStandIn, root: String), transport: CurlTransport, folder: URL,
        clock: TestClock
    ) {
        self.example = example
        (buckets, storageRoot) = storage
        self.transport = transport
        self.folder = folder
        self.clock = clock
        setup = Mutex(Setup())
    }

    // MARK: - The database

    func openStore(named name: String = "bot") async throws {
        let opened = try await SQLiteStore(path: folder.appending(path: "\(name).sqlite").path)
        client.withLock { $0 = nil }
        store.withLock { $0 = opened }
    }

    func closeStore() async throws {
        let open = store.withLock { $0 }
        try await open?.close()
    }

    var openedStore: any Store {
        get throws { try #require(store.withLock { $0 }) }
    }

    // MARK: - The handlers

    func parts() throws -> HandlerParts {
        let setup = setup.withLock { $0 }
        let now: @Sendable () -> Date = { self.now }
        let opened = try openedStore
        let known = self.client.withLock { $0 }
        let github = try known ?? self.github(setup, opened)
        self.client.withLock { $0 = github }
        let client = GCSClient(
            transport: transport, rootURL: storageRoot, surroundings: Surroundings(now: now),
            concurrency: ConcurrencyLimit(16))
        let storage: any ObjectStorage
        if let meddling = setup.meddling {
            storage = MeddledStorage(storage: client, meddling: meddling)
        } else {
            storage = client
        }
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        return HandlerParts(
            github: github, store: opened, storage: storage, memory: memory,
            words: try CommandTemplates(overrides: [:]), links: CheckLinks(), scope: setup.scope,
            isDryRun: setup.isDryRun, quietSeconds: setup.quietSeconds, now: now, logger: logger)
    }

    private func github(_ setup: Setup, _ store: any Store) throws -> GitHubClient {
        var settings = ClientSettings(roots: GitHubRoots(rest: try #require(URL(string: gitHub.restRoot))))
        settings.pacing = .unpaced
        let credentials: GitHubCredentials
        if let token = setup.token {
            credentials = .token(token)
        } else {
            credentials = .app(id: "\(example.app.appID)", key: try RSAPrivateKey(pem: example.app.privatePEM))
        }
        return try GitHubClient(
            credentials: credentials, transport: transport, stores: ClientStores(store), settings: settings,
            surroundings: ClientSurroundings(now: { self.now }, pause: { _ in }))
    }

    /// Hands over one event.
    func handle(_ event: Event, attempt: Int = 1) async throws -> DeliveryOutcome {
        let delivery = DeliveryInHand(
            id: DeliveryID("test"), source: "test", receivedAt: now, attempt: attempt, isLastAttempt: attempt >= 5,
            lastReason: nil)
        return try await EventHandler(parts: try parts()).handle(event, of: delivery)
    }

    /// Hands over everything that GitHub has told since the last time, and tries again what fails.
    ///
    /// - Parameter attempts: How often a delivery is tried.
    /// - Throws: What the last attempt threw, or `NotFinished`.
    func settle(attempts: Int = 5) async throws {
        while true {
            let index = cursor.withLock { $0 }
            let deliveries = gitHub.deliveries
            guard index < deliveries.count else { return }
            cursor.withLock { $0 = index + 1 }
            try await settle(deliveries[index], attempts: attempts)
        }
    }

    /// Forgets what GitHub has told and nobody was handed.
    func skip() { cursor.withLock { $0 = gitHub.deliveries.count } }

    /// Hands over once more the last delivery that something depended on.
    func repeatLast() async throws {
        let last = try gitHub.deliveries.last { delivery in
            if case .ignored = try Event(name: delivery.event, payload: delivery.payload) { return false }
            return true
        }
        try await settle(try #require(last), attempts: 5)
    }

    private func settle(_ delivery: StandInDelivery, attempts: Int) async throws {
        let event = try Event(name: delivery.event, payload: delivery.payload)
        for attempt in 1...attempts {
            do {
                let outcome = try await handle(event, attempt: attempt)
                guard outcome == .finished else { throw NotFinished(outcome: "\(outcome)") }
                return
            } catch  where attempt < attempts && !(error is NotFinished) {
                continue
            }
        }
    }

    /// Moves the clock, and hands over what the bot wanted to look at by then.
    ///
    /// - Returns: How many reminders were due.
    func pass(minutes: Int) async throws -> Int {
        clock.move(seconds: Double(minutes) * 60)
        let schedules = try openedStore.schedules
        let due = try await schedules.claimDue(now: now, leaseSeconds: 60, limit: 10)
        for claimed in due {
            let later = try LaterDelivery(job: claimed.job)
            try await schedules.finish(claimed.lease, now: now)
            _ = try await handle(try Event(name: later.event, payload: Array(later.payload.utf8)))
        }
        return due.count
    }

    // MARK: - What people see

    /// The comments of the bot in the conversation; those on lines count as read too.
    func said(on issue: IssueReference) -> [StandInComment] {
        _ = gitHub.lineComments(on: issue)
        return gitHub.comments(on: issue).filter { $0.author.login == example.app.bot.login }
    }

    /// The check runs of a pull request's head.
    func checks(of issue: IssueReference) -> [StandInCheckRun] {
        gitHub.checkRuns(of: repository, at: gitHub.headSHA(of: issue))
    }
}

/// A clock that a test moves.
final class TestClock: Sendable {
    private let time: Mutex<Date>

    init(_ start: Date) { time = Mutex(start) }

    var now: Date { time.withLock { $0 } }

    func move(seconds: Double) { time.withLock { $0 += seconds } }
}

/// A storage before which something happens once, when it is asked for the first time.
private struct MeddledStorage: ObjectStorage {
    let storage: any ObjectStorage
    let meddling: @Sendable () async throws -> Void
    private let isDone = Done()

    private final class Done: Sendable {
        let flag = Mutex(false)
        func isFirst() -> Bool {
            flag.withLock { done in
                defer { done = true }
                return !done
            }
        }
    }

    init(storage: any ObjectStorage, meddling: @escaping @Sendable () async throws -> Void) {
        self.storage = storage
        self.meddling = meddling
    }

    func list(_ question: ListQuestion) async throws -> StorageAnswer<ListPage> {
        if isDone.isFirst() {
            do { try await meddling() } catch { Issue.record(error) }
        }
        return try await storage.list(question)
    }

    func withObject<Value: Sendable>(
        bucket: String, object: String, byteLimit: Int, _ read: (ObjectPieces) async throws -> Value
    ) async throws -> StorageAnswer<Value> {
        try await storage.withObject(bucket: bucket, object: object, byteLimit: byteLimit, read)
    }
}

/// Runs `body` in a new world; at its end nothing surprising was asked and every comment was looked at.
///
/// - Parameters:
///   - files: What the repository starts with, on top of a small registry.
///   - body: Gets the world.
/// - Throws: What `body` throws, or why something could not be started.
func withHandlerWorld(
    _ files: [String: String] = [:], _ body: (HandlerWorld) async throws -> Void
) async throws {
    let clock = TestClock(Date())
    let start = clock.now
    try await withTemporaryFolder { folder in
        try await withGitHubStandIn(clock: { clock.now }) { gitHub in
            try await withGCSStandIn { buckets, storageRoot in
                var all = GitChanges()
                for (path, text) in exampleRegistry.merging(files, uniquingKeysWith: { $1 }) {
                    all.files[path] = .some(Array(text.utf8))
                }
                for bucket in ["acme-results", "globex-results"] { buckets.add(freshBucket(bucket, newest: start)) }
                let transport = try CurlTransport(CurlConfiguration())
                let world = HandlerWorld(
                    example: try await ExampleWorld(in: gitHub, files: all), storage: (buckets, storageRoot),
                    transport: transport, folder: folder, clock: clock)
                world.skip()
                try await world.openStore()
                try await body(world)
                try await world.closeStore()
                await transport.close()
                #expect(gitHub.journal.surprises.map(\.name) == [])
                #expect(gitHub.unreadComments == [])
            }
        }
    }
}

/// A bucket with a job that ran an hour ago.
func freshBucket(_ name: String, access: AccessMode = .worldReadable, newest: Date) -> StandInBucket {
    let job = SyntheticJob(
        ObjectName("logs/e2e"), ids: .snowflake, count: 6, newest: newest.addingTimeInterval(-3600),
        intervalSeconds: 86_400)
    return StandInBucket(name, access: access, jobs: [job])
}

/// A registry that breaks no rule.
let exampleRegistry = [
    "README.md": "The registry.\n",
    "kettle/buckets.yaml": """
    gs://acme-results/logs/:
      contact: "acme-jdoe"
      prefix: "acme:"
      sequential: false

    """,
    "config/testgrids/acme/acme.yaml": """
    test_groups:
    - name: acme-e2e
      gcs_prefix: acme-results/logs/e2e
      disable_prowjob_analysis: true
    dashboards:
    - name: conformance-acme
      dashboard_tab:
      - name: e2e
        test_group_name: acme-e2e
        description: Runs the conformance tests
        results_url_template:
          url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/
        open_test_template:
          url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/<changelist>

    """,
    "config/testgrids/acme/OWNERS": "approvers:\n- acme-jdoe\n",
]

/// `buckets.yaml` with one more entry.
func bucketsYAML(adding bucket: String, prefix: String = "globex:", contact: String = "acme-jdoe") -> String {
    (exampleRegistry["kettle/buckets.yaml"] ?? "")
        + "gs://\(bucket)/logs/:\n  contact: \"\(contact)\"\n  prefix: \"\(prefix)\"\n  sequential: false\n"
}
