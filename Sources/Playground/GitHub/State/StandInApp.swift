internal import OpenSSLCrypto

internal import struct Foundation.Date

/// A GitHub App.
struct StandInApp {
    let id: Int
    /// The name in addresses; its account is called `SLUG[bot]`.
    let slug: String
    let ownerID: Int
    let botID: Int
    let publicKey: RSAPublicKey
    var permissions: [String: String]
    let events: [String]
    let createdAt: Date
}

/// An App's presence in an organization.
struct StandInInstallation {
    let id: Int
    let appID: Int
    let accountID: Int
    /// The repositories it may touch.
    var repositoryIDs: Set<Int>
    let createdAt: Date
}

/// What opens doors.
struct StandInToken {
    /// Who holds it.
    enum Holder: Hashable {
        case installation(Int)
        case person(Int)
    }

    let holder: Holder
    /// By the name of the permission, `read` or `write`; nil for a person, who may do what the account may.
    let permissions: [String: String]?
    /// The repositories that it was narrowed to; nil where it was not.
    let repositoryIDs: Set<Int>?
    let expiresAt: Date?
    /// From when on it is accepted: GitHub takes a moment to tell all its servers.
    let acceptedFrom: Date?
}
