internal import Foundation

extension GitHubStandIn {
    /// Answers a query.
    ///
    /// - Returns: The body, and why nobody should have asked; nil for a proper query.
    func graphQL(_ exchange: GitHubExchange) async throws -> (JSON, String?) {
        guard exchange.request.method == "POST" else { throw GitHubFailure.notFound }
        let body = try exchange.body()
        try body.expectOnly(["query", "variables", "operationName"])
        do {
            let selection = try GraphQLReader.selection(
                try body.requiredText("query"), variables: try body.object("variables")?.members ?? [:])
            var answer = GraphQLAnswer(exchange: exchange)
            try await answer.run(selection)
            var members: [String: JSON] = ["data": .object(answer.data)]
            if !answer.errors.isEmpty { members["errors"] = .array(answer.errors) }
            return (.object(members), nil)
        } catch let problem as GraphQLProblem {
            return (["errors": [["message": .string(problem.message)]]], "GraphQL: \(problem.message)")
        }
    }
}

/// What comes of one query.
private struct GraphQLAnswer {
    let exchange: GitHubExchange
    var data: [String: JSON] = [:]
    var errors: [JSON] = []

    init(exchange: GitHubExchange) { self.exchange = exchange }

    mutating func run(_ selection: [GraphQLSelection]) async throws {
        for case .field(let field) in selection {
            switch field.name {
            case "repository": data[field.alias] = try await repository(field)
            case "rateLimit": data[field.alias] = try rate(field)
            case "viewer":
                let actor = try exchange.actor()
                data[field.alias] = try Self.pick(field, type: "User") { name in
                    switch name {
                    case "login": .string(actor.login)
                    case "databaseId": .int(actor.id)
                    default: nil
                    }
                }
            default: throw Self.unknown(field.name, on: "Query")
            }
        }
    }

    private func rate(_ field: GraphQLField) throws -> JSON {
        let (_, key) = try exchange.standIn.read {
            try GitHubCaller.identify(exchange.request, in: $0, now: exchange.now)
        }
        let rate = exchange.standIn.read {
            $0.rate(key, isGraphQL: true, exchange.standIn.limits, now: exchange.now)
        }
        return try Self.pick(field, type: "RateLimit") { name in
            switch name {
            case "cost", "nodeCount": 1
            case "limit": .int(rate.limit)
            case "remaining": .int(max(0, rate.limit - rate.used))
            case "used": .int(rate.used)
            case "resetAt": GitHubPainter.time(Date(timeIntervalSince1970: Double(rate.resetAt)))
            default: nil
            }
        }
    }

    private mutating func repository(_ field: GraphQLField) async throws -> JSON {
        guard let owner = field.arguments["owner"]?.string, let name = field.arguments["name"]?.string else {
            throw GraphQLProblem(message: "Field 'repository' is missing required arguments: owner, name")
        }
        let exchange = exchange
        let found = exchange.standIn.read { state in
            state.repository(owner, name).flatMap { exchange.caller.sees($0, in: state) ? $0 : nil }
        }
        guard let repository = found else {
            errors.append([
                "type": "NOT_FOUND", "path": [.string(field.alias)],
                "message": "Could not resolve to a Repository with the name '\(owner)/\(name)'.",
            ])
            return .null
        }
        let fields = try field.selection.map { selection -> GraphQLField in
            guard case .field(let field) = selection else {
                throw GraphQLProblem(message: "Fragments of a repository are not read.")
            }
            return field
        }
        let revisions = try fields.filter { $0.name == "object" }.map(Self.revision)
        let objects = try await exchange.git(repository).objects(revisions.isEmpty ? ["-"] : revisions)
        var members: [String: JSON] = [:]
        var next = 0
        for field in fields {
            switch field.name {
            case "object":
                members[field.alias] = try objects[next].map { try object($0, field) } ?? .null
                next += 1
            case "databaseId": members[field.alias] = .int(repository.id)
            case "id": members[field.alias] = GitHubPainter.node("R", repository.id)
            case "nameWithOwner": members[field.alias] = .string(exchange.standIn.read { $0.fullName(repository) })
            default: throw Self.unknown(field.name, on: "Repository")
            }
        }
        return .object(members)
    }

    /// What git calls the object of a field.
    private static func revision(_ field: GraphQLField) throws -> String {
        if let oid = field.arguments["oid"]?.string {
            let isHexadecimal = oid.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
            guard oid.utf8.count == 40, isHexadecimal else {
                throw GraphQLProblem(message: "\(oid) is no GitObjectID.")
            }
            return oid
        }
        guard let expression = field.arguments["expression"]?.string else {
            throw GraphQLProblem(message: "Field 'object' needs oid or expression.")
        }
        return expression
    }

    private func object(_ object: GitObject, _ field: GraphQLField) throws -> JSON {
        let limit = exchange.standIn.limits.graphQLTextBytes
        let type = object.kind.prefix(1).uppercased() + object.kind.dropFirst()
        return try Self.pick(field, type: type) { name in
            switch (name, object.kind) {
            case ("__typename", _): return .string(type)
            case ("oid", _), ("id", _): return .string(object.sha)
            case ("byteSize", "blob"): return .int(object.bytes.count)
            case ("isBinary", "blob"): return .bool(object.isBinary)
            case ("isTruncated", "blob"): return .bool(object.bytes.count > limit)
            case ("text", "blob"):
                if object.isBinary { return .null }
                return .string(String(decoding: object.bytes.prefix(limit), as: UTF8.self))
            default: return nil
            }
        }
    }

    /// The wanted fields of a thing, those of fragments for other types left out.
    private static func pick(
        _ field: GraphQLField, type: String, _ value: (String) throws -> JSON?
    ) throws -> JSON {
        var members: [String: JSON] = [:]
        func add(_ selection: [GraphQLSelection]) throws {
            for part in selection {
                switch part {
                case .fragment(let wanted, let inner): if wanted == type { try add(inner) }
                case .field(let field):
                    guard let value = try value(field.name) else { throw unknown(field.name, on: type) }
                    members[field.alias] = value
                }
            }
        }
        try add(field.selection)
        return .object(members)
    }

    private static func unknown(_ name: String, on type: String) -> GraphQLProblem {
        GraphQLProblem(message: "Field '\(name)' doesn't exist on type '\(type)'")
    }
}
