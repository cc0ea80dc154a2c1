internal import BotCore
internal import CurlHTTP

/// What the resources ask with: whose credentials, and who waits.
struct Requester: Sendable {
    /// On whose behalf requests are sent.
    enum Scope: Hashable, Sendable {
        /// The App itself.
        case app
        /// Whoever may act in a repository: the App's installation there, or the owner of the personal token.
        case repository(RepositoryName)
        /// One installation.
        case installation(InstallationID)
        /// Nobody.
        case anonymous
    }

    let connection: GitHubConnection
    let scope: Scope
    let priority: RequestPriority

    /// How many entries of a list come at once; GitHub gives no more.
    static let pageSize = "\(pageEntries)"
    private static let pageEntries = 100

    /// A request below the REST root.
    ///
    /// - Throws: `GitHubError` `refused` where a part of the path cannot stand in one.
    func request(
        _ method: HTTPRequest.Method, _ path: [String], query: [(String, String)] = []
    ) throws(GitHubError) -> GitHubRequest {
        guard let address = Address(path, query: query) else {
            throw GitHubError(
                .refused, request: "\(method.rawValue) /\(path.joined(separator: "/"))",
                message: "a part of the path is empty or leads out of it")
        }
        return GitHubRequest(
            method: method, target: .rest(address), pace: method == .get ? .read : .write,
            keeping: method == .get ? .untilChanged : .nowhere)
    }

    /// A request that reads, below the REST root.
    ///
    /// - Throws: `GitHubError` `refused` where a part of the path cannot stand in one.
    func request(_ path: [String], query: [(String, String)] = []) throws(GitHubError) -> GitHubRequest {
        try request(.get, path, query: query)
    }

    /// Sends a request as whoever the scope names.
    ///
    /// An installation that is no more is looked up once again: the App may have been installed anew. Nothing was sent
    /// with it by then, so that this holds for writes, too.
    ///
    /// - Throws: `GitHubError`, `CancellationError`.
    func send(_ request: GitHubRequest) async throws -> GitHubAnswer {
        switch (scope, connection.credentials) {
        case (.anonymous, _): return try await connection.send(request, as: .anonymous, priority)
        case (.app, _): return try await connection.send(request, as: .app, priority)
        case (_, .token): return try await connection.send(request, as: .owner, priority)
        case (.installation(let id), .app): return try await connection.send(request, as: .installation(id), priority)
        case (.repository(let name), .app):
            let id = try await installation(of: name)
            do {
                return try await connection.send(request, as: .installation(id), priority)
            } catch let error as GitHubError where error.kind == .notInstalled {
                connection.installations.forget(id, of: name)
                let found = try await installation(of: name)
                guard found != id else { throw error }
                return try await connection.send(request, as: .installation(found), priority)
            }
        }
    }

    // MARK: - Reading

    /// Asks for one thing.
    func get<Value: Decodable & Sendable>(
        _ path: [String], query: [(String, String)] = [], keeping: GitHubRequest.Keeping = .untilChanged,
        byteLimit: Int? = nil
    ) async throws -> Value {
        var request = try request(path, query: query)
        request.keeping = keeping
        request.byteLimit = byteLimit
        return try value(of: try await send(request))
    }

    /// Asks for a whole list, page by page.
    ///
    /// - Parameters:
    ///   - path: The parts of the path.
    ///   - query: Names and values beside the page's size.
    ///   - maxPages: Pages that are read at most; `nil` for the client's default.
    ///   - isEndAtLimit: Whether GitHub itself ends the list there, so that more is no error.
    ///   - entries: What of a page's body is the list.
    /// - Returns: The entries of all pages.
    /// - Throws: `GitHubError`, `tooManyPages` among them, and `CancellationError`.
    func list<Page: Decodable & Sendable, Entry: Sendable>(
        _ path: [String], query: [(String, String)] = [], maxPages: Int? = nil, isEndAtLimit: Bool = false,
        entries: (Page) -> [Entry]
    ) async throws -> [Entry] {
        let limit = max(maxPages ?? connection.settings.maxPages, 1)
        var request = try request(path, query: query + [("per_page", Self.pageSize)])
        var found: [Entry] = []
        for page in 1...limit {
            var answer = try await send(request)
            var part = entries(try value(of: answer))
            if answer.isNotModified, answer.nextLink == nil, part.count >= Self.pageEntries {
                // The last page is full, and the ETag of its body does not tell whether another has come behind it.
                var unconditional = request
                unconditional.keeping = .nowhere
                answer = try await send(unconditional)
                part = entries(try value(of: answer))
            }
            found += part
            guard let next = try next(after: answer, request) else { return found }
            if page == limit, !isEndAtLimit {
                throw GitHubError(
                    .tooManyPages(limit: limit), request: request.words,
                    message: "the list goes on after \(limit) pages")
            }
            request.target = .rest(next)
        }
        return found
    }

    /// The address of the page behind an answer; `nil` on the last.
    ///
    /// - Throws: `GitHubError` `malformed` where it leads nowhere or to the same page.
    func next(after answer: GitHubAnswer, _ request: GitHubRequest) throws(GitHubError) -> Address? {
        guard let link = answer.nextLink else { return nil }
        guard let next = Address(link: link, roots: connection.roots), .rest(next) != request.target else {
            throw GitHubError(
                .malformed, request: request.words, status: answer.status, message: "the next page is at \(link)")
        }
        return next
    }

    // MARK: - Writing

    /// Makes something and reads what became of it.
    ///
    /// - Throws: `GitHubError`; an answer that says yes and cannot be read is `ambiguous`.
    func post<Value: Decodable & Sendable>(
        _ path: [String], _ body: some Encodable, pace: PaceKind = .write
    ) async throws -> Value {
        try await write(.post, path, body, pace)
    }

    /// Changes something and reads what became of it.
    ///
    /// - Throws: `GitHubError`; an answer that says yes and cannot be read is `ambiguous`.
    func patch<Value: Decodable & Sendable>(_ path: [String], _ body: some Encodable) async throws -> Value {
        try await write(.patch, path, body, .write)
    }

    /// Makes an object of git that nothing refers to, which may be made twice.
    func store<Value: Decodable & Sendable>(_ path: [String], _ body: some Encodable) async throws -> Value {
        try await write(.post, path, body, .write, isUnseen: true)
    }

    private func write<Value: Decodable & Sendable>(
        _ method: HTTPRequest.Method, _ path: [String], _ body: some Encodable, _ pace: PaceKind, isUnseen: Bool = false
    ) async throws -> Value {
        var request = try request(method, path)
        request.isUnseen = isUnseen
        request.body = try JSONCoding.encode(body, request: request.words)
        request.pace = pace
        return try value(of: try await send(request), orElse: .ambiguous)
    }

    /// Deletes something; what is not there is deleted already.
    func delete(_ path: [String]) async throws {
        var request = try request(.delete, path)
        request.expectedStatuses = [404, 410]
        _ = try await send(request)
    }

    // MARK: - Parts

    /// Reads an answer's body.
    func value<Value: Decodable>(
        of answer: GitHubAnswer, orElse kind: GitHubError.Kind = .malformed
    ) throws(GitHubError) -> Value {
        try JSONCoding.decode(Value.self, from: answer.body) {
            GitHubError(kind, request: answer.request, status: answer.status, message: $0)
        }
    }

    private func installation(of name: RepositoryName) async throws -> InstallationID {
        try await connection.installations.installation(of: name) {
            let app = Requester(connection: connection, scope: .app, priority: priority)
            do {
                let found: Installation = try await app.get(
                    ["repos", name.owner, name.name, "installation"], keeping: .nowhere)
                return found.id
            } catch let error as GitHubError where error.kind == .notFound {
                throw GitHubError(.notInstalled, request: error.request, status: error.status, message: error.message)
            }
        }
    }
}
