public import CurlHTTP
internal import Synchronization

public import struct Foundation.Date

/// A stand-in for Prow's ghproxy: it stands between the bot and GitHub, speaks plain HTTP, and keeps answers.
///
/// What is below its own root it asks of GitHub below GitHub's, `Authorization` and all. An answer that it keeps is never
/// given without asking GitHub whether it still holds; where it does, the whole answer goes to the caller with 200, also
/// to one who asked with a tag of its own, and `X-Cache-Mode` tells. Answers are kept apart by `Authorization`. It can
/// hold requests up so that they do not follow each other too fast. Who asks for an installation's token gets the one that
/// somebody else was given before, while that has a minute left. Equal requests at the same time it asks one by one,
/// where ghproxy asks once.
///
/// Source: https://docs.prow.k8s.io/docs/ghproxy/; `pkg/ghcache` of kubernetes-sigs/prow.
public final class GitHubProxyStandIn: Sendable {
    // A class, since its server and the test that steers it share one.

    /// How it was set up.
    public struct Setup: Sendable {
        /// What a query of GraphQL is answered.
        public enum GraphQL: Hashable, Sendable {
            /// What GitHub answers at this address.
            case passedOn(to: String)
            /// Nothing but this status, since the proxy stands in front of REST alone.
            case refused(status: Int)
        }

        /// GitHub's root of REST.
        public var upstream: String
        /// What becomes of GraphQL.
        public var graphQL = GraphQL.refused(status: 404)
        /// The least time between the starts of two reads, and of two writes; zero for none.
        public var spacing = (reads: Duration.zero, writes: Duration.zero)
        /// The longest that a request is held up.
        public var longestHold = Duration.seconds(30)

        /// A proxy that holds nothing up.
        public init(upstream: String) { self.upstream = upstream }
    }

    /// One request that it answered.
    public struct Answer: Hashable, Sendable {
        /// What ghproxy says of an answer.
        public enum Mode: String, Hashable, Sendable {
            case miss = "MISS"
            case changed = "CHANGED"
            case revalidated = "REVALIDATED"
            case noStore = "NO-STORE"
            case skip = "SKIP"
        }

        /// The method.
        public let method: String
        /// Path and query below the proxy's root.
        public let target: String
        /// The status that the caller got.
        public let status: Int
        /// How it came by the answer; nil where GitHub gave none.
        public let mode: Mode?
        /// How long the request was held up.
        public let hold: Duration
        /// What it was told of whose requests these are, and of when what it keeps for them can go.
        public let told: [String: String]
    }

    private struct Key: Hashable {
        let authorization: String
        let target: String
        let accept: String
    }

    private struct Kept {
        let tag: String
        let response: HTTPResponse
    }

    private struct State {
        var kept: [Key: Kept] = [:]
        var tokens: [String: SharedToken] = [:]
        var answers: [Answer] = []
        var nextStart: Date?
        var isAway = false
    }

    private let setup: Setup
    private let transport: any Transport
    private let now: @Sendable () -> Date
    private let pause: @Sendable (Duration) async throws -> Void
    private let state = Mutex(State())

    /// A proxy that keeps nothing yet.
    ///
    /// - Parameters:
    ///   - setup: How it is set up.
    ///   - transport: Asks GitHub.
    ///   - now: The time.
    ///   - pause: Waits.
    public init(
        _ setup: Setup, over transport: any Transport, now: @escaping @Sendable () -> Date,
        pause: @escaping @Sendable (Duration) async throws -> Void
    ) {
        self.setup = setup
        self.transport = transport
        self.now = now
        self.pause = pause
    }

    /// What it answered so far, in the order in which the answers were there.
    public var answers: [Answer] { state.withLock(\.answers) }

    /// Lets it break every connection, as where it is restarted; or answer again.
    public func stayAway(_ isAway: Bool) { state.withLock { $0.isAway = isAway } }
}

extension GitHubProxyStandIn: StandIn {
    var readsBodies: Bool { true }

    func didAnswer() {}

    func reply(to request: WireRequest) async -> StandInReply {
        guard !state.withLock(\.isAway) else {
            var reply = StandInReply(status: 502, contentType: "text/plain", body: [])
            reply.delivery = .reset
            return reply
        }
        let hold = hold(isRead: request.method == "GET")
        do {
            if hold > .zero { try await pause(hold) }
            let (response, mode) = try await answer(to: request)
            note(request, response.head.status, mode, hold)
            return StandInReply(response, mode)
        } catch {
            // What Go's reverse proxy answers where the other side gives no answer: a status and nothing else.
            note(request, 502, nil, hold)
            return StandInReply(status: 502, contentType: "text/plain", body: [])
        }
    }

    // MARK: - Asking GitHub

    private func answer(to request: WireRequest) async throws -> (HTTPResponse, Answer.Mode) {
        if request.target == "/graphql" {
            switch setup.graphQL {
            case .passedOn(let address): return (try await ask(request, at: address, tag: nil), .noStore)
            case .refused(let status): return (HTTPResponse(head: HTTPResponseHead(status: status)), .skip)
            }
        }
        let address = setup.upstream + request.target
        guard request.method == "GET" else {
            return (shared(try await ask(request, at: address, tag: nil), for: request), .skip)
        }
        let key = Key(
            authorization: request.header("Authorization") ?? "", target: request.target,
            accept: request.header("Accept") ?? "")
        let kept = state.withLock { $0.kept[key] }
        let response = try await ask(request, at: address, tag: kept?.tag)
        if response.head.status == 304, let kept { return (kept.response, .revalidated) }
        guard response.head.status == 200, let tag = response.head.headers["ETag"] else { return (response, .noStore) }
        state.withLock { $0.kept[key] = Kept(tag: tag, response: response) }
        return (response, kept == nil ? .miss : .changed)
    }

    /// Asks GitHub as the caller did, but for a tag of the proxy's own.
    private func ask(_ request: WireRequest, at address: String, tag: String?) async throws -> HTTPResponse {
        guard let method = HTTPRequest.Method(rawValue: request.method) else {
            return HTTPResponse(head: HTTPResponseHead(status: 405))
        }
        var headers = HTTPHeaders()
        for field in request.headers where !Self.ownHeaders.contains(field.name.lowercased()) {
            headers.append(name: field.name, value: field.value)
        }
        if let tag { headers["If-None-Match"] = tag }
        let hasBody = method != .get && method != .head
        return try await transport.send(
            HTTPRequest(
                method, address, headers: headers, body: hasBody ? request.body : nil, byteLimit: 64 << 20))
    }

    /// An answer with the token that others were given, where it is about a token.
    private func shared(_ response: HTTPResponse, for request: WireRequest) -> HTTPResponse {
        guard let new = SharedToken(response, for: request) else { return response }
        let token = state.withLock { state in
            if let old = state.tokens[request.target], old.lasts(now()) { return old }
            state.tokens[request.target] = new
            return new
        }
        return HTTPResponse(head: response.head, body: token.answer)
    }

    /// Headers that concern one connection alone.
    private static let ownHeaders: Set<String> = [
        "host", "connection", "content-length", "transfer-encoding", "expect", "accept-encoding",
    ]

    // MARK: - Holding up

    private func hold(isRead: Bool) -> Duration {
        let spacing = isRead ? setup.spacing.reads : setup.spacing.writes
        let now = now()
        return state.withLock { state in
            let start = max(state.nextStart ?? now, now)
            state.nextStart = start.addingTimeInterval(spacing / .seconds(1))
            return min(.seconds(start.timeIntervalSince(now)), setup.longestHold)
        }
    }

    private func note(_ request: WireRequest, _ status: Int, _ mode: Answer.Mode?, _ hold: Duration) {
        var told: [String: String] = [:]
        for field in request.headers where field.name.lowercased().hasPrefix("x-prow-") {
            told[field.name.lowercased()] = field.value
        }
        let answer = Answer(
            method: request.method, target: request.target, status: status, mode: mode, hold: hold, told: told)
        state.withLock { $0.answers.append(answer) }
    }
}

extension StandInReply {
    /// GitHub's answer as it is passed on.
    fileprivate init(_ response: HTTPResponse, _ mode: GitHubProxyStandIn.Answer.Mode) {
        self.init(status: response.head.status, contentType: "", body: response.body)
        headers = response.head.headers.fields
            .filter { !["content-length", "transfer-encoding", "connection", "server"].contains($0.name.lowercased()) }
            .map { StandInHeader(name: $0.name, value: $0.value) }
        headers.append(StandInHeader(name: "X-Cache-Mode", value: mode.rawValue))
    }
}

/// Serves a proxy on a free port of the loopback interface while `body` runs.
///
/// - Parameters:
///   - proxy: What answers.
///   - body: Gets its root, such as `http://127.0.0.1:41231`.
/// - Returns: What `body` returns.
/// - Throws: What `body` throws, or why the server did not start.
public func withGitHubProxy<Result: Sendable>(
    _ proxy: GitHubProxyStandIn, _ body: (String) async throws -> Result
) async throws -> Result {
    try await withStandInServer(proxy, named: "ghproxy", body)
}
