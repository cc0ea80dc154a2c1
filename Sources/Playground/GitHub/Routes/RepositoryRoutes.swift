/// Repositories, their branches, and who may do what in them.
enum RepositoryRoutes {
    static let all: [GitHubRoute] = [
        GitHubRoute("GET", "/repos/{owner}/{repo}", .permission("metadata", .read)) { exchange in
            let repository = try exchange.repository()
            return .json(
                exchange.paint { painter in
                    let permission = exchange.caller.accountID(in: painter.state)
                        .map { painter.state.permission(of: $0, in: repository) }
                    return painter.wholeRepository(repository, permission: permission ?? .read)
                })
        },
        GitHubRoute(
            "GET", "/repos/{owner}/{repo}/collaborators/{username}/permission", .permission("metadata", .read)
        ) { exchange in
            let repository = try exchange.repository()
            let login = try exchange.parameter("username")
            guard let account = exchange.standIn.read({ $0.account(login) }), account.kind != .organization else {
                throw GitHubFailure(status: 404, message: "\(login) is not a user")
            }
            return .json(
                exchange.paint { painter in
                    let permission = painter.state.permission(of: account.id, in: repository)
                    return [
                        "permission": .string(permission.legacy), "role_name": .string(permission.rawValue),
                        "user": painter.account(account).merging(["role_name": .string(permission.rawValue)]),
                    ]
                })
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/collaborators/{username}", .permission("metadata", .read)) {
            exchange in
            let repository = try exchange.repository()
            let login = try exchange.parameter("username")
            let isOne = exchange.standIn.read { state in
                state.account(login).map { repository.permissions[$0.id] != nil } == true
            }
            guard isOne else { throw GitHubFailure.notFound }
            return .nothing
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/assignees/{assignee}", .permission("issues", .read)) { exchange in
            let repository = try exchange.repository()
            let login = try exchange.parameter("assignee")
            let isOne = exchange.standIn.read { state in
                state.account(login).map {
                    repository.permissions[$0.id] != nil
                        || state.members[repository.ownerID]?.contains($0.id) == true
                } == true
            }
            guard isOne else { throw GitHubFailure.notFound }
            return .nothing
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/branches/{branch}", .permission("contents", .read)) { exchange in
            let repository = try exchange.repository()
            let name = try exchange.parameter("branch")
            guard let sha = try await exchange.git(repository).branch(name),
                let record = try await exchange.git(repository).records([sha]).first
            else { throw GitHubFailure(status: 404, message: "Branch not found") }
            return .json(
                exchange.paint { painter in
                    let rest = exchange.links.repository(painter.state.fullName(repository))
                    let page = exchange.links.page(painter.state.fullName(repository))
                    return [
                        "name": .string(name), "commit": painter.commit(record, in: repository), "protected": false,
                        "protection": ["enabled": false],
                        "protection_url": .string("\(rest)/branches/\(name)/protection"),
                        "_links": [
                            "self": .string("\(rest)/branches/\(name)"), "html": .string("\(page)/tree/\(name)"),
                        ],
                    ]
                })
        },
    ]
}

extension GitHubExchange {
    /// The git repository of a repository.
    func git(_ repository: StandInRepository) -> BareRepository { standIn.git(repository.id) }

    /// The commit that a branch, tag, reference or (part of a) name means.
    func commit(_ reference: String, in repository: StandInRepository) async throws -> String? {
        let git = git(repository)
        for name in ["refs/heads/\(reference)", "refs/tags/\(reference)", "refs/\(reference)", reference] {
            if let sha = try await git.object(name) { return sha }
        }
        return nil
    }
}
