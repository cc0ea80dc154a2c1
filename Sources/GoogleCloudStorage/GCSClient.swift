public import BotCore
public import CurlHTTP

/// Asks Google Cloud Storage, or what speaks its API, as anybody could: without any credentials.
///
/// Objects are listed and read by the JSON API. It is asked twice only where one answer does not tell:
/// - An error that names no reason, or one that fits several cases, is asked again of the XML API, whose errors always
///   carry a code. (A get with `alt=media` fails in plain text.) The verdict is taken only where both agree.
/// - A get answered 404 does not say whether the object or the bucket is missing. One listing of one entry does,
///   unless the bucket has answered in the last ten minutes. A bucket that may be read and not listed answers 401 or
///   403 for a missing object, so a listing that is refused here is a contradiction and leaves the question open.
///
/// A JSON 401 `required` is not asked again: it has one row in the table, and a second request would add nothing.
public struct GCSClient: ObjectStorage {
    /// Bounds of one request each.
    public struct Limits: Hashable, Sendable {
        /// Time for a listing or an error.
        public var listDeadline: Duration
        /// Time for an object's content.
        public var readDeadline: Duration
        /// Repetitions.
        public var retries: RetryBudget

        /// Limits: 30 seconds for a listing, 120 for a content.
        public init(
            listDeadline: Duration = .seconds(30), readDeadline: Duration = .seconds(120),
            retries: RetryBudget = RetryBudget()
        ) {
            self.listDeadline = listDeadline
            self.readDeadline = readDeadline
            self.retries = retries
        }
    }

    private let urls: StorageURLs
    private let exchange: StorageExchange
    private let limits: Limits
    private let knownBuckets = KnownBuckets()

    /// A client.
    ///
    /// - Parameters:
    ///   - transport: Sends the requests; it must not add credentials.
    ///   - rootURL: Where the API is, without a slash at its end; from `StorageRoot.server`.
    ///   - limits: Bounds of each request.
    ///   - surroundings: Clock, pauses and randomness.
    ///   - concurrency: Shared by whoever may not send too many requests together; it is held for one request at a time.
    public init(
        transport: any Transport, rootURL: String, limits: Limits = Limits(), surroundings: Surroundings,
        concurrency: ConcurrencyLimit? = nil
    ) {
        urls = StorageURLs(root: rootURL)
        self.limits = limits
        exchange = StorageExchange(
            transport: transport, budget: limits.retries, surroundings: surroundings, limit: concurrency)
    }

    /// One page of a listing.
    ///
    /// - Parameter question: Which page; `maxResults` outside 1 to 1000 is brought inside.
    /// - Returns: The page, or why there is none.
    /// - Throws: `CancellationError`.
    public func list(_ question: ListQuestion) async throws -> StorageAnswer<ListPage> {
        let url = urls.list(question)
        if let answer: StorageAnswer<ListPage> = refusalWithoutRequest(url: url, bucket: question.bucket) {
            return answer
        }
        let request = HTTPRequest(
            .get, url, deadline: limits.listDeadline, byteLimit: ListPage.bodyByteLimit)
        let result: ExchangeResult<ListPage> = try await exchange.run(request, bucket: question.bucket) {
            status, body in
            StorageErrorReply(json: status, body: body, to: .list)
        } read: { body in
            try await Self.page(body)
        }
        switch result.ending {
        case .value(let page):
            knownBuckets.note(question.bucket, at: exchange.surroundings.now())
            return StorageAnswer(outcome: .answered(page), evidence: result.evidence, counts: result.counts)
        case .nothing(let reason):
            return StorageAnswer(outcome: .unknown(reason: reason), evidence: result.evidence, counts: result.counts)
        case .reply(let reply):
            let answer: StorageAnswer<ListPage> = try await settled(reply, of: question.bucket, result: result) {
                urls.xmlList(question)
            }
            if answer.outcome == .refused(.noSuchBucket) { knownBuckets.forget(question.bucket) }
            return answer
        }
    }

    /// Reads an object in pieces.
    ///
    /// - Parameters:
    ///   - bucket: The bucket's name.
    ///   - object: The object's whole name.
    ///   - byteLimit: Bytes that are given out.
    ///   - read: Gets the pieces, again from the first where a transfer broke off.
    /// - Returns: What `read` made of the object, or why there is none.
    /// - Throws: `CancellationError`, and what `read` throws.
    public func withObject<Value: Sendable>(
        bucket: String, object: String, byteLimit: Int, _ read: (ObjectPieces) async throws -> Value
    ) async throws -> StorageAnswer<Value> {
        let url = urls.content(bucket: bucket, object: object)
        if let answer: StorageAnswer<Value> = refusalWithoutRequest(url: url, bucket: bucket, object: object) {
            return answer
        }
        // The pieces end at `byteLimit`; the transport's own limit would refuse a long object before its first byte.
        let request = HTTPRequest(.get, url, deadline: limits.readDeadline, byteLimit: 1 << 40)
        let result: ExchangeResult<Value> = try await exchange.run(request, bucket: bucket) { status, body in
            StorageErrorReply(json: status, body: body, to: .get)
        } read: { body in
            .value(try await read(ObjectPieces(.answer(body), byteLimit: byteLimit)))
        }
        switch result.ending {
        case .value(let value):
            knownBuckets.note(bucket, at: exchange.surroundings.now())
            return StorageAnswer(outcome: .answered(value), evidence: result.evidence, counts: result.counts)
        case .nothing(let reason):
            return StorageAnswer(outcome: .unknown(reason: reason), evidence: result.evidence, counts: result.counts)
        case .reply(let reply) where reply.meaning == .somethingMissing:
            return try await settledMissing(bucket: bucket, result: result)
        case .reply(let reply):
            return try await settled(reply, of: bucket, result: result) {
                urls.xmlContent(bucket: bucket, object: object)
            }
        }
    }

    /// What a body of status 200 is as a page; a body that is none may be cut short, and is worth another try.
    private static func page(_ body: HTTPBody) async throws -> ExchangeAttempt<ListPage> {
        var bytes: [UInt8] = []
        for try await piece in body {
            bytes += piece
            if bytes.count > ListPage.bodyByteLimit { break }
        }
        do throws(ListPage.Refusal) {
            return .value(try ListPage(json: bytes))
        } catch {
            return .failure(
                summary: "HTTP 200 whose body is no listing: \(error.reason)", status: 200, isTransient: true)
        }
    }

    /// Names that no URL can carry: an empty one would ask another question, dots would be taken for a path.
    private func refusalWithoutRequest<Value: Sendable>(
        url: String, bucket: String, object: String? = nil
    ) -> StorageAnswer<Value>? {
        let outcome: StorageOutcome<Value>
        if ["", ".", ".."].contains(bucket) {
            outcome = .refused(.badBucketName(message: "no bucket can be named \"\(bucket)\""))
        } else if let object, ["", ".", ".."].contains(object) {
            outcome = .unknown(reason: "no object can be named \"\(object)\"")
        } else {
            return nil
        }
        let evidence = Evidence(
            request: "GET \(url)", status: nil, observedAt: exchange.surroundings.now(), detail: "not sent")
        return StorageAnswer(outcome: outcome, evidence: evidence, counts: RequestCounts())
    }

    /// What an error answer comes to, with the XML API's opinion where one answer does not tell.
    private func settled<Value: Sendable>(
        _ reply: StorageErrorReply, of bucket: String, result: ExchangeResult<Value>, xmlURL: () -> String
    ) async throws -> StorageAnswer<Value> {
        if case .refused(let refusal) = reply.meaning {
            return StorageAnswer(outcome: .refused(refusal), evidence: result.evidence, counts: result.counts)
        }
        guard reply.meaning == .ambiguous else {
            let reason = "an answer that says nothing about the bucket: \(reply.summary)"
            return StorageAnswer(outcome: .unknown(reason: reason), evidence: result.evidence, counts: result.counts)
        }
        let request = HTTPRequest(.get, xmlURL(), deadline: limits.listDeadline, byteLimit: 1 << 40)
        let second: ExchangeResult<Bool> = try await exchange.run(request, bucket: bucket) { status, body in
            StorageErrorReply(xml: status, body: body)
        } read: { _ in
            .value(true)
        }
        let counts = result.counts + second.counts
        if case .reply(let xml) = second.ending, let refusal = reply.refusal(confirmedBy: xml) {
            return StorageAnswer(outcome: .refused(refusal), evidence: second.evidence, counts: counts)
        }
        let opinion =
            switch second.ending {
            case .value: "HTTP 200"
            case .reply(let xml): xml.summary
            case .nothing(let reason): reason
            }
        let reason = "the JSON API answered \(reply.summary), the XML API: \(opinion)"
        return StorageAnswer(outcome: .unknown(reason: reason), evidence: result.evidence, counts: counts)
    }

    /// What a get's 404 comes to: the bucket's listing tells whether there is a bucket.
    private func settledMissing<Value: Sendable>(
        bucket: String, result: ExchangeResult<Value>
    ) async throws -> StorageAnswer<Value> {
        if knownBuckets.contains(bucket, now: exchange.surroundings.now()) {
            return StorageAnswer(outcome: .noSuchObject, evidence: result.evidence, counts: result.counts)
        }
        let second = try await list(ListQuestion(bucket: bucket, prefix: "", isDelimited: false, maxResults: 1))
        let counts = result.counts + second.counts
        switch second.outcome {
        case .answered:
            return StorageAnswer(outcome: .noSuchObject, evidence: result.evidence, counts: counts)
        case .refused(.noSuchBucket):
            return StorageAnswer(outcome: .refused(.noSuchBucket), evidence: second.evidence, counts: counts)
        case .refused(let refusal):
            let reason = "a get answered 404, and a listing was refused: \(refusal)"
            return StorageAnswer(outcome: .unknown(reason: reason), evidence: second.evidence, counts: counts)
        case .noSuchObject:
            let reason = "a get answered 404, and a listing says nothing of the bucket"
            return StorageAnswer(outcome: .unknown(reason: reason), evidence: second.evidence, counts: counts)
        case .unknown(let reason):
            let open = "a get answered 404, and whether the bucket is there is open: \(reason)"
            return StorageAnswer(outcome: .unknown(reason: open), evidence: second.evidence, counts: counts)
        }
    }
}
