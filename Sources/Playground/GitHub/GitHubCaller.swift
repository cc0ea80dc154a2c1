internal import OpenSSLCrypto

internal import struct Foundation.Date

/// Who sends a request.
enum GitHubCaller {
    /// An App by itself.
    case app(Int)
    /// An installation, with what its token allows.
    case installation(StandInInstallation, StandInToken)
    /// A person.
    case person(Int)

    /// The account in whose name it acts; an App by itself has none.
    func accountID(in state: GitHubState) -> Int? {
        switch self {
        case .app: nil
        case .installation(let installation, _): state.apps[installation.appID]?.botID
        case .person(let id): id
        }
    }

    /// The App, if it is one.
    var appID: Int? {
        switch self {
        case .app(let id): id
        case .installation(let installation, _): installation.appID
        case .person: nil
        }
    }

    /// Whether it may know that a repository exists.
    func sees(_ repository: StandInRepository, in state: GitHubState) -> Bool {
        if !repository.isPrivate { return true }
        switch self {
        case .app: return false
        case .installation: return reaches(repository)
        case .person(let id): return state.permission(of: id, in: repository) != .none
        }
    }

    /// Whether an installation's token is for a repository.
    private func reaches(_ repository: StandInRepository) -> Bool {
        guard case .installation(let installation, let token) = self else { return false }
        return (token.repositoryIDs ?? installation.repositoryIDs).contains(repository.id)
    }

    /// Refuses who may not pass a door.
    func pass(_ door: GitHubDoor, to repository: StandInRepository?, in state: GitHubState) throws {
        switch (door, self) {
        case (.anyToken, .installation), (.anyToken, .person), (.app, .app): return
        case (.app, _):
            throw GitHubFailure(status: 401, message: "A JSON web token could not be decoded", isSurprising: true)
        case (_, .app):
            throw GitHubFailure(
                status: 401, message: "This endpoint does not accept an App's own token", isSurprising: true)
        case (.installation, .person):
            throw GitHubFailure(status: 403, message: "You must authenticate via a GitHub App.")
        case (.permission(let name, let access), .installation(_, let token)),
            (.installation(let name, let access), .installation(_, let token)):
            if let repository, !reaches(repository), repository.isPrivate || access == .write {
                throw GitHubFailure.notAccessible
            }
            guard access.isGranted(by: token.permissions?[name]) else { throw GitHubFailure.notAccessible }
        case (.permission(let name, let access), .person(let id)):
            guard access == .write, let repository else { return }
            // Anybody may comment; everything else that is written needs the right to push.
            if name == "issues" || name == "pull_requests" { return }
            switch state.permission(of: id, in: repository) {
            case .admin, .maintain, .write: return
            case .triage, .read, .none:
                throw GitHubFailure(status: 403, message: "Must have push access to repository.")
            }
        }
    }

    /// Finds out who sends a request.
    ///
    /// - Throws: `GitHubFailure` with 401 where the token is none, expired, or signed with another key.
    static func identify(_ request: GitHubRequest, in state: GitHubState, now: Date) throws -> (GitHubCaller, String) {
        guard let header = request.header("Authorization") else {
            throw GitHubFailure(status: 401, message: "Requires authentication", isSurprising: true)
        }
        let words = header.split(separator: " ", maxSplits: 1)
        guard words.count == 2, ["bearer", "token"].contains(words[0].lowercased()) else {
            throw GitHubFailure(status: 401, message: "Bad credentials", isSurprising: true)
        }
        let text = String(words[1])
        if text.split(separator: ".", omittingEmptySubsequences: false).count == 3 {
            let appID = try AppTokenCheck.appID(of: text, in: state, now: now)
            return (.app(appID), "app:\(appID)")
        }
        guard let token = state.tokens[text], (token.expiresAt ?? .distantFuture) > now,
            (token.acceptedFrom ?? .distantPast) <= now
        else { throw GitHubFailure.badCredentials }
        switch token.holder {
        case .person(let id): return (.person(id), "person:\(id)")
        case .installation(let id):
            guard let installation = state.installations[id] else { throw GitHubFailure.badCredentials }
            return (.installation(installation, token), "installation:\(id)")
        }
    }
}

/// Checks the token that an App signs with its private key.
///
/// Source: https://docs.github.com/en/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app
enum AppTokenCheck {
    /// How far apart two clocks may be.
    private static let skewSeconds = 60
    private static let longestLifeSeconds = 600

    /// The App that a token stands for.
    static func appID(of token: String, in state: GitHubState, now: Date) throws -> Int {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 3, let header = json(parts[0]), let claims = json(parts[1]),
            header["alg"]?.string == "RS256", let signature = Base64.decoded(parts[2]),
            let issuer = claims["iss"]?.int ?? claims["iss"]?.string.flatMap({ Int($0) }),
            let app = state.apps[issuer],
            try app.publicKey.isSignature(signature, of: Array("\(parts[0]).\(parts[1])".utf8))
        else { throw refusal("A JSON web token could not be decoded") }
        let seconds = Int(now.timeIntervalSince1970)
        guard let issuedAt = claims["iat"]?.int else {
            throw refusal("Missing 'issued at' claim ('iat') in assertion")
        }
        guard let expiresAt = claims["exp"]?.int else {
            throw refusal("Missing 'expiration' claim ('exp') in assertion")
        }
        if issuedAt > seconds + skewSeconds {
            throw refusal(
                "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued")
        }
        if expiresAt <= seconds {
            throw refusal(
                "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the "
                    + "assertion expires")
        }
        if expiresAt > seconds + longestLifeSeconds {
            throw refusal("'Expiration time' claim ('exp') is too far in the future")
        }
        return app.id
    }

    private static func refusal(_ message: String) -> GitHubFailure { GitHubFailure(status: 401, message: message) }

    private static func json(_ part: String) -> JSON? {
        guard let bytes = Base64.decoded(part) else { return nil }
        do {
            return try JSON(bytes: bytes)
        } catch {
            return nil  // Not a token, whatever else it is.
        }
    }
}
