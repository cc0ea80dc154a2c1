internal import Foundation

/// The App by itself: who it is, where it is installed, its tokens and its deliveries.
enum AppRoutes {
    static let all: [GitHubRoute] = [
        GitHubRoute("GET", "/app", .app) { exchange in
            let app = try app(of: exchange)
            return .json(exchange.paint { $0.app(app) })
        },
        GitHubRoute("GET", "/app/installations", .app) { exchange in
            let app = try app(of: exchange)
            let installations = exchange.standIn.read { state in
                state.installations.values.filter { $0.appID == app.id }.sorted { $0.id < $1.id }
            }
            return try exchange.page(installations) { page in
                exchange.paint { painter in .array(page.map { painter.installation($0) }) }
            }
        },
        GitHubRoute("GET", "/app/installations/{installation_id}", .app) { exchange in
            let installation = try installation(exchange)
            return .json(exchange.paint { $0.installation(installation) })
        },
        GitHubRoute("POST", "/app/installations/{installation_id}/access_tokens", .app) { try token($0) },
        GitHubRoute("GET", "/app/hook/deliveries", .app) { try deliveries($0) },
        GitHubRoute("GET", "/app/hook/deliveries/{delivery_id}", .app) { exchange in
            let delivery = try delivery(exchange)
            return .json(exchange.paint { $0.wholeDelivery(delivery) })
        },
        GitHubRoute("POST", "/app/hook/deliveries/{delivery_id}/attempts", .app) { exchange in
            let delivery = try delivery(exchange)
            exchange.standIn.redeliver(guid: delivery.guid)
            return .json([:], status: 202)
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/installation", .app) { exchange in
            let (owner, name) = (try exchange.parameter("owner"), try exchange.parameter("repo"))
            let installation = try exchange.standIn.read { state in
                guard let repository = state.repository(owner, name),
                    let installation = state.installations.values.first(where: {
                        $0.appID == exchange.caller.appID && $0.repositoryIDs.contains(repository.id)
                    })
                else { throw GitHubFailure.notFound }
                return installation
            }
            return .json(exchange.paint { $0.installation(installation) })
        },
        GitHubRoute("GET", "/installation/repositories", .anyToken) { exchange in
            guard case .installation(let installation, let token) = exchange.caller else {
                throw GitHubFailure(status: 403, message: "You must authenticate with an installation access token.")
            }
            let repositories = exchange.standIn.read { state in
                (token.repositoryIDs ?? installation.repositoryIDs).compactMap { state.repositories[$0] }
                    .sorted { $0.id < $1.id }
            }
            return try exchange.page(repositories) { page in
                exchange.paint { painter in
                    [
                        "total_count": .int(repositories.count), "repository_selection": "selected",
                        "repositories": .array(page.map { painter.repository($0) }),
                    ]
                }
            }
        },
        GitHubRoute("GET", "/rate_limit", .anyToken) { exchange in
            let (_, key) = try exchange.standIn.read {
                try GitHubCaller.identify(exchange.request, in: $0, now: exchange.now)
            }
            func rate(_ isGraphQL: Bool) -> JSON {
                exchange.standIn.read {
                    $0.rate(key, isGraphQL: isGraphQL, exchange.standIn.limits, now: exchange.now).json
                }
            }
            let (core, graphQL) = (rate(false), rate(true))
            return .json(["resources": ["core": core, "search": core, "graphql": graphQL], "rate": core])
        },
    ]

    private static func app(of exchange: GitHubExchange) throws -> StandInApp {
        try exchange.standIn.read { state in
            guard let app = exchange.caller.appID.flatMap({ state.apps[$0] }) else { throw GitHubFailure.notFound }
            return app
        }
    }

    private static func installation(_ exchange: GitHubExchange) throws -> StandInInstallation {
        let id = try exchange.number("installation_id")
        return try exchange.standIn.read { state in
            guard let installation = state.installations[id], installation.appID == exchange.caller.appID else {
                throw GitHubFailure.notFound
            }
            return installation
        }
    }

    /// Makes a token, as narrow as was asked for.
    private static func token(_ exchange: GitHubExchange) throws -> GitHubAnswer {
        let installation = try installation(exchange)
        let body = try exchange.body()
        try body.expectOnly(["repositories", "repository_ids", "permissions"])
        let names = try body.texts("repositories")
        let wanted = try body.object("permissions")?.members
        return try exchange.change { state in
            let granted = state.apps[installation.appID]?.permissions ?? [:]
            var permissions = granted
            if let wanted {
                permissions = try wanted.mapValues { $0.string ?? "" }.filter { name, word in
                    guard let access = GitHubAccess(rawValue: word), access.isGranted(by: granted[name]) else {
                        throw GitHubFailure.refused("The permissions requested are not granted to this installation.")
                    }
                    return true
                }
            }
            var repositoryIDs: Set<Int>?
            if let names {
                repositoryIDs = try Set(
                    names.map { name in
                        guard
                            let found = installation.repositoryIDs.first(where: {
                                state.repositories[$0]?.name.lowercased() == name.lowercased()
                            })
                        else {
                            throw GitHubFailure.refused(
                                "There is at least one repository that does not exist or is not accessible to the "
                                    + "parent installation.")
                        }
                        return found
                    })
            }
            let limits = exchange.standIn.limits
            let text = "ghs_\(UUID().uuidString.replacing("-", with: ""))\(state.nextID())"
            let expiresAt = exchange.now.addingTimeInterval(Double(limits.tokenLifetimeSeconds))
            state.tokens[text] = StandInToken(
                holder: .installation(installation.id), permissions: permissions, repositoryIDs: repositoryIDs,
                expiresAt: expiresAt, acceptedFrom: exchange.now.addingTimeInterval(Double(limits.tokenDelaySeconds)))
            return .json(
                [
                    "token": .string(text), "expires_at": GitHubPainter.time(expiresAt),
                    "permissions": .object(permissions.mapValues { .string($0) }), "repository_selection": "selected",
                ], status: 201)
        }
    }

    /// A page of deliveries, newest first; the cursor is the number of the first one on it.
    private static func deliveries(_ exchange: GitHubExchange) throws -> GitHubAnswer {
        let size = try exchange.queryNumber("per_page", in: 1...GitHubLimits.pageSize) ?? 30
        let cursor = try exchange.queryNumber("cursor", in: 0...Int.max)
        let sent = exchange.standIn.deliveries.filter { !$0.isWaiting && $0.id <= cursor ?? Int.max }
            .sorted { $0.id > $1.id }
        var answer = GitHubAnswer.json(
            exchange.paint { painter in .array(sent.prefix(size).map { painter.delivery($0) }) })
        if sent.count > size {
            let query = "per_page=\(size)&cursor=\(sent[size].id)"
            let target = "\(exchange.links.rest)/app/hook/deliveries?\(query)"
            answer.headers.append(StandInHeader(name: "Link", value: "<\(target)>; rel=\"next\""))
        }
        return answer
    }

    private static func delivery(_ exchange: GitHubExchange) throws -> StandInDelivery {
        let id = try exchange.number("delivery_id")
        guard let delivery = exchange.standIn.deliveries.first(where: { $0.id == id && !$0.isWaiting }) else {
            throw GitHubFailure.notFound
        }
        return delivery
    }
}

extension GitHubExchange {
    /// Writes an answer of what is there now.
    func paint(_ body: (GitHubPainter) throws -> JSON) rethrows -> JSON {
        try standIn.read { try body(GitHubPainter(state: $0, links: links)) }
    }
}
