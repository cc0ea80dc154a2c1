public import BotCore
public import CurlHTTP
internal import Synchronization

/// Asks and tells GitHub, on github.com or an Enterprise Server, as a GitHub App or with a personal token.
///
/// It is a value; all copies share tokens, paces and pauses. Every method that asks GitHub throws `GitHubError`, or
/// `CancellationError` where its task is canceled. Reads are repeated within a budget. Writes are repeated only where it
/// is certain that they were not carried out; where it is not, they throw `GitHubError` `ambiguous`.
public struct GitHubClient: Sendable {
    let connection: GitHubConnection
    /// Who waits for what this client is asked.
    public let priority: RequestPriority

    /// A client for what people wait for; `prioritized` gives others.
    ///
    /// - Parameters:
    ///   - credentials: What GitHub is shown.
    ///   - transport: Sends the requests.
    ///   - stores: What is kept beyond the process.
    ///   - settings: Where GitHub answers, and bounds.
    ///   - surroundings: Clock, pauses and randomness.
    /// - Throws: `CryptoError` where OpenSSL lacks SHA-256.
    public init(
        credentials: GitHubCredentials, transport: any Transport, stores: ClientStores = ClientStores(),
        settings: ClientSettings, surroundings: ClientSurroundings
    ) throws {
        connection = try GitHubConnection(
            credentials: credentials, transport: transport, stores: stores, settings: settings,
            surroundings: surroundings)
        priority = .interactive
    }

    private init(connection: GitHubConnection, priority: RequestPriority) {
        self.connection = connection
        self.priority = priority
    }

    /// The same client for requests of another priority.
    public func prioritized(_ priority: RequestPriority) -> GitHubClient {
        GitHubClient(connection: connection, priority: priority)
    }

    /// Whether the client acts as a GitHub App: personal tokens cannot make check runs, nor see deliveries.
    public var isApp: Bool {
        if case .app = connection.credentials { true } else { false }
    }

    /// The App's id; `nil` for a personal token, and where the settings give the App's client id in its place.
    public var appID: Int? {
        if case .app(let id, _) = connection.credentials { Int(id) } else { nil }
    }

    /// What can be asked and told about one repository.
    ///
    /// - Parameters:
    ///   - name: The repository.
    ///   - installation: The App's installation there where a webhook named it, which saves a request.
    /// - Returns: The repository; nothing is asked yet.
    public func repository(_ name: RepositoryName, installation: InstallationID? = nil) -> GitHubRepository {
        if let installation { connection.installations.note(installation, of: name) }
        return GitHubRepository(name: name, requester: requester(.repository(name)))
    }

    /// What an App can ask about itself.
    public var app: GitHubApp { GitHubApp(requester: requester(.app)) }

    /// The repositories of one installation of the App, or all that the personal token may see.
    public func repositories(of installation: InstallationID) async throws -> [RepositoryDetails] {
        try await requester(.installation(installation)).list(["installation", "repositories"]) {
            (page: InstallationRepositoriesPage) in page.repositories
        }
    }

    /// The account that the client's comments are written by.
    ///
    /// It is asked for once: an App by its slug, a personal token by itself.
    /// Source: https://docs.github.com/en/rest/users/users#get-the-authenticated-user; an App's account is
    /// `SLUG[bot]`, and its id is not the App's.
    public func account() async throws -> GitHubAccount {
        if let known = connection.knownAccount.withLock({ $0 }) { return known }
        return try await connection.ownAccount.run("") {
            let found = try await askForAccount()
            connection.knownAccount.withLock { $0 = found }
            return found
        }
    }

    /// What went over the wire so far.
    public var counts: RequestCounts { connection.counter.counts }

    /// What GitHub said last of its hourly limits, by credential, as in `installation:42`.
    public var limits: [String: [RateLimit]] { connection.limits }

    /// How many seconds this machine's clock is behind GitHub's, as far as GitHub had to point it out.
    public var clockSkewSeconds: Double { connection.skew.seconds }

    func requester(_ scope: Requester.Scope) -> Requester {
        Requester(connection: connection, scope: scope, priority: priority)
    }

    private func askForAccount() async throws -> GitHubAccount {
        guard isApp else {
            var request = try requester(.anonymous).request(["user"])
            request.keeping = .nowhere
            let answer = try await connection.send(request, as: .owner, priority)
            return try requester(.anonymous).value(of: answer)
        }
        let itself = try await app.details()
        // The App's own token is not let in here; any installation's is, and so is nobody where there is none.
        let first = try await app.firstInstallation()
        let asker = first.map { requester(.installation($0.id)) } ?? requester(.anonymous)
        return try await asker.get(["users", "\(itself.slug)[bot]"], keeping: .nowhere)
    }
}
