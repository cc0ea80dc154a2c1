internal import BotCore
internal import OpenSSLCrypto

/// A secret that webhooks are signed with, and what it may sign for.
struct WebhookSecret: Sendable {
    /// How logs call it: what it may sign for, and when it was made or which of several it is.
    let name: String
    /// What it may sign for.
    let scope: SecretScope
    /// The secret, ready to be used.
    let key: HMACKey
}

/// What a secret may sign for.
enum SecretScope: Hashable, Sendable, CustomStringConvertible {
    /// Everything.
    case everything
    /// What is about an account or any of its repositories; without case, as GitHub compares names.
    case owner(String)
    /// What is about one repository.
    case repository(RepositoryName)

    /// Reads a key of the file: `*`, `OWNER` or `OWNER/NAME`; nil where it is anything else.
    init?(_ text: String) {
        if text == "*" {
            self = .everything
        } else if let repository = RepositoryName(text) {
            self = .repository(repository)
        } else if let owner = RepositoryName(owner: text, name: "x")?.owner {
            self = .owner(owner.lowercased())
        } else {
            return nil
        }
    }

    /// Whether a delivery that speaks for this is within it.
    ///
    /// - Parameter scope: Nil where the body does not tell; that, like what speaks for no account, is within `*` alone.
    /// - Returns: Whether it may sign for it.
    func covers(_ scope: EventScope?) -> Bool {
        switch self {
        case .everything: true
        case .owner(let owner): scope?.owner?.lowercased() == owner
        case .repository(let repository): scope?.repository == repository
        }
    }

    /// As it is written in the file.
    var description: String {
        switch self {
        case .everything: "*"
        case .owner(let owner): owner
        case .repository(let repository): "\(repository)"
        }
    }
}
