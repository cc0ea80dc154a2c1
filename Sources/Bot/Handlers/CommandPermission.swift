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
        switch try await answered({ try await github.people.account(person.login).id.value == Int(person.id.rawValue) })
        {
        case true?: break
        case false?: return .refused
        case nil: return .unknown
        }
        let canWrite = try await answered {
            switch try await github.permission(of: person.login) {
            case .admin, .write: true
            case .read, .none: false
            }
        }
        if canWrite == true { return .allowed }
        let isMember = try await answered { () -> Bool? in
            switch try await github.people.membership(of: person.login, in: github.name.owner) {
            case .member: true
            case .notMember: false
            case .notVisible: nil
            }
        }
        if isMember == true { return .allowed }
        return canWrite == nil || isMember == nil ? .unknown : .refused
    }

    /// What a question was answered; nil where it was not.
    ///
    /// That somebody or something is not there is an answer: no account, no collaborator, no organization.
    private func answered(_ question: () async throws -> Bool?) async throws -> Bool? {
        do {
            return try await question()
        } catch let error as GitHubError {
            switch error.kind {
            case .notFound, .gone: return false
            case .rateLimited: throw error
            default: return nil
            }
        }
    }
}
