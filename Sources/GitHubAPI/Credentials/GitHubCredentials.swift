public import OpenSSLCrypto

internal import struct Foundation.Date

/// What the client shows to be let in.
public enum GitHubCredentials: Sendable {
    /// A GitHub App, which acts in each repository as its installation there.
    ///
    /// - Parameters:
    ///   - id: The App's id or its client id.
    ///   - key: Its private key.
    case app(id: String, key: RSAPrivateKey)
    /// A personal access token, which acts as its owner everywhere.
    case token(Secret)
}

/// As whom one request is sent.
enum Authorization: Hashable, Sendable {
    /// As nobody.
    case anonymous
    /// As the App itself.
    case app
    /// As one installation of the App.
    case installation(InstallationID)
    /// As the owner of the personal token.
    case owner
}

/// What is sent with a request to be let in.
struct Credential: Sendable {
    /// The `Authorization` header; `nil` for none.
    let header: Secret?
    /// Whose calls of the hour it spends; no secret.
    let owner: String
    /// When it ends; `nil` where it does not.
    var expiresAt: Date?
    /// The installation's token that stands in it.
    var token: InstallationToken?
}
