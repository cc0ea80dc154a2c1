internal import BotCore
internal import CurlHTTP
internal import OpenSSLCrypto

internal import struct Foundation.Date

extension GitHubConnection {
    /// GitHub's time, as far as it is known.
    var serverNow: Date { surroundings.now().addingTimeInterval(skew.seconds) }

    /// What to show for one attempt.
    ///
    /// - Parameters:
    ///   - authorization: As whom it is made.
    ///   - priority: Who waits.
    ///   - request: The request's words, for errors.
    /// - Returns: The credential, with a token that has some time left.
    /// - Throws: `GitHubError`, `CancellationError`.
    func credential(
        for authorization: Authorization, _ priority: RequestPriority, request: String
    ) async throws -> Credential {
        let owner = name(of: authorization)
        switch (authorization, credentials) {
        case (.anonymous, _):
            return Credential(header: nil, owner: owner)
        case (.owner, .token(let token)):
            return Credential(header: Secret("Bearer " + token.text), owner: owner)
        case (.app, .app(let id, let key)):
            do {
                return Credential(
                    header: try AppIdentity(id: id, key: key).bearer(now: serverNow), owner: owner,
                    expiresAt: AppIdentity.expiry(now: serverNow))
            } catch {
                throw GitHubError(.unauthorized, request: request, message: "the private key cannot sign: \(error)")
            }
        case (.installation(let id), .app):
            let token = try await tokens.token(of: id, now: surroundings.now) {
                try await makeToken(of: id, priority)
            }
            return Credential(
                header: Secret("Bearer " + token.token.text), owner: owner, expiresAt: token.expiresAt, token: token)
        case (.app, .token), (.installation, .token):
            throw GitHubError(.refused, request: request, message: "only a GitHub App can ask this")
        case (.owner, .app):
            throw GitHubError(.refused, request: request, message: "only the owner of a personal token can ask this")
        }
    }

    private func makeToken(of id: InstallationID, _ priority: RequestPriority) async throws -> InstallationToken {
        guard let address = Address(["app", "installations", "\(id)", "access_tokens"]) else {
            preconditionFailure("a path of fixed words and a number is always well formed")
        }
        let request = GitHubRequest(
            method: .post, target: .rest(address), pace: .read, keeping: .nowhere, isTokenRequest: true)
        let answer: GitHubAnswer
        do {
            answer = try await exchange(request, as: .app, priority, stored: nil)
        } catch let error as GitHubError where error.kind == .notFound {
            throw GitHubError(.notInstalled, request: error.request, status: error.status, message: error.message)
        }
        let made = try JSONCoding.decode(AccessTokenAnswer.self, from: answer.body) {
            GitHubError(.malformed, request: request.words, status: answer.status, message: $0)
        }
        let now = surroundings.now()
        let answeredAt = answer.headers["Date"].flatMap { PlausibleTime.date(httpHeader: $0) } ?? serverNow
        return InstallationToken(
            token: Secret(made.token), madeAt: now,
            expiresAt: now.addingTimeInterval(made.expiresAt.timeIntervalSince(answeredAt)))
    }
}
