/// Somebody on GitHub, as far as other answers tell.
///
/// Source: https://docs.github.com/en/rest/users/users#get-a-user
public struct GitHubAccount: Hashable, Sendable, Decodable {
    /// What the account is.
    public enum Kind: Hashable, Sendable {
        /// A person, or a machine with a person's account.
        case user
        /// An App's account, whose login ends in `[bot]`.
        case bot
        /// An organization.
        case organization
        /// What GitHub may add.
        case other(String)
    }

    /// Stays when the account is renamed.
    public let id: AccountID
    /// The name as it is written at the time, without `@`.
    public let login: String
    /// What it is.
    public let kind: Kind

    /// An account.
    public init(id: AccountID, login: String, kind: Kind = .user) {
        self.id = id
        self.login = login
        self.kind = kind
    }

    /// Reads `id`, `login` and `type`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(AccountID.self, forKey: .id)
        login = try container.decode(String.self, forKey: .login)
        kind =
            switch try container.decode(String.self, forKey: .type) {
            case "User": .user
            case "Bot": .bot
            case "Organization": .organization
            case let other: .other(other)
            }
    }

    private enum CodingKeys: String, CodingKey {
        case id, login, type
    }
}
