internal import OpenSSLCrypto
internal import Synchronization

public import struct Foundation.Date
public import struct Foundation.URL

/// A stand-in for GitHub: repositories, pull requests, comments, checks and an App, which can be told to misbehave.
///
/// It holds state, not answers. Repositories are bare git repositories below one folder, so every object and every name
/// of one is real. `withGitHubStandIn` puts it behind HTTP, with REST below `/api/v3` and GraphQL at `/api/graphql`, as
/// GitHub Enterprise Server has them.
public final class GitHubStandIn: Sendable {
    // A class, since the server and the test that steers it share one.
    private let state = Mutex(GitHubState())
    private let address = Mutex("http://127.0.0.1:0")
    private let clock: @Sendable () -> Date
    private let folder: URL
    /// What it allows.
    public let limits: GitHubLimits

    /// An empty stand-in.
    ///
    /// - Parameters:
    ///   - folder: Where the repositories go; an existing folder that is deleted by who made it.
    ///   - limits: What it allows.
    ///   - clock: Tells the time, which may be wrong on purpose.
    public init(
        folder: URL, limits: GitHubLimits = GitHubLimits(), clock: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.folder = folder
        self.limits = limits
        self.clock = clock
    }

    /// The time by its clock.
    public var now: Date { clock() }

    /// The root of the service, such as `http://127.0.0.1:41231`.
    public var root: String { address.withLock { $0 } }

    /// The root of REST, such as `http://127.0.0.1:41231/api/v3`.
    public var restRoot: String { root + "/api/v3" }

    /// What it was asked so far.
    public var journal: GitHubJournal { read(\.journal) }

    /// Forgets what it was asked.
    public func clearJournal() { state.withLock { $0.journal = GitHubJournal() } }

    /// Makes something go wrong from now on.
    ///
    /// Latencies add up; of everything else the first that fits a request befalls it.
    public func misbehave(
        _ kind: GitHubMisbehavior.Kind, on target: GitHubMisbehavior.Target = .everything, skipCount: Int = 0,
        times: Int? = nil
    ) {
        let misbehavior = GitHubMisbehavior(kind: kind, target: target, skipCount: skipCount, times: times)
        state.withLock { $0.misbehaviors.append(misbehavior) }
    }

    /// Makes nothing go wrong any more.
    public func behave() { state.withLock { $0.misbehaviors = [] } }

    // MARK: - For its parts

    /// The addresses in its answers.
    var links: GitHubLinks { GitHubLinks(root: root) }

    /// Says where it answers.
    func answers(at root: String) { address.withLock { $0 = root } }

    /// Reads the state.
    func read<Result>(_ body: (GitHubState) throws -> Result) rethrows -> Result { try state.withLock { try body($0) } }

    /// Changes the state in one step.
    func change<Result>(_ body: (inout GitHubState) throws -> Result) rethrows -> Result {
        try state.withLock { try body(&$0) }
    }

    /// The git repository of a repository.
    func git(_ repositoryID: Int) -> BareRepository {
        BareRepository(folder: folder.appending(path: "\(repositoryID).git").path(percentEncoded: false))
    }
}

extension GitHubStandIn: StandIn {
    var readsBodies: Bool { true }

    func didAnswer() {}

    /// Answers a request, and writes both down.
    func reply(to wire: WireRequest) async -> StandInReply {
        let request = GitHubRequest(wire)
        if let page = await page(for: request) { return page }
        let now = clock()
        let troubles = change { state in state.troubles(of: request) }
        var spoiled = troubles.first { $0.isBefore }
        var result = Outcome()
        if spoiled == nil {
            result = await outcome(of: request, now: now)
            spoiled = troubles.first { !$0.isBefore }
        }
        var reply = result.reply
        if let spoiled { reply = reply.spoiled(by: spoiled, now: now) }
        for case .latency(let duration) in troubles { reply.latency += duration }
        reply.headers.append(StandInHeader(name: "Date", value: HTTPDate.text(now)))
        let entry = GitHubJournal.Entry(
            request: request, template: result.template, status: reply.status, body: reply.body, isFree: result.isFree,
            surprise: result.surprise, isSpoiled: spoiled != nil)
        change { $0.journal.add(entry) }
        return reply
    }

    /// What comes of a request where nothing goes wrong on purpose.
    private struct Outcome {
        var reply = StandInReply(contentType: "application/json; charset=utf-8", body: [])
        var template: String?
        var isFree = false
        var surprise: String?
    }

    private func outcome(of request: GitHubRequest, now: Date) async -> Outcome {
        var outcome = Outcome()
        do {
            try Self.checkHeaders(request)
            let (caller, key) = try read { try GitHubCaller.identify(request, in: $0, now: now) }
            let isGraphQL = !request.isREST && request.segments == ["api", "graphql"]
            let match = isGraphQL ? nil : Self.route(of: request)
            outcome.template = match?.route.template
            outcome.isFree = match?.route.template == "/rate_limit"
            let rated = RatedRequest(
                key: key, isGraphQL: isGraphQL, isWrite: request.method != "GET", isFree: outcome.isFree)
            let rate = try change { try $0.spend(rated, limits, now: now) }
            let exchange = GitHubExchange(
                standIn: self, request: request, path: match?.parameters ?? [:], caller: caller, now: now)
            var answer: GitHubAnswer
            if isGraphQL {
                let (body, problem) = try await graphQL(exchange)
                answer = .json(body)
                outcome.surprise = problem
            } else {
                guard let match else {
                    throw GitHubFailure(status: 404, message: "Not Found", isSurprising: true)
                }
                try pass(match.route, exchange)
                answer = try await match.route.handler(exchange)
            }
            outcome.reply = StandInReply(answer)
            outcome.reply.headers += rate.headers(resource: isGraphQL ? "graphql" : "core")
            if request.method == "GET", answer.status == 200, try revalidate(&outcome.reply, request) {
                outcome.isFree = true
                change { $0.refund(key, isGraphQL: isGraphQL) }
            }
        } catch {
            let failure =
                (error as? GitHubFailure) ?? GitHubFailure(status: 500, message: "\(error)", isSurprising: true)
            outcome.reply = StandInReply(.json(failure.body, status: failure.status))
            outcome.reply.headers += failure.headers
            if failure.isSurprising { outcome.surprise = failure.message }
        }
        return outcome
    }

    /// Gives an answer its name, and leaves its body out where the caller has that one already.
    private func revalidate(_ reply: inout StandInReply, _ request: GitHubRequest) throws -> Bool {
        // As on GitHub it is of the body alone, whatever pages are around this one.
        let tag = "W/\"\(hexadecimal(try sha256(reply.body)))\""
        reply.headers.append(StandInHeader(name: "ETag", value: tag))
        reply.headers.append(StandInHeader(name: "Cache-Control", value: "private, max-age=60, s-maxage=60"))
        guard request.header("If-None-Match") == tag else { return false }
        reply.status = 304
        reply.body = []
        reply.headers.removeAll { $0.name == "Content-Type" || $0.name == "Link" }
        return true
    }

    private func pass(_ route: GitHubRoute, _ exchange: GitHubExchange) throws {
        var repository: StandInRepository?
        if exchange.path["owner"] != nil, exchange.path["repo"] != nil {
            // An App by itself asks where it is installed.
            if case .app = exchange.caller {} else { repository = try exchange.repository() }
        }
        try read { try exchange.caller.pass(route.door, to: repository, in: $0) }
    }

    private static func checkHeaders(_ request: GitHubRequest) throws {
        guard request.header("User-Agent")?.isEmpty == false else {
            throw GitHubFailure(
                status: 403,
                message: "Request forbidden by administrative rules. Please make sure your request has a User-Agent "
                    + "header", isSurprising: true)
        }
        guard let version = request.header("X-GitHub-Api-Version") else {
            throw GitHubFailure(status: 400, message: "No API version is named", isSurprising: true)
        }
        guard version == "2022-11-28" else {
            throw GitHubFailure(status: 400, message: "\(version) is not a supported version", isSurprising: true)
        }
    }

    private static func route(
        of request: GitHubRequest
    ) -> (route: GitHubRoute, parameters: [String: String])? {
        guard request.isREST else { return nil }
        for route in GitHubRoutes.all where route.method == request.method {
            if let parameters = route.parameters(of: request.segments) { return (route, parameters) }
        }
        return nil
    }
}
