internal import struct Foundation.Date

/// Writes what the stand-in holds in the shapes of GitHub's answers.
///
/// Source: https://docs.github.com/en/rest, API version 2022-11-28.
struct GitHubPainter {
    let state: GitHubState
    let links: GitHubLinks

    /// A time as GitHub writes it: `2011-01-26T19:01:12Z`.
    static func time(_ date: Date) -> JSON { .string(String(Timestamp(date).text.prefix(19)) + "Z") }

    /// A time, or null.
    static func time(_ date: Date?) -> JSON { date.map { time($0) } ?? .null }

    /// The name of a node in GraphQL, which is opaque.
    static func node(_ kind: String, _ id: Int) -> JSON { .string("\(kind)_\(id)") }

    /// An account as it stands in other things.
    func account(_ id: Int) -> JSON { account(state.account(id)) }

    /// An account as it stands in other things.
    func account(_ account: StandInAccount) -> JSON {
        let url = "\(links.rest)/users/\(account.login)"
        return [
            "login": .string(account.login), "id": .int(account.id), "node_id": Self.node("U", account.id),
            "avatar_url": .string("\(links.root)/avatars/u/\(account.id)"), "gravatar_id": "",
            "url": .string(url), "html_url": .string(links.page(account.login)),
            "followers_url": .string("\(url)/followers"), "following_url": .string("\(url)/following{/other_user}"),
            "gists_url": .string("\(url)/gists{/gist_id}"), "starred_url": .string("\(url)/starred{/owner}{/repo}"),
            "subscriptions_url": .string("\(url)/subscriptions"), "organizations_url": .string("\(url)/orgs"),
            "repos_url": .string("\(url)/repos"), "events_url": .string("\(url)/events{/privacy}"),
            "received_events_url": .string("\(url)/received_events"), "type": .string(account.kind.rawValue),
            "user_view_type": "public", "site_admin": false,
        ]
    }

    /// An account by itself.
    func profile(_ account: StandInAccount) -> JSON {
        let born = Date(timeIntervalSince1970: 1_400_000_000)
        return self.account(account).merging([
            "name": .string(account.login), "company": nil, "blog": "", "location": nil, "email": nil, "hireable": nil,
            "bio": nil, "public_repos": 1, "public_gists": 0, "followers": 0, "following": 0,
            "created_at": Self.time(born), "updated_at": Self.time(born),
        ])
    }

    /// An organization by itself.
    func organization(_ account: StandInAccount) -> JSON {
        let url = "\(links.rest)/orgs/\(account.login)"
        let born = Date(timeIntervalSince1970: 1_400_000_000)
        return [
            "login": .string(account.login), "id": .int(account.id), "node_id": Self.node("O", account.id),
            "url": .string(url), "repos_url": .string("\(url)/repos"), "events_url": .string("\(url)/events"),
            "hooks_url": .string("\(url)/hooks"), "issues_url": .string("\(url)/issues"),
            "members_url": .string("\(url)/members{/member}"),
            "public_members_url": .string("\(url)/public_members{/member}"),
            "avatar_url": .string("\(links.root)/avatars/u/\(account.id)"), "description": nil,
            "has_organization_projects": true, "has_repository_projects": true, "public_repos": 1, "public_gists": 0,
            "followers": 0, "following": 0, "html_url": .string(links.page(account.login)), "type": "Organization",
            "created_at": Self.time(born), "updated_at": Self.time(born), "archived_at": nil,
        ]
    }

    /// A team by itself.
    func team(_ team: StandInTeam) -> JSON {
        let organization = state.account(team.organizationID)
        let url = "\(links.rest)/organizations/\(organization.id)/team/\(team.id)"
        let born = Date(timeIntervalSince1970: 1_400_000_000)
        return [
            "id": .int(team.id), "node_id": Self.node("T", team.id), "url": .string(url),
            "html_url": .string("\(links.root)/orgs/\(organization.login)/teams/\(team.slug)"),
            "name": .string(team.slug), "slug": .string(team.slug), "description": nil, "privacy": "closed",
            "notification_setting": "notifications_enabled", "permission": "pull",
            "members_url": .string("\(url)/members{/member}"), "repositories_url": .string("\(url)/repos"),
            "parent": nil, "members_count": .int(team.memberIDs.count), "repos_count": 1,
            "created_at": Self.time(born), "updated_at": Self.time(born), "type": "organization",
            "organization": self.organization(organization),
        ]
    }

    /// A label.
    func label(_ name: String, of repository: StandInRepository) -> JSON {
        let label = repository.labels.first { $0.name.lowercased() == name.lowercased() }
        let url = "\(links.repository(state.fullName(repository)))/labels/\(name)"
        return [
            "id": .int(label?.id ?? 0), "node_id": Self.node("LA", label?.id ?? 0), "url": .string(url),
            "name": .string(name), "description": .text(label?.description), "color": .string(label?.color ?? "ededed"),
            "default": false, "archived_at": nil, "archived_by": nil,
        ]
    }

    /// A reaction.
    func reaction(_ reaction: StandInReaction) -> JSON {
        [
            "id": .int(reaction.id), "node_id": Self.node("REA", reaction.id), "user": account(reaction.author),
            "content": .string(reaction.content), "created_at": Self.time(reaction.createdAt),
        ]
    }

    /// How many of each reaction there are.
    func rollup(_ reactions: [StandInReaction], url: String) -> JSON {
        var members: [String: JSON] = ["url": .string("\(url)/reactions"), "total_count": .int(reactions.count)]
        for word in StandInReaction.known { members[word] = .int(reactions.count { $0.content == word }) }
        return .object(members)
    }
}
