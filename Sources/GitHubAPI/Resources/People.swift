/// People, organizations and teams, as one repository's credentials see them.
public struct People: Sendable {
    let requester: Requester

    /// An account by its name at the time.
    ///
    /// - Throws: `notFound` where nobody is called so.
    /// Source: https://docs.github.com/en/rest/users/users#get-a-user
    public func account(_ login: String) async throws -> GitHubAccount {
        try await requester.get(["users", login])
    }

    /// An account by its number, whatever it is called by now.
    ///
    /// - Throws: `notFound` where it is no more.
    /// Source: https://docs.github.com/en/rest/users/users#get-a-user-using-their-id
    public func account(_ id: AccountID) async throws -> GitHubAccount {
        try await requester.get(["user", "\(id)"])
    }

    /// Whether somebody is a member of an organization.
    ///
    /// Source: https://docs.github.com/en/rest/orgs/members#check-organization-membership-for-a-user
    public func membership(of login: String, in organization: String) async throws -> Membership {
        var request = try requester.request(["orgs", organization, "members", login])
        request.keeping = .nowhere
        request.expectedStatuses = [302, 404]
        switch try await requester.send(request).status {
        case 302: break
        case 404: return .notMember
        default: return .member
        }
        // The credentials may only see who shows the membership to everybody.
        var open = try requester.request(["orgs", organization, "public_members", login])
        open.keeping = .nowhere
        open.expectedStatuses = [404]
        return try await requester.send(open).status == 404 ? .notVisible : .member
    }

    /// A team.
    ///
    /// - Throws: `notFound` where there is none, or it may not be seen.
    /// Source: https://docs.github.com/en/rest/teams/teams#get-a-team-by-name
    public func team(_ slug: String, of organization: String) async throws -> Team {
        try await requester.get(["orgs", organization, "teams", slug])
    }

    /// Whether somebody is a member of a team, or of a team below it.
    ///
    /// GitHub gives the same answer for a team that may not be seen, so ask for the team first.
    /// Source: https://docs.github.com/en/rest/teams/members#get-team-membership-for-a-user
    public func membership(of login: String, inTeam slug: String, of organization: String) async throws -> Membership {
        var request = try requester.request(["orgs", organization, "teams", slug, "memberships", login])
        request.expectedStatuses = [404]
        request.keeping = .nowhere
        let answer = try await requester.send(request)
        if answer.status == 404 { return .notMember }
        let found: TeamMembership = try requester.value(of: answer)
        return found.state == "active" ? .member : .notMember
    }
}

/// Whether somebody is a member.
public enum Membership: Hashable, Sendable {
    /// Yes.
    case member
    /// No; somebody who was invited and has not answered is none.
    case notMember
    /// The credentials may not see it: nothing is known.
    case notVisible
}

/// A team of an organization.
public struct Team: Hashable, Sendable, Decodable {
    /// Stays when the team is renamed.
    public let id: TeamID
    /// Its name in addresses and mentions.
    public let slug: String
    /// Its name for people.
    public let name: String
}

private struct TeamMembership: Decodable {
    let state: String
}
