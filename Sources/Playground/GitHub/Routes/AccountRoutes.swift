/// People, organizations and teams.
enum AccountRoutes {
    static let all: [GitHubRoute] = [
        GitHubRoute("GET", "/user", .anyToken) { exchange in
            guard case .person(let id) = exchange.caller else { throw GitHubFailure.notAccessible }
            return .json(exchange.paint { $0.profile($0.state.account(id)) })
        },
        GitHubRoute("GET", "/users/{username}", .anyToken) { exchange in
            let account = try account(exchange)
            return .json(exchange.paint { $0.profile(account) })
        },
        GitHubRoute("GET", "/user/{account_id}", .anyToken) { exchange in
            let id = Int(try exchange.parameter("account_id"))
            guard let account = id.flatMap({ id in exchange.standIn.read { $0.accounts[id] } }) else {
                throw GitHubFailure.notFound
            }
            return .json(exchange.paint { $0.profile(account) })
        },
        GitHubRoute("GET", "/orgs/{org}", .anyToken) { exchange in
            let organization = try organization(exchange)
            return .json(exchange.paint { $0.organization(organization) })
        },
        GitHubRoute("GET", "/orgs/{org}/members/{username}", .anyToken) { exchange in
            let (organization, account) = (try organization(exchange), try account(exchange))
            return try exchange.standIn.read { state in
                guard mayAsk(exchange, organization, state) else {
                    // Who is no member may ask about public members alone.
                    let address = "\(exchange.links.rest)/orgs/\(organization.login)/public_members/\(account.login)"
                    return GitHubAnswer(status: 302, headers: [StandInHeader(name: "Location", value: address)])
                }
                guard state.members[organization.id]?.contains(account.id) == true else { throw GitHubFailure.notFound }
                return .nothing
            }
        },
        GitHubRoute("GET", "/orgs/{org}/public_members/{username}", .anyToken) { _ in throw GitHubFailure.notFound },
        GitHubRoute("GET", "/orgs/{org}/memberships/{username}", .anyToken) { exchange in
            let (organization, account) = (try organization(exchange), try account(exchange))
            guard exchange.standIn.read({ mayAsk(exchange, organization, $0) }) else {
                throw GitHubFailure.notAccessible
            }
            return try exchange.standIn.read { state in
                guard state.members[organization.id]?.contains(account.id) == true else { throw GitHubFailure.notFound }
                let painter = GitHubPainter(state: state, links: exchange.links)
                let url = "\(exchange.links.rest)/orgs/\(organization.login)"
                return .json([
                    "url": .string("\(url)/memberships/\(account.login)"), "state": "active", "role": "member",
                    "organization_url": .string(url), "organization": painter.organization(organization),
                    "user": painter.account(account),
                ])
            }
        },
        GitHubRoute("GET", "/orgs/{org}/teams/{team_slug}", .anyToken) { exchange in
            let team = try team(exchange)
            return .json(exchange.paint { $0.team(team) })
        },
        GitHubRoute("GET", "/orgs/{org}/teams/{team_slug}/members", .anyToken) { exchange in
            let team = try team(exchange)
            return try exchange.page(team.memberIDs.sorted()) { page in
                exchange.paint { painter in .array(page.map { painter.account($0) }) }
            }
        },
        GitHubRoute("GET", "/orgs/{org}/teams/{team_slug}/memberships/{username}", .anyToken) { exchange in
            let (team, account) = (try team(exchange), try account(exchange))
            guard team.memberIDs.contains(account.id) else { throw GitHubFailure.notFound }
            let path = "\(exchange.links.rest)/organizations/\(team.organizationID)/team/\(team.id)"
            return .json([
                "url": .string("\(path)/memberships/\(account.login)"), "role": "member", "state": "active",
            ])
        },
    ]

    private static func account(_ exchange: GitHubExchange) throws -> StandInAccount {
        let login = try exchange.parameter("username")
        guard let account = exchange.standIn.read({ $0.account(login) }) else { throw GitHubFailure.notFound }
        return account
    }

    private static func organization(_ exchange: GitHubExchange) throws -> StandInAccount {
        let login = try exchange.parameter("org")
        guard let account = exchange.standIn.read({ $0.account(login) }), account.kind == .organization else {
            throw GitHubFailure.notFound
        }
        return account
    }

    private static func team(_ exchange: GitHubExchange) throws -> StandInTeam {
        let organization = try organization(exchange)
        let slug = try exchange.parameter("team_slug").lowercased()
        return try exchange.standIn.read { state in
            guard mayAsk(exchange, organization, state) else { throw GitHubFailure.notFound }
            guard
                let team = state.teams.values.first(where: {
                    $0.organizationID == organization.id && $0.slug == slug
                })
            else { throw GitHubFailure.notFound }
            return team
        }
    }

    /// Whether who asks may see who belongs to an organization.
    private static func mayAsk(
        _ exchange: GitHubExchange, _ organization: StandInAccount, _ state: GitHubState
    ) -> Bool {
        switch exchange.caller {
        case .app: false
        case .installation(let installation, let token):
            installation.accountID == organization.id
                && GitHubAccess.read.isGranted(by: token.permissions?["members"])
        case .person(let id): state.members[organization.id]?.contains(id) == true
        }
    }
}
