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
        case .seen(true): return try await ask(aboutLogin: person.login)
        case .seen(false): return .refused
        case .unknown: return .unknown
        }
    }

    /// Whether a login is still that of the account that gave the command: it may have passed to somebody else.
    ///
    /// - Parameter person: Who gave the command.
    /// - Returns: Whether it is.
    /// - Throws: `GitHubError` of a rate limit; `CancellationError`.
    func isSame(_ person: EventAccount) async throws -> Observation<Bool> {
        try await answered { try await github.people.account(person.login).id.value }
            .map { $0 == Int(person.id.rawValue) }
    }

    /// The same as `ask(for:)` about whoever has a login now.
    func ask(aboutLogin login: String) async throws -> Answer {
        let permission = try await answered { try await github.permission(of: login) }
        switch permission {
        case .seen(.admin?), .seen(.write?): return .allowed
        case .seen, .unknown: break
        }
        switch try await answered({ try await github.people.membership(of: login, in: github.name.owner) }) {
        case .seen(.member?): return .allowed
        case .seen(.notVisible?), .unknown: return .unknown
        case .seen(.notMember?), .seen(nil):
            if case .unknown = permission { return .unknown }
            return .refused
        }
    }
}
