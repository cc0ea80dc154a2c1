internal import BotCore
internal import GitHubAPI

/// Asks GitHub whether somebody may have a location looked at that nobody names.
///
/// It is asked of the interface each time, by the account's number: what a payload says of an association leaves out
/// members who do not show that they are, and a login may have passed to somebody else.
struct CommandPermission: Sendable {
    /// The repository.
    let github: GitHubRepository

    /// What is known of somebody's permission.
    enum Answer: Hashable, Sendable {
        /// A member of the organization, or somebody with write access.
        case allowed
        /// Neither.
        case refused
        /// A question got no answer: nothing is known.
        case unknown
    }

    /// Whether somebody is a member of the organization, or may write to the repository.
    ///
    /// - Parameter person: Who gave the command.
    /// - Returns: What is known.
    /// - Throws: `GitHubError` of a rate limit, since a later attempt has its answer; `CancellationError`.
    func ask(for person: EventAccount) async throws -> Answer {
        switch try await isSame(person) {
        case true?: return try await ask(aboutLogin: person.login)
        case false?: return .refused
        case nil: return .unknown
        }
    }

    /// Whether a login is still that of the account that gave the command: it may have passed to somebody else.
    ///
    /// - Parameter person: Who gave the command.
    /// - Returns: Whether it is; nil where that got no answer.
    /// - Throws: `GitHubError` of a rate limit; `CancellationError`.
    func isSame(_ person: EventAccount) async throws -> Bool? {
        try await answered { try await github.people.account(person.login).id.value == Int(person.id.rawValue) }
    }

    /// The same as `ask(for:)` about whoever has a login now.
    func ask(aboutLogin login: String) async throws -> Answer {
        let canWrite = try await answered {
            switch try await github.permission(of: login) {
            case .admin, .write: true
            case .read, .none: false
            }
        }
        if canWrite == true { return .allowed }
        let isMember = try await answered { () -> Bool? in
            switch try await github.people.membership(of: login, in: github.name.owner) {
            case .member: true
            case .notMember: false
            case .notVisible: nil
            }
        }
        if isMember == true { return .allowed }
        return canWrite == nil || isMember == nil ? .unknown : .refused
    }
}
