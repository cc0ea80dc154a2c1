internal import BotCore
internal import CurlHTTP
internal import OpenSSLCrypto
internal import Synchronization

internal import struct Foundation.Date

/// What all copies of a client share: tokens, paces, pauses, counters, and requests under way.
///
/// A class because everyone who shares a limit must hold the same one.
final class GitHubConnection: Sendable {
    let transport: any Transport
    let stores: ClientStores
    let settings: ClientSettings
    let surroundings: ClientSurroundings
    let credentials: GitHubCredentials
    let counter = RequestCounter()
    let endpoints: Endpoints
    let skew = ClockSkew()
    let tokens = InstallationTokens()
    let installations = InstallationDirectory()
    /// Until when GraphQL is left alone; `nil` while there is no reason.
    let graphQLAvoidedUntil = Mutex<Date?>(nil)
    /// Reading many files is done by one at a time, among those who are as urgent.
    let coldReads = Dictionary(uniqueKeysWithValues: RequestPriority.allCases.map { ($0, PriorityGate(1)) })
    /// The account that the client acts as.
    let ownAccount = SingleFlight<String, GitHubAccount>()
    let knownAccount = Mutex<GitHubAccount?>(nil)

    private let ownerName: String
    private let pauses: PauseBook
    private let pacers = Mutex<[String: Pacer]>([:])
    private let reads = SingleFlight<Read, GitHubAnswer>()

    /// Reads that are the same and equally urgent; a slow sweep must not hold up who is waited for.
    private struct Read: Hashable {
        let key: AnswerKey
        let priority: RequestPriority
    }

    /// A connection without requests under way.
    ///
    /// - Throws: `CryptoError` where OpenSSL lacks SHA-256.
    init(
        credentials: GitHubCredentials, transport: any Transport, stores: ClientStores, settings: ClientSettings,
        surroundings: ClientSurroundings
    ) throws {
        self.credentials = credentials
        self.transport = transport
        self.stores = stores
        self.settings = settings
        self.surroundings = surroundings
        endpoints = Endpoints(settings.allRoots)
        pauses = PauseBook(store: stores.pauses, counter: counter)
        ownerName =
            switch credentials {
            case .app(let id, _): "app:\(id)"
            // A digest keeps what one token may see from the next one, and does not lead back to the token.
            case .token(let token): "token:\(hexadecimal(Array(try sha256(token.bytes).prefix(8))))"
            }
    }

    /// Where GitHub answers; answers are kept by this address, whichever gave them.
    var roots: GitHubRoots { settings.roots }

    /// What GitHub said last of the limits, by credential.
    var limits: [String: [RateLimit]] { pacers.withLock { $0.mapValues(\.limits) } }

    /// How many wait for a read of somebody else's.
    var waitingReads: Int { reads.waitingCount }

    /// As whom a request is paced, and whose answers it may be given from the store.
    func name(of authorization: Authorization) -> String {
        switch authorization {
        case .anonymous: "anonymous"
        case .app, .owner: ownerName
        case .installation(let id): "installation:\(id)"
        }
    }

    /// The pacer of a credential.
    func pacer(of name: String) -> Pacer {
        pacers.withLock { pacers in
            if let known = pacers[name] { return known }
            let pacer = Pacer(credential: name, settings: settings, surroundings: surroundings, pauses: pauses)
            pacers[name] = pacer
            return pacer
        }
    }

    /// Asks GitHub, or the store where the answer cannot have changed.
    ///
    /// - Parameters:
    ///   - request: What to ask.
    ///   - authorization: As whom.
    ///   - priority: Who waits.
    /// - Returns: An answer with a status that the request expects.
    /// - Throws: `GitHubError`, `CancellationError`.
    func send(
        _ request: GitHubRequest, as authorization: Authorization, _ priority: RequestPriority
    ) async throws -> GitHubAnswer {
        guard request.method == .get, request.keeping != .nowhere, case .rest(let address) = request.target else {
            return try await exchange(request, as: authorization, priority, stored: nil)
        }
        let key = AnswerKey(
            method: request.method.rawValue, url: address.url(below: roots.rest.absoluteString), accept: request.accept,
            credential: name(of: authorization))
        return try await reads.run(Read(key: key, priority: priority)) {
            let stored = try await find(key)
            if request.keeping == .forever, let stored {
                counter.count { $0.fromStore += 1 }
                return GitHubAnswer(stored, request: request.words)
            }
            let answer = try await exchange(request, as: authorization, priority, stored: stored)
            try await keep(answer, for: key, of: request, instead: stored)
            return answer
        }
    }

    // MARK: - The store of answers

    private func find(_ key: AnswerKey) async throws -> StoredAnswer? {
        do {
            return try await stores.answers?.find(key, now: surroundings.now())
        } catch let error as CancellationError {
            throw error
        } catch {
            // A full answer costs one call of the hour and is as good.
            counter.count { $0.storeFailures += 1 }
            return nil
        }
    }

    private func keep(
        _ answer: GitHubAnswer, for key: AnswerKey, of request: GitHubRequest, instead stored: StoredAnswer?
    ) async throws {
        let etag = answer.headers["ETag"] ?? ""
        guard let answers = stores.answers, answer.status == 200, !etag.isEmpty || request.keeping == .forever,
            request.accept == GitHubRequest.raw || JSONCoding.isJSON(answer.body)
        else { return }
        var headers: [String: String] = [:]
        headers["Link"] = answer.headers["Link"]
        let new = StoredAnswer(etag: etag, status: answer.status, headers: headers, body: answer.body)
        guard new != stored else { return }
        do {
            try await answers.save(new, for: key, now: surroundings.now())
        } catch let error as CancellationError {
            throw error
        } catch {
            // It is asked for again next time.
            counter.count { $0.storeFailures += 1 }
        }
    }
}

extension GitHubAnswer {
    /// An answer from the store.
    ///
    /// - Parameters:
    ///   - stored: What is stored.
    ///   - request: The request's words.
    ///   - isNotModified: Whether GitHub said so just now.
    ///   - liveLink: What it said with that of the pages around this one.
    init(_ stored: StoredAnswer, request: String, isNotModified: Bool = false, liveLink: String? = nil) {
        var headers: HTTPHeaders = [:]
        for (name, value) in stored.headers { headers[name] = value }
        headers["ETag"] = stored.etag.isEmpty ? nil : stored.etag
        if let liveLink { headers["Link"] = liveLink }
        self.init(
            status: stored.status, headers: headers, body: stored.body, request: request,
            isNotModified: isNotModified)
    }
}
