internal import BotCore
internal import CurlHTTP
internal import Foundation
internal import GitHubAPI
internal import GoogleCloudStorage
internal import Logging
internal import OpenSSLCrypto
internal import Persistence

extension Settings {
    /// Where GitHub answers, and how the client asks there.
    ///
    /// Of several addresses the first is asked, and the others where it gives no answer.
    func gitHubClientSettings() throws -> ClientSettings {
        let graphQL = try address("GITHUB_GRAPHQL_URL", suchAs: "https://HOST/api/graphql")
        var roots = try addresses("GITHUB_API_URL", suchAs: "https://HOST/api/v3")
            .map { GitHubRoots(rest: $0, graphQL: graphQL) }
        if roots.isEmpty, let usual = URL(string: "https://api.github.com") {
            roots = [GitHubRoots(rest: usual, graphQL: graphQL)]
        }
        guard let first = roots.first else { throw WrongUse("BUCKETBOT_GITHUB_API_URL is no address.") }
        var settings = ClientSettings(roots: first)
        settings.fallbackRoots = Array(roots.dropFirst())
        settings.userAgent = "bucketbot/\(bucketbotVersion)"
        if roots.allSatisfy(\.isOnThisMachine) { settings.pacing = .unpaced }
        return settings
    }

    /// What GitHub is shown.
    func gitHubCredentials() throws -> GitHubCredentials {
        let (id, keyFile, tokenFile) = (
            text("GITHUB_APP_ID"), text("GITHUB_PRIVATE_KEY_FILE"), text("GITHUB_TOKEN_FILE")
        )
        switch (id, keyFile, tokenFile) {
        case (let id?, let file?, nil):
            guard !id.isEmpty, id.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                throw WrongUse("BUCKETBOT_GITHUB_APP_ID=\(id): write the App's number, as its settings show it.")
            }
            do {
                return .app(id: id, key: try RSAPrivateKey(pem: try secret("GITHUB_PRIVATE_KEY_FILE", file)))
            } catch let error as PrivateKeyError {
                throw WrongUse("BUCKETBOT_GITHUB_PRIVATE_KEY_FILE=\(file): \(error)")
            }
        case (nil, nil, let file?):
            let token = try secret("GITHUB_TOKEN_FILE", file)
            let text = token.text.trimmingCharacters(in: .whitespacesAndNewlines)
            guard !text.isEmpty, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw WrongUse("BUCKETBOT_GITHUB_TOKEN_FILE=\(file): the file holds no token.")
            }
            return .token(Secret(text))
        case (nil, nil, nil):
            throw WrongUse(
                "GitHub is shown no credentials. Set BUCKETBOT_GITHUB_APP_ID and BUCKETBOT_GITHUB_PRIVATE_KEY_FILE, "
                    + "or BUCKETBOT_GITHUB_TOKEN_FILE for a personal token.")
        case (_, _, .some):
            throw WrongUse(
                "BUCKETBOT_GITHUB_TOKEN_FILE stands beside the credentials of an App, BUCKETBOT_GITHUB_APP_ID or "
                    + "BUCKETBOT_GITHUB_PRIVATE_KEY_FILE. Set the one or the other.")
        case (nil, .some, nil), (.some, nil, nil):
            throw WrongUse("BUCKETBOT_GITHUB_APP_ID and BUCKETBOT_GITHUB_PRIVATE_KEY_FILE go together: one is missing.")
        }
    }

    /// The repositories to work on.
    ///
    /// - Throws: `WrongUse` where one is no name, and where a personal token comes without any.
    func repositoryScope() throws -> RepositoryScope {
        guard let text = text("REPOSITORIES") else {
            if self.text("GITHUB_TOKEN_FILE") != nil {
                throw WrongUse(
                    "BUCKETBOT_REPOSITORIES is not set, and a personal token may see more than is meant. "
                        + "Name the repositories: OWNER/NAME,OWNER/NAME.")
            }
            return .installed
        }
        var names: Set<RepositoryName> = []
        for part in text.split(separator: ",") {
            let part = part.trimmingCharacters(in: .whitespaces)
            if part.isEmpty { continue }
            guard let name = RepositoryName(part) else {
                throw WrongUse("BUCKETBOT_REPOSITORIES: \"\(part)\" is no OWNER/NAME.")
            }
            names.insert(name)
        }
        guard !names.isEmpty else {
            throw WrongUse("BUCKETBOT_REPOSITORIES=\(text): it names no repository. Write OWNER/NAME,OWNER/NAME.")
        }
        return RepositoryScope(named: names)
    }

    /// The bytes of a file that nobody else should see.
    func secret(_ name: String, _ path: String) throws -> Secret {
        do {
            let handle = try FileHandle(forReadingFrom: URL(filePath: path))
            let data = try handle.read(upToCount: RSAPrivateKey.maxFileBytes + 1) ?? Data()
            try handle.close()
            return Secret(Array(data))
        } catch {
            throw WrongUse("BUCKETBOT_\(name)=\(path): the file cannot be read.")
        }
    }
}

extension Settings {
    /// Runs `body` with everything that handlers work with.
    ///
    /// - Parameters:
    ///   - store: Everything that outlives the process.
    ///   - isDryRun: Whether nothing is sent to GitHub.
    ///   - logger: Where it is told.
    ///   - scope: The repositories to work on; nil for what the settings say.
    ///   - body: Gets the parts; the connections are closed when it returns.
    /// - Returns: What `body` returns.
    /// - Throws: What `body` throws, or which setting is wrong.
    func withHandlerParts<Result>(
        store: any Store, isDryRun: Bool, logger: Logger, scope: RepositoryScope? = nil,
        _ body: (HandlerParts) async throws -> Result
    ) async throws -> Result {
        let now: @Sendable () -> Date = { Date() }
        let (client, credentials) = (try gitHubClientSettings(), try gitHubCredentials())
        let scope = try scope ?? repositoryScope()
        let words = try templates()
        return try await withStorage { storage in
            let transport = try transport(
                roots: client.allRoots.flatMap { [$0.rest.absoluteString, $0.graphQL.absoluteString] })
            do {
                let github = try GitHubClient(
                    credentials: credentials, transport: transport, stores: ClientStores(store),
                    settings: client, surroundings: ClientSurroundings(now: now))
                let result = try await body(
                    HandlerParts(
                        github: github, store: store, storage: storage, memory: RegistryMemory(), words: words,
                        links: client.links, scope: scope, isDryRun: isDryRun, now: now, logger: logger))
                await transport.close()
                return result
            } catch {
                await transport.close()
                throw error
            }
        }
    }
}

extension GitHubRoots {
    /// Whether GitHub is a server of one's own on this machine, which nobody has to be gentle with.
    ///
    /// A caching proxy on this machine is none: it has no `/api/v3`, and GitHub is behind it.
    fileprivate var isOnThisMachine: Bool {
        ["127.0.0.1", "localhost", "::1", "[::1]"].contains(rest.host() ?? "") && rest.path().hasSuffix("/api/v3")
    }
}

extension ClientSettings {
    /// Where people see what is there: what the first address tells that is GitHub's own, and no proxy's.
    var links: CheckLinks {
        for root in allRoots {
            let text = root.rest.absoluteString
            if text.hasPrefix("https://api.") {
                return CheckLinks(web: "https://" + text.dropFirst("https://api.".count))
            }
            if text.hasSuffix("/api/v3") { return CheckLinks(web: String(text.dropLast("/api/v3".count))) }
        }
        return CheckLinks()
    }
}
