internal import BotCore
internal import CurlHTTP

internal import struct Foundation.Date

/// What one answer of one request gave.
enum ExchangeAttempt<Value: Sendable>: Sendable {
    /// Status 200, and its body made sense.
    case value(Value)
    /// Another status.
    case reply(StorageErrorReply, retryAfter: String?)
    /// No answer, or status 200 with a body that makes none.
    case failure(summary: String, status: Int?, isTransient: Bool)
    /// It was not sent, since others to the bucket got no answer.
    case notSent(summary: String)
}

/// What came of one request in the end.
struct ExchangeResult<Value: Sendable>: Sendable {
    /// How it ended.
    enum Ending: Sendable {
        /// With a value.
        case value(Value)
        /// With an error status that another try would bring again.
        case reply(StorageErrorReply)
        /// Without a usable answer, in words.
        case nothing(reason: String)
    }

    /// How it ended.
    let ending: Ending
    /// The last request of it.
    let evidence: Evidence
    /// What it took.
    var counts: RequestCounts
}

/// Sends one request until it has a usable answer or its budget is spent.
struct StorageExchange: Sendable {
    let transport: any Transport
    let budget: RetryBudget
    let surroundings: Surroundings
    let limit: ConcurrencyLimit?
    private let silentBuckets = SilentBuckets()

    /// An exchange over a transport.
    init(transport: any Transport, budget: RetryBudget, surroundings: Surroundings, limit: ConcurrencyLimit?) {
        self.transport = transport
        self.budget = budget
        self.surroundings = surroundings
        self.limit = limit
    }

    /// Sends `request`, repeating it as far as the budget goes.
    ///
    /// - Parameters:
    ///   - request: A GET without credentials.
    ///   - bucket: The bucket that it asks, which is left alone for a while when it does not answer.
    ///   - errorReply: Reads an answer whose status is not 200.
    ///   - read: Reads the body of status 200.
    /// - Returns: How it ended, and what it took.
    /// - Throws: `CancellationError`, and what `read` throws.
    func run<Value: Sendable>(
        _ request: HTTPRequest, bucket: String,
        errorReply: @Sendable (Int, [UInt8]) -> StorageErrorReply,
        read: (HTTPBody) async throws -> ExchangeAttempt<Value>
    ) async throws -> ExchangeResult<Value> {
        let start = surroundings.now()
        var counts = RequestCounts()
        var failures: [String] = []
        while true {
            try Task.checkCancellation()
            let attempt = try await once(request, bucket: bucket, errorReply: errorReply, read: read)
            if case .notSent = attempt {
            } else {
                counts += RequestCounts(requests: 1, retries: failures.isEmpty ? 0 : 1)
            }
            let now = surroundings.now()
            func result(_ ending: ExchangeResult<Value>.Ending, status: Int?, detail: String) -> ExchangeResult<Value> {
                let evidence = Evidence(
                    request: "\(request.method.rawValue) \(request.url)", status: status, observedAt: now,
                    detail: detail)
                return ExchangeResult(ending: ending, evidence: evidence, counts: counts)
            }
            let failure: (summary: String, status: Int?, detail: String, isTransient: Bool, retryAfter: String?)
            switch attempt {
            case .value(let value):
                return result(.value(value), status: 200, detail: "")
            case .reply(let reply, _) where reply.meaning != .transient:
                return result(.reply(reply), status: reply.status, detail: reply.message)
            case .reply(let reply, let retryAfter):
                failure = (reply.summary, reply.status, reply.message, true, retryAfter)
            case .failure(let summary, let status, let isTransient):
                failure = (summary, status, summary, isTransient, nil)
            case .notSent(let summary):
                let reason = failures.isEmpty ? summary : "\(Self.reason(failures)); \(summary)"
                return result(.nothing(reason: reason), status: nil, detail: summary)
            }
            failures.append(failure.summary)
            let pause = budget.pause(
                afterAttempt: failures.count,
                retryAfter: RetryBudget.wait(retryAfter: failure.retryAfter, now: now),
                spent: .seconds(max(now.timeIntervalSince(start), 0)), random: surroundings.random())
            guard failure.isTransient, let pause else {
                let reason = Self.reason(failures)
                return result(.nothing(reason: reason), status: failure.status, detail: failure.detail)
            }
            try await surroundings.pause(pause)
        }
    }

    private func once<Value: Sendable>(
        _ request: HTTPRequest, bucket: String,
        errorReply: @Sendable (Int, [UInt8]) -> StorageErrorReply,
        read: (HTTPBody) async throws -> ExchangeAttempt<Value>
    ) async throws -> ExchangeAttempt<Value> {
        // Asked for when it is this request's turn: others may have timed out while it waited.
        func send() async throws -> ExchangeAttempt<Value> {
            if let refusal = silentBuckets.refusal(of: bucket, now: surroundings.now()) {
                return .notSent(summary: refusal)
            }
            let attempt = try await answer(to: request, errorReply: errorReply, read: read)
            silentBuckets.noteAnswer(bucket)
            return attempt
        }
        do {
            guard let limit else { return try await send() }
            return try await limit.withPermit { try await send() }
        } catch let error as TransportError {
            // A transport that was shut down says the same as a canceled task: nobody waits for the answer.
            if error == .canceled { throw CancellationError() }
            if case .timedOut = error { silentBuckets.noteTimeout(bucket, at: surroundings.now()) }
            return .failure(summary: error.summary, status: nil, isTransient: error.isTransient)
        } catch let error as ObjectReadError {
            switch error {
            case .canceled: throw CancellationError()
            case .interrupted(let reason): return .failure(summary: reason, status: 200, isTransient: true)
            case .tooLarge(let limitBytes):
                return .failure(summary: "more than \(limitBytes) bytes", status: 200, isTransient: false)
            }
        }
    }

    private func answer<Value: Sendable>(
        to request: HTTPRequest,
        errorReply: @Sendable (Int, [UInt8]) -> StorageErrorReply,
        read: (HTTPBody) async throws -> ExchangeAttempt<Value>
    ) async throws -> ExchangeAttempt<Value> {
        try await transport.withResponse(to: request) { head, body in
            if head.status == 200 { return try await read(body) }
            var bytes: [UInt8] = []
            for try await piece in body {
                bytes += piece
                if bytes.count >= StorageErrorReply.bodyByteLimit { break }
            }
            return .reply(errorReply(head.status, bytes), retryAfter: head.headers["Retry-After"])
        }
    }

    /// "no usable answer in 3 attempts: HTTP 503 (backendError), twice HTTP 429", as a list that names repeats once.
    private static func reason(_ failures: [String]) -> String {
        var runs: [(summary: String, count: Int)] = []
        for failure in failures {
            if let last = runs.indices.last, runs[last].summary == failure {
                runs[last].count += 1
            } else {
                runs.append((failure, 1))
            }
        }
        let said = runs.map { $0.count == 1 ? $0.summary : "\($0.summary), \($0.count) times" }
        let attempts = failures.count == 1 ? "1 attempt" : "\(failures.count) attempts"
        return "no usable answer in \(attempts): \(said.joined(separator: "; "))"
    }
}
