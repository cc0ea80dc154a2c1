/// A person, a bot or an organization.
public struct StandInAccount: Hashable, Sendable {
    /// What GitHub says of the kind of an account.
    public enum Kind: String, Hashable, Sendable {
        case user = "User"
        case bot = "Bot"
        case organization = "Organization"
    }

    /// The number by which it is known for ever.
    public let id: Int
    /// The name, which may change.
    public var login: String
    /// What it is.
    public let kind: Kind

    /// Whether this is the name, which GitHub compares without case.
    func isCalled(_ login: String) -> Bool { self.login.lowercased() == login.lowercased() }
}

/// A team of an organization.
struct StandInTeam: Hashable {
    let id: Int
    let organizationID: Int
    /// The name in addresses, such as `testing-leads`.
    let slug: String
    var memberIDs: Set<Int> = []
}

/// What an account may do in a repository.
public enum StandInPermission: String, Hashable, Sendable, CaseIterable {
    case admin, maintain, write, triage, read, none

    /// The older word of four, which `permission` still says.
    var legacy: String {
        switch self {
        case .admin: "admin"
        case .maintain, .write: "write"
        case .triage, .read: "read"
        case .none: "none"
        }
    }
}
