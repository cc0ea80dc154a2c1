internal import BotCore
internal import GitHubAPI

/// What of an owner's people our credentials are shown.
///
/// Without the permission to read members GitHub says of every team that it is not there, and only of those who show
/// their membership to everybody that they are members.
struct ContactSight: Sendable {
    /// Whether the owner is an organization, which has members and teams.
    let hasMembers: Observation<Bool>
    /// Whether its teams are shown.
    let seesTeams: Bool

    /// Asks GitHub.
    ///
    /// - Parameters:
    ///   - github: A repository of the owner.
    ///   - ours: Our own account, of which nobody hides whether it is a member.
    /// - Throws: `GitHubError` of a rate limit; `CancellationError`.
    init(_ github: GitHubRepository, ours: GitHubAccount) async throws {
        let owner = github.name.owner
        hasMembers = try await answered { try await github.people.account(owner).kind }.map { $0 == .organization }
        guard hasMembers.value == true else {
            seesTeams = false
            return
        }
        let ourPlace = try await answered { try await github.people.membership(of: ours.login, in: owner) }
        switch ourPlace {
        case .seen(.member?), .seen(.notMember?): seesTeams = true
        case .seen(.notVisible?), .seen(nil), .unknown: seesTeams = false
        }
    }
}
