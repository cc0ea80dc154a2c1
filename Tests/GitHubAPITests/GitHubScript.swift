import BotCore
import CurlHTTP
import GitHubAPI
import OpenSSLCrypto
import Synchronization
import TestSupport
import Testing

import struct Foundation.Date
import struct Foundation.URL

/// A client whose requests are answered from a script, with a clock that moves only when the client waits.
///
/// A request that the script does not know fails the test.
final class GitHubScript: Sendable {
    /// What one request is answered.
    struct Reply: Sendable {
        var status = 200
        var headers: HTTPHeaders = [:]
        var body = "{}"
        var failure: TransportError?

        static func json(_ body: String, status: Int = 200, _ headers: HTTPHeaders = [:]) -> Reply {
            Reply(status: status, headers: headers, body: body)
        }

        static func status(_ status: Int, _ headers: HTTPHeaders = [:], message: String = "no") -> Reply {
            Reply(status: status, headers: headers, body: #"{"message":"\#(message)"}"#)
        }

        static func fails(_ error: TransportError) -> Reply { Reply(failure: error) }
    }

    private struct State {
        var now = GitHubScript.start
        var waits: [Duration] = []
        var replies: [String: [Reply]] = [:]
        var tokensMade = 0
        var wait: @Sendable () async -> Void = {}
        var makers: [String: @Sendable (HTTPRequest) -> Reply] = [:]
    }

    /// A Sunday in the middle of an hour.
    static let start = Date(timeIntervalSince1970: 1_800_000_000)

    /// How far GitHub's clock is ahead of this one's.
    let serverAheadSeconds: Double
    private let state = Mutex(State())
    private let made = Mutex<ScriptedTransport?>(nil)

    init(serverAheadSeconds: Double = 0) { self.serverAheadSeconds = serverAheadSeconds }

    /// Says what a request is answered, once for each reply.
    ///
    /// - Parameters:
    ///   - words: Method, path and query, as in `GET /user`.
    ///   - replies: The answers in their order.
    func on(_ words: String, _ replies: Reply...) {
        state.withLock { $0.replies[words, default: []] += replies }
    }

    /// Says how an answer is made, however often it is asked for.
    func on(_ words: String, make: @escaping @Sendable (HTTPRequest) -> Reply) {
        state.withLock { $0.makers[words] = make }
    }

    /// Does something before each answer.
    func whenAsked(_ wait: @escaping @Sendable () async -> Void) { state.withLock { $0.wait = wait } }

    /// The present.
    var now: Date { state.withLock { $0.now } }

    /// Lets time pass.
    func pass(_ seconds: Double) { state.withLock { $0.now.addTimeInterval(seconds) } }

    /// What the client waited for, each time.
    var waits: [Duration] { state.withLock { $0.waits } }

    /// The requests so far, with their headers.
    var requests: [HTTPRequest] { transport.requests }

    /// The requests so far, in words.
    var words: [String] { requests.map(Self.words) }

    /// What was scripted and not asked for.
    var leftOver: [String] { state.withLock { $0.replies.filter { !$0.value.isEmpty }.keys.sorted() } }

    var surroundings: ClientSurroundings {
        ClientSurroundings(
            now: { self.now },
            pause: { wait in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.waits.append(wait)
                    let parts = wait.components
                    state.now.addTimeInterval(Double(parts.seconds) + Double(parts.attoseconds) / 1e18)
                }
            },
            random: { 0.5 })
    }

    var transport: ScriptedTransport {
        made.withLock { made in
            if let made { return made }
            let transport = ScriptedTransport { [self] request throws(TransportError) in
                await state.withLock { $0.wait }()
                return try answer(request)
            }
            made = transport
            return transport
        }
    }

    /// A client that shows a personal token.
    func owner(stores: ClientStores = ClientStores(), _ change: (inout ClientSettings) -> Void = { _ in }) throws
        -> GitHubClient
    {
        try client(.token(Secret("ghp_hush")), stores: stores, change)
    }

    /// A client that is an App; its installation is 42 and its tokens are `t1`, `t2` and so on.
    func app(
        id: String = "77", stores: ClientStores = ClientStores(), _ change: (inout ClientSettings) -> Void = { _ in }
    ) async throws -> GitHubClient {
        try client(.app(id: id, key: try await TestKey.shared.key()), stores: stores, change)
    }

    private func client(
        _ credentials: GitHubCredentials, stores: ClientStores, _ change: (inout ClientSettings) -> Void
    ) throws -> GitHubClient {
        var settings = ClientSettings(
            roots: GitHubRoots(rest: try #require(URL(string: "https://github.test/api/v3"))))
        settings.pacing = .unpaced
        change(&settings)
        return try GitHubClient(
            credentials: credentials, transport: transport, stores: stores, settings: settings,
            surroundings: surroundings)
    }

    static func words(_ request: HTTPRequest) -> String {
        let path = request.url.replacing("https://github.test/api/v3", with: "")
            .replacing("https://github.test", with: "")
        return "\(request.method.rawValue) \(path)"
    }

    private func answer(_ request: HTTPRequest) throws(TransportError) -> HTTPResponse {
        let words = Self.words(request)
        let reply = state.withLock { state -> Reply? in
            if var waiting = state.replies[words], !waiting.isEmpty {
                let first = waiting.removeFirst()
                state.replies[words] = waiting
                return first
            }
            if let make = state.makers[words] { return make(request) }
            return Self.usual(words, &state, ahead: serverAheadSeconds)
        }
        guard let reply else {
            Issue.record("nobody expects \(words)")
            throw .notAllowed(reason: "nobody expects \(words)")
        }
        if let failure = reply.failure { throw failure }
        var headers = reply.headers
        if headers["Date"] == nil { headers["Date"] = now.addingTimeInterval(serverAheadSeconds).httpDate }
        return HTTPResponse(
            head: HTTPResponseHead(status: reply.status, headers: headers), body: Array(reply.body.utf8))
    }

    /// What an App asks for before anything else.
    private static func usual(_ words: String, _ state: inout State, ahead: Double) -> Reply? {
        switch words {
        case "GET /repos/o/r/installation":
            return .json(#"{"id":42,"account":{"id":1,"login":"o","type":"Organization"}}"#)
        case "POST /app/installations/42/access_tokens":
            state.tokensMade += 1
            let end = state.now.addingTimeInterval(ahead + 3_600).rfc3339
            return .json(#"{"token":"t\#(state.tokensMade)","expires_at":"\#(end)"}"#, status: 201)
        default: return nil
        }
    }
}

extension Date {
    /// The time as HTTP writes it.
    var httpDate: String {
        let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
        let months = [
            "01": "Jan", "02": "Feb", "03": "Mar", "04": "Apr", "05": "May", "06": "Jun", "07": "Jul", "08": "Aug",
            "09": "Sep", "10": "Oct", "11": "Nov", "12": "Dec",
        ]
        let parts = rfc3339.split { "-T:Z".contains($0) }.map(String.init)
        let day = days[Int(timeIntervalSince1970 / 86_400) % 7]
        return "\(day), \(parts[2]) \(months[parts[1]] ?? "") \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) GMT"
    }
}

/// A key made for this run, once.
actor TestKey {
    static let shared = TestKey()

    private var making: Task<RSAPrivateKey, any Error>?

    func key() async throws -> RSAPrivateKey {
        if let making { return try await making.value }
        let task = Task {
            let pem = try await output(of: "/usr/bin/openssl", ["genrsa", "2048"], package: "openssl")
            return try RSAPrivateKey(pem: Secret(pem))
        }
        making = task
        return try await task.value
    }
}

/// Runs `body` and gives the error of GitHub's that it throws.
func gitHubError<Value>(_ body: () async throws -> Value) async throws -> GitHubError {
    do {
        _ = try await body()
    } catch let error as GitHubError {
        return error
    }
    throw NothingThrown()
}

struct NothingThrown: Error {}

/// The repository of the scripts.
func repository(_ client: GitHubClient) throws -> GitHubRepository {
    client.repository(try #require(RepositoryName("o/r")))
}

/// A hash made of one digit.
func hash(_ digit: Character) throws -> GitObjectID {
    try #require(GitObjectID(String(repeating: digit, count: 40)))
}
