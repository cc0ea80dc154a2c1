internal import BotCore
internal import CurlHTTP
internal import OpenSSLCrypto
internal import Synchronization

internal import struct Foundation.Date

/// A token of one installation, which lives for an hour.
struct InstallationToken: Sendable {
    let token: Secret
    /// When it was made.
    let madeAt: Date
    /// When it ends, by this machine's clock.
    let expiresAt: Date

    /// How long before its end a token is not used any more, so that no request outlives it.
    ///
    /// Not more than a minute: ghproxy gives the token that others have for as long as that has a minute left, and who
    /// finds it too old would ask again before each request.
    static let marginSeconds = 60.0
    /// How far the clock may be set back until a token counts as none.
    private static let setBackSeconds = 300.0
    /// How long after its making a token may be unknown to some of GitHub's servers.
    static let settlingSeconds = 5.0

    /// Whether requests may begin with it.
    func isUsable(_ now: Date) -> Bool {
        expiresAt.timeIntervalSince(now) > Self.marginSeconds && now >= madeAt.addingTimeInterval(-Self.setBackSeconds)
    }

    /// Whether a refusal may only mean that it is new.
    func isSettling(_ now: Date) -> Bool { (0..<Self.settlingSeconds).contains(now.timeIntervalSince(madeAt)) }
}

/// Tokens of installations, made when they are needed, once for all who need one at the time.
final class InstallationTokens: Sendable {
    private let tokens = Mutex<[InstallationID: InstallationToken]>([:])
    private let flights = SingleFlight<InstallationID, InstallationToken>()

    /// A token that can be used now.
    ///
    /// - Parameters:
    ///   - id: Whose token.
    ///   - now: The present, asked again for each use.
    ///   - make: Asks GitHub for one.
    /// - Returns: The token.
    /// - Throws: What `make` throws, and `CancellationError`.
    func token(
        of id: InstallationID, now: @Sendable () -> Date, make: () async throws -> InstallationToken
    ) async throws -> InstallationToken {
        if let known = known(id, now()) { return known }
        return try await flights.run(id) {
            // Somebody may have made one between the look and the flight.
            if let known = known(id, now()) { return known }
            let made = try await make()
            tokens.withLock { $0[id] = made }
            return made
        }
    }

    /// Forgets a token that was refused, unless there is another one by now.
    func drop(_ token: InstallationToken, of id: InstallationID) {
        tokens.withLock { tokens in
            if tokens[id]?.token == token.token { tokens[id] = nil }
        }
    }

    private func known(_ id: InstallationID, _ now: Date) -> InstallationToken? {
        guard let token = tokens.withLock({ $0[id] }), token.isUsable(now) else { return nil }
        return token
    }
}

/// GitHub's answer to the request for a token.
///
/// Source: https://docs.github.com/en/rest/apps/apps#create-an-installation-access-token-for-an-app
struct AccessTokenAnswer: Decodable {
    let token: String
    let expiresAt: Date

    private enum CodingKeys: String, CodingKey {
        case token
        case expiresAt = "expires_at"
    }
}
