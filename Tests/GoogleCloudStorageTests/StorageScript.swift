import BotCore
import CurlHTTP
import Foundation
import GoogleCloudStorage
import Synchronization
import Testing

/// A transport that gives one answer after the other, and may break one off in the middle.
final class StorageScript: Transport {
    /// What one request meets.
    enum Step: Sendable {
        /// A whole answer.
        case answer(Int, String, headers: HTTPHeaders = [:])
        /// An answer whose body breaks off after these pieces.
        case broken([String], TransportError)
        /// No answer.
        case failure(TransportError)
    }

    private let steps: Mutex<[Step]>
    private let seen = Mutex<[HTTPRequest]>([])

    init(_ steps: [Step]) { self.steps = Mutex(steps) }

    /// The requests so far.
    var requests: [HTTPRequest] { seen.withLock { $0 } }

    /// How many answers nobody has asked for.
    var unusedCount: Int { steps.withLock { $0.count } }

    func withResponse<Result: Sendable>(
        to request: HTTPRequest, _ read: (HTTPResponseHead, HTTPBody) async throws -> Result
    ) async throws -> Result {
        seen.withLock { $0.append(request) }
        let step = steps.withLock { $0.isEmpty ? nil : $0.removeFirst() }
        switch step {
        case nil:
            Issue.record("nobody expected \(request.url)")
            throw TransportError.notAllowed(reason: "unexpected")
        case .failure(let error):
            throw error
        case .answer(let status, let text, let headers):
            let pieces = text.isEmpty ? [] : [Array(text.utf8)]
            return try await read(HTTPResponseHead(status: status, headers: headers), Self.body(pieces, then: nil))
        case .broken(let pieces, let error):
            let body = Self.body(pieces.map { Array($0.utf8) }, then: error)
            return try await read(HTTPResponseHead(status: 200), body)
        }
    }

    func send(_ request: HTTPRequest) async throws(TransportError) -> HTTPResponse {
        throw .notAllowed(reason: "the client streams")
    }

    private static func body(_ pieces: [[UInt8]], then error: TransportError?) -> HTTPBody {
        let rest = PiecesLeft(pieces)
        return HTTPBody { () async throws(TransportError) -> [UInt8]? in
            if let piece = rest.next() { return piece }
            if let error { throw error }
            return nil
        }
    }
}

private final class PiecesLeft: Sendable {
    private let pieces: Mutex<[[UInt8]]>

    init(_ pieces: [[UInt8]]) { self.pieces = Mutex(pieces) }

    func next() -> [UInt8]? { pieces.withLock { $0.isEmpty ? nil : $0.removeFirst() } }
}

/// A clock that only pauses move, and that writes them down.
final class TestClock: Sendable {
    private let state = Mutex<(now: Date, pauses: [Duration])>((Date(timeIntervalSince1970: 1_800_000_000), []))

    /// The time.
    var now: Date { state.withLock { $0.now } }

    /// Every pause so far.
    var pauses: [Duration] { state.withLock { $0.pauses } }

    /// Lets time pass.
    func advance(_ seconds: Double) { state.withLock { $0.now += seconds } }

    /// Surroundings that live by this clock, with the largest jitter.
    var surroundings: Surroundings {
        Surroundings(
            now: { self.now },
            pause: { pause in
                try Task.checkCancellation()
                self.state.withLock { state in
                    state.pauses.append(pause)
                    state.now += Double(pause.components.seconds) + Double(pause.components.attoseconds) / 1e18
                }
            },
            random: { 1 })
    }
}

/// A client, what it talks to, and its clock.
struct ScriptedClient {
    let client: GCSClient
    let script: StorageScript
    let clock = TestClock()

    init(_ steps: StorageScript.Step..., retries: RetryBudget = RetryBudget()) {
        script = StorageScript(steps)
        client = GCSClient(
            transport: script, rootURL: "http://127.0.0.1:9", limits: GCSClient.Limits(retries: retries),
            surroundings: clock.surroundings)
    }

    /// Lists the bucket `b`, and checks that every answer of the script was wanted.
    func list(_ location: SourceLocation = #_sourceLocation) async throws -> StorageAnswer<ListPage> {
        let answer = try await client.list(ListQuestion(bucket: "b", prefix: "logs/"))
        #expect(script.unusedCount == 0, sourceLocation: location)
        #expect(answer.counts.requests == script.requests.count, sourceLocation: location)
        return answer
    }

    /// Reads `logs/o` of the bucket `b`, and checks that every answer of the script was wanted.
    func read(
        byteLimit: Int = 1000, _ location: SourceLocation = #_sourceLocation
    ) async throws -> StorageAnswer<ObjectContent> {
        let answer = try await client.read(bucket: "b", object: "logs/o", byteLimit: byteLimit)
        #expect(script.unusedCount == 0, sourceLocation: location)
        #expect(answer.counts.requests == script.requests.count, sourceLocation: location)
        return answer
    }
}

extension StorageScript.Step {
    /// An error of the JSON API in its documented shape.
    static func json(_ status: Int, _ reason: String, _ message: String = "Well.", headers: HTTPHeaders = [:]) -> Self {
        .answer(
            status,
            """
            {"error": {"code": \(status), "message": "\(message)", "errors": [
              {"message": "\(message)", "domain": "global", "reason": "\(reason)"}]}}
            """, headers: headers)
    }

    /// An error of the XML API in its documented shape.
    static func xml(_ status: Int, _ code: String, _ message: String = "Well.") -> Self {
        .answer(
            status,
            "<?xml version='1.0' encoding='UTF-8'?><Error><Code>\(code)</Code><Message>\(message)</Message></Error>")
    }
}

extension StorageOutcome {
    /// Why nothing is known; nil for every verdict.
    var unknownReason: String? {
        if case .unknown(let reason) = self { reason } else { nil }
    }
}
