internal import BotCore
internal import CurlHTTP
internal import OpenSSLCrypto

internal import struct Foundation.Date

/// What happened to one request so far.
private struct Course {
    var attempts = 0
    /// The root of the last attempt.
    var address = ""
    var redirects = 0
    var settlings = 0
    var hasCorrectedClock = false
    var hasFreshToken = false
    let start: Date

    /// How often a request is sent on.
    static let maxRedirects = 3
    /// How often, a second apart, a new token may be unknown.
    static let maxSettlings = 5
}

extension GitHubConnection {
    private enum Outcome {
        case response(HTTPResponse)
        case failure(TransportError)
    }

    private enum Step {
        case done(GitHubAnswer)
        case again(after: Duration)
        case elsewhere(Address)
    }

    /// Sends a request until it has an answer, is refused, or its budget is spent.
    ///
    /// - Parameters:
    ///   - request: What to ask.
    ///   - authorization: As whom.
    ///   - priority: Who waits.
    ///   - stored: The last answer, which holds where GitHub says that nothing has changed.
    /// - Returns: An answer with a status that the request expects.
    /// - Throws: `GitHubError`, `CancellationError`.
    func exchange(
        _ request: GitHubRequest, as authorization: Authorization, _ priority: RequestPriority, stored: StoredAnswer?
    ) async throws -> GitHubAnswer {
        var request = request
        var course = Course(start: surroundings.now())
        let pacer = pacer(of: name(of: authorization))
        while true {
            try Task.checkCancellation()
            let credential = try await credential(for: authorization, priority, request: request.words)
            let outcome = try await pacer.run(request.pace, priority, request: request.words) {
                course.address = endpoints.next(for: request.target, now: surroundings.now())
                return try await once(request, at: course, credential, priority, stored)
            }
            course.attempts += 1
            let step: Step
            switch outcome {
            case .failure(let error): step = try next(after: error, request, course)
            case .response(let response):
                step = try await next(
                    after: response, request, Sent(credential, authorization, pacer, stored), &course)
            }
            switch step {
            case .done(let answer): return answer
            case .again(let pause): if pause > .zero { try await surroundings.pause(pause) }
            case .elsewhere(let address): request.target = .rest(address)
            }
        }
    }

    /// As whom and with what one attempt was made.
    private struct Sent {
        let credential: Credential
        let authorization: Authorization
        let pacer: Pacer
        let stored: StoredAnswer?

        init(_ credential: Credential, _ authorization: Authorization, _ pacer: Pacer, _ stored: StoredAnswer?) {
            self.credential = credential
            self.authorization = authorization
            self.pacer = pacer
            self.stored = stored
        }
    }

    // MARK: - One attempt

    private func once(
        _ request: GitHubRequest, at course: Course, _ credential: Credential, _ priority: RequestPriority,
        _ stored: StoredAnswer?
    ) async throws -> Outcome {
        var headers: HTTPHeaders = [
            "Accept": request.accept,
            "User-Agent": settings.userAgent,
            "X-GitHub-Api-Version": settings.apiVersion,
        ]
        if course.address.hasPrefix("http://") { CachingProxy.tell(of: credential, in: &headers) }
        headers["Authorization"] = credential.header?.text
        if let stored, !stored.etag.isEmpty { headers["If-None-Match"] = stored.etag }
        if request.body != nil { headers["Content-Type"] = "application/json" }
        let url =
            switch request.target {
            case .rest(let address): address.url(below: course.address)
            case .graphQL: course.address
            }
        counter.count { counts in
            counts.sent += 1
            counts.sentByPriority[priority, default: 0] += 1
            if course.attempts > 0 { counts.repeated += 1 }
        }
        do throws(TransportError) {
            return .response(
                try await transport.send(
                    HTTPRequest(
                        request.method, url, headers: headers, body: request.body, deadline: settings.deadline,
                        byteLimit: request.byteLimit ?? settings.answerByteLimit)))
        } catch {
            // A transport that was shut down says the same as a canceled task: nobody waits for the answer.
            if error == .canceled { throw CancellationError() }
            return .failure(error)
        }
    }

    // MARK: - What to do next

    private func next(after error: TransportError, _ request: GitHubRequest, _ course: Course) throws -> Step {
        switch error {
        case .unreachable:
            // It never left, so that even a write may be sent again.
            return try again(after: error, request, course)
        case .interrupted, .timedOut:
            guard request.isRepeatable else {
                _ = endpoints.noteSilence(of: course.address, for: request.target, now: surroundings.now())
                throw GitHubError(.ambiguous, request: request.words, message: error.words)
            }
            return try again(after: error, request, course)
        case .tooLarge(let limitBytes):
            let kind: GitHubError.Kind = request.isRepeatable ? .tooLarge(limitBytes: limitBytes) : .ambiguous
            throw GitHubError(kind, request: request.words, message: error.words)
        case .notAllowed:
            throw GitHubError(.refused, request: request.words, message: error.words)
        case .canceled:
            throw CancellationError()
        }
    }

    /// Repeats a request that got no answer: elsewhere at once, at the same address after a pause.
    private func again(after error: TransportError, _ request: GitHubRequest, _ course: Course) throws -> Step {
        let hasOther = endpoints.noteSilence(of: course.address, for: request.target, now: surroundings.now())
        guard let step = pause(course) else {
            throw GitHubError(.unavailable, request: request.words, message: error.words)
        }
        return hasOther ? .again(after: .zero) : step
    }

    private func next(
        after response: HTTPResponse, _ request: GitHubRequest, _ sent: Sent, _ course: inout Course
    ) async throws -> Step {
        let status = response.head.status
        let headers = response.head.headers
        let limit = RateLimit(headers, now: surroundings.now())
        sent.pacer.note(limit, isRefusal: status == 403 || status == 429)
        endpoints.noteAnswer(of: course.address)
        if CachingProxy.saved(headers) { counter.count { $0.savedByProxy += 1 } }
        if status == 304, let stored = sent.stored {
            counter.count { $0.notModified += 1 }
            // An ETag is of the body: the page behind it may be new all the same.
            return .done(
                GitHubAnswer(stored, request: request.words, isNotModified: true, liveLink: headers["Link"]))
        }
        if (200..<300).contains(status) || request.expectedStatuses.contains(status) {
            return .done(
                GitHubAnswer(status: status, headers: headers, body: response.body, request: request.words))
        }
        let error = ErrorBody(reading: response.body)
        switch status {
        case 301, 302, 307, 308:
            if let address = redirect(of: request, headers, &course) { return .elsewhere(address) }
        case 401:
            if let step = retry(afterRefusalOf: sent, headers, &course) { return step }
        case 403, 429:
            if let step = try await limited(response, error, request, sent, course) { return step }
        case 408, 500...:
            guard request.isRepeatable else { break }
            let wait = RetryBudget.wait(retryAfter: headers["Retry-After"], now: surroundings.now())
            if let step = pause(course, retryAfter: wait) { return step }
        default: break
        }
        throw GitHubError(response, error, to: request)
    }

    private func pause(_ course: Course, retryAfter: Duration? = nil) -> Step? {
        let spent = Duration.seconds(min(max(surroundings.now().timeIntervalSince(course.start), 0), 86_400))
        return settings.retries.pause(
            afterAttempt: course.attempts, retryAfter: retryAfter, spent: spent, random: surroundings.random()
        ).map { .again(after: $0) }
    }

    private func redirect(of request: GitHubRequest, _ headers: HTTPHeaders, _ course: inout Course) -> Address? {
        guard request.method == .get, course.redirects < Course.maxRedirects else { return nil }
        course.redirects += 1
        return headers["Location"].flatMap { Address(link: $0, roots: roots) }
    }

    private func retry(afterRefusalOf sent: Sent, _ headers: HTTPHeaders, _ course: inout Course) -> Step? {
        switch sent.authorization {
        case .anonymous, .owner: return nil
        case .app:
            guard !course.hasCorrectedClock, skew.correct(by: headers, now: surroundings.now()) else { return nil }
            course.hasCorrectedClock = true
            return .again(after: .zero)
        case .installation(let id):
            guard let token = sent.credential.token else { return nil }
            if token.isSettling(surroundings.now()), course.settlings < Course.maxSettlings {
                course.settlings += 1
                return .again(after: .seconds(1))
            }
            guard !course.hasFreshToken else { return nil }
            course.hasFreshToken = true
            tokens.drop(token, of: id)
            return .again(after: .zero)
        }
    }

    /// Notes a limit; the pacer then lets the repetition wait, or says that it takes too long.
    private func limited(
        _ response: HTTPResponse, _ error: ErrorBody, _ request: GitHubRequest, _ sent: Sent, _ course: Course
    ) async throws -> Step? {
        let hit = LimitHit(
            response, error: error, resource: request.pace.resource, earlierGuesses: sent.pacer.earlierGuesses,
            now: surroundings.now())
        guard let hit else { return nil }
        counter.count { $0.limited += 1 }
        try await sent.pacer.note(hit, reason: error.message)
        guard course.attempts < settings.retries.attempts else {
            throw GitHubError(
                .rateLimited(until: hit.until), request: request.words, status: response.head.status,
                message: error.message)
        }
        return .again(after: .zero)
    }
}

extension TransportError {
    /// What happened, for a log.
    var words: String {
        switch self {
        case .unreachable(let reason), .interrupted(let reason), .notAllowed(let reason): reason
        case .timedOut(let seconds): "no whole answer within \(seconds) seconds"
        case .tooLarge(let limitBytes): "the answer has more than \(limitBytes) bytes"
        case .canceled: "canceled"
        }
    }
}

extension GitHubError {
    /// Names a refusal by what the caller can do.
    init(_ response: HTTPResponse, _ error: ErrorBody, to request: GitHubRequest) {
        let kind: Kind =
            switch response.head.status {
            case 301, 302, 303, 307, 308: .moved
            case 401: .unauthorized
            case 403: .forbidden(needed: response.head.headers["X-Accepted-GitHub-Permissions"])
            case 404: .notFound
            case 408, 500...: request.isRepeatable ? .unavailable : .ambiguous
            case 409: .conflict
            case 410, 451: .gone
            case 422: .unprocessable(error.problems)
            default: .refused
            }
        let details = error.problems.compactMap { $0.message ?? $0.code }.joined(separator: "; ")
        let message = [error.message, details].filter { !$0.isEmpty }.joined(separator: ": ")
        self.init(
            kind, request: request.words, status: response.head.status,
            message: message.isEmpty ? "no reason given" : message)
    }
}
