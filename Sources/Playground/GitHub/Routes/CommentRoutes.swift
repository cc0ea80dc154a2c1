/// Comments on issues and pull requests, and reactions to them.
enum CommentRoutes {
    static let all: [GitHubRoute] = [
        GitHubRoute("GET", "/repos/{owner}/{repo}/issues/{issue_number}/comments", .permission("issues", .read)) {
            exchange in
            let (repository, issue) = try exchange.issue()
            let since = exchange.request.parameters["since"]
            let comments = repository.comments.values.filter { comment in
                guard let since, case .string(let time) = GitHubPainter.time(comment.updatedAt) else {
                    return comment.number == issue.number
                }
                return comment.number == issue.number && time >= since
            }
            return try exchange.page(comments.sorted { $0.id < $1.id }) { page in
                exchange.paint { painter in .array(page.map { painter.comment($0, in: repository) }) }
            }
        },
        GitHubRoute("POST", "/repos/{owner}/{repo}/issues/{issue_number}/comments", .permission("issues", .write)) {
            exchange in
            let (repository, issue) = try exchange.issue()
            let body = try exchange.body()
            try body.expectOnly(["body"])
            let text = try body.requiredText("body")
            try checkLength(text, "IssueComment")
            let actor = try exchange.actor()
            let comment = try exchange.standIn.addComment(text, to: issue.number, in: repository.id, by: actor)
            return .json(exchange.paint { $0.comment(comment, in: repository) }, status: 201)
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/issues/comments/{comment_id}", .permission("issues", .read)) {
            exchange in
            let (repository, comment) = try comment(exchange)
            return .json(exchange.paint { $0.comment(comment, in: repository) })
        },
        GitHubRoute("PATCH", "/repos/{owner}/{repo}/issues/comments/{comment_id}", .permission("issues", .write)) {
            exchange in
            let (repository, comment) = try comment(exchange)
            let body = try exchange.body()
            try body.expectOnly(["body"])
            let text = try body.requiredText("body")
            try checkLength(text, "IssueComment")
            try refuseStranger(exchange, comment.author, repository)
            let changed = try exchange.standIn.edit(comment.id, text, in: repository.id, by: try exchange.actor())
            return .json(exchange.paint { $0.comment(changed, in: repository) })
        },
        GitHubRoute("DELETE", "/repos/{owner}/{repo}/issues/comments/{comment_id}", .permission("issues", .write)) {
            exchange in
            let (repository, comment) = try comment(exchange)
            try refuseStranger(exchange, comment.author, repository)
            try exchange.change(repository) { repository, _ in repository.comments[comment.id] = nil }
            return .nothing
        },
        GitHubRoute(
            "GET", "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", .permission("issues", .read)
        ) { exchange in
            let (_, comment) = try comment(exchange)
            return try reactions(exchange, comment.reactions)
        },
        GitHubRoute(
            "POST", "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions", .permission("issues", .write)
        ) { exchange in
            let (repository, comment) = try comment(exchange)
            return try react(exchange) { reaction in
                try exchange.change(repository) { repository, _ in
                    repository.comments[comment.id]?.reactions.put(reaction)
                }
            }
        },
        GitHubRoute(
            "DELETE", "/repos/{owner}/{repo}/issues/comments/{comment_id}/reactions/{reaction_id}",
            .permission("issues", .write)
        ) { exchange in
            let (repository, comment) = try comment(exchange)
            let id = try exchange.number("reaction_id")
            guard comment.reactions.contains(where: { $0.id == id }) else { throw GitHubFailure.notFound }
            try exchange.change(repository) { repository, _ in
                repository.comments[comment.id]?.reactions.removeAll { $0.id == id }
            }
            return .nothing
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/issues/{issue_number}/reactions", .permission("issues", .read)) {
            exchange in
            let (_, issue) = try exchange.issue()
            return try reactions(exchange, issue.reactions)
        },
        GitHubRoute("POST", "/repos/{owner}/{repo}/issues/{issue_number}/reactions", .permission("issues", .write)) {
            exchange in
            let (repository, issue) = try exchange.issue()
            return try react(exchange) { reaction in
                try exchange.change(repository) { repository, _ in
                    repository.issues[issue.number]?.reactions.put(reaction)
                }
            }
        },
    ]

    /// Refuses a text that is longer than GitHub takes.
    static func checkLength(_ text: String, _ resource: String) throws {
        guard text.unicodeScalars.count <= GitHubLimits.bodyCharacters else {
            throw GitHubFailure(
                status: 422, message: "Validation Failed",
                errors: [
                    [
                        "resource": .string(resource), "field": "body", "code": "unprocessable",
                        "message": "body is too long (maximum is 65536 characters)",
                    ]
                ])
        }
        guard !text.allSatisfy(\.isWhitespace) || resource == "PullRequest" else {
            throw GitHubFailure.invalid(resource, "body", "missing_field")
        }
    }

    /// A page of reactions.
    static func reactions(_ exchange: GitHubExchange, _ reactions: [StandInReaction]) throws -> GitHubAnswer {
        let content = exchange.request.parameters["content"]
        return try exchange.page(reactions.filter { content == nil || $0.content == content }) { page in
            exchange.paint { painter in .array(page.map { painter.reaction($0) }) }
        }
    }

    /// Puts a reaction where `put` says; the same one again is the one that is there.
    static func react(
        _ exchange: GitHubExchange, _ put: (StandInReaction) throws -> StandInReaction?
    ) throws -> GitHubAnswer {
        let body = try exchange.body()
        try body.expectOnly(["content"])
        let content = try body.requiredText("content")
        guard StandInReaction.known.contains(content) else { throw GitHubFailure.invalid("Reaction", "content") }
        let reaction = StandInReaction(
            id: try exchange.change { $0.nextID() }, author: try exchange.actor(), content: content,
            createdAt: exchange.now)
        guard let standing = try put(reaction) else { throw GitHubFailure.notFound }
        return .json(exchange.paint { $0.reaction(standing) }, status: standing.id == reaction.id ? 201 : 200)
    }

    private static func comment(_ exchange: GitHubExchange) throws -> (StandInRepository, StandInComment) {
        let repository = try exchange.repository()
        guard let comment = repository.comments[try exchange.number("comment_id")] else { throw GitHubFailure.notFound }
        return (repository, comment)
    }

    /// Others' comments may be changed only by who may push.
    private static func refuseStranger(
        _ exchange: GitHubExchange, _ author: StandInAccount, _ repository: StandInRepository
    ) throws {
        guard case .person(let id) = exchange.caller, id != author.id else { return }
        let permission = exchange.standIn.read { $0.permission(of: id, in: repository) }
        guard ["admin", "write"].contains(permission.legacy) else {
            throw GitHubFailure(status: 403, message: "Must have admin rights to Repository.")
        }
    }
}

extension [StandInReaction] {
    /// Adds a reaction, unless its author put that one already.
    ///
    /// - Returns: The one that stands there now.
    mutating func put(_ reaction: StandInReaction) -> StandInReaction {
        if let standing = first(where: { $0.author.id == reaction.author.id && $0.content == reaction.content }) {
            return standing
        }
        append(reaction)
        return reaction
    }
}
