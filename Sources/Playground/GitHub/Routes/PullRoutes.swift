/// Pull requests: reading them, their files and commits; opening and changing them.
enum PullRoutes {
    static let all: [GitHubRoute] = [
        GitHubRoute("GET", "/repos/{owner}/{repo}/pulls", .permission("pull_requests", .read)) { try list($0) },
        GitHubRoute("POST", "/repos/{owner}/{repo}/pulls", .permission("pull_requests", .write)) {
            try await open($0)
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/pulls/{pull_number}", .permission("pull_requests", .read)) {
            exchange in
            let (repository, issue, pull) = try exchange.pull()
            return try await answer(exchange, repository, issue, pull)
        },
        GitHubRoute("PATCH", "/repos/{owner}/{repo}/pulls/{pull_number}", .permission("pull_requests", .write)) {
            try await change($0)
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/pulls/{pull_number}/files", .permission("pull_requests", .read)) {
            exchange in
            let (repository, _, pull) = try exchange.pull()
            let files = try await exchange.standIn.files(of: pull, in: repository.id)
            return try exchange.page(files) { page in
                exchange.paint { painter in
                    .array(page.map { painter.file($0, at: pull.headSHA, in: repository) })
                }
            }
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/pulls/{pull_number}/commits", .permission("pull_requests", .read)) {
            exchange in
            let (repository, _, pull) = try exchange.pull()
            let git = exchange.git(repository)
            let shas = try await git.commits(from: pull.baseSHA, to: pull.headSHA).prefix(250)
            let records = try await git.records(Array(shas))
            return try exchange.page(records) { page in
                exchange.paint { painter in .array(page.map { painter.commit($0, in: repository) }) }
            }
        },
    ]

    /// A pull request by itself, with what git counts.
    static func answer(
        _ exchange: GitHubExchange, _ repository: StandInRepository, _ issue: StandInIssue, _ pull: StandInPull,
    ) async throws -> GitHubAnswer {
        let size = try await exchange.standIn.size(of: pull, in: repository.id)
        return .json(exchange.paint { $0.wholePull(issue, pull, in: repository, size: size) })
    }

    private static func list(_ exchange: GitHubExchange) throws -> GitHubAnswer {
        let repository = try exchange.repository()
        let parameters = exchange.request.parameters
        let state = parameters["state"] ?? "open"
        guard ["open", "closed", "all"].contains(state) else { throw GitHubFailure.invalid("PullRequest", "state") }
        let newestFirst = (parameters["direction"] ?? "desc") == "desc"
        var pulls = repository.issues.values.compactMap { issue in issue.pull.map { (issue, $0) } }
        pulls.removeAll { issue, pull in
            if state != "all", issue.isOpen != (state == "open") { return true }
            if let base = parameters["base"], base != pull.baseBranch { return true }
            if let head = parameters["head"], head != "\(pull.headOwner):\(pull.headBranch)" { return true }
            return false
        }
        pulls.sort { one, other in
            let isBefore =
                parameters["sort"] == "updated"
                ? (one.0.updatedAt, one.0.number) < (other.0.updatedAt, other.0.number)
                : one.0.number < other.0.number
            return isBefore != newestFirst
        }
        return try exchange.page(pulls) { page in
            exchange.paint { painter in .array(page.map { painter.pull($0.0, $0.1, in: repository) }) }
        }
    }

    private static func open(_ exchange: GitHubExchange) async throws -> GitHubAnswer {
        let repository = try exchange.repository()
        let body = try exchange.body()
        try body.expectOnly(["title", "body", "head", "base", "draft", "maintainer_can_modify", "head_repo", "issue"])
        let head = try body.requiredText("head")
        let words = head.split(separator: ":", maxSplits: 1).map(String.init)
        let owner = words.count == 2 ? words[0] : try exchange.parameter("owner")
        let branch = words.last ?? head
        let source = exchange.standIn.read { state in
            state.repositories.values.first { candidate in
                state.account(candidate.ownerID).isCalled(owner)
                    && (candidate.id == repository.id || candidate.parentID == repository.id)
            }
        }
        guard let source else { throw GitHubFailure.invalid("PullRequest", "head") }
        let draft = PullRequestDraft(
            title: try body.requiredText("title"), body: try body.text("body"), headRepositoryID: source.id,
            headBranch: branch, baseBranch: try body.requiredText("base"), isDraft: try body.flag("draft") == true)
        let number = try await exchange.standIn.open(draft, in: repository.id, by: try exchange.actor().id)
        let (current, issue, pull) = try exchange.standIn.pull(number, in: repository.id)
        var answer = try await answer(exchange, current, issue, pull)
        answer.status = 201
        return answer
    }

    private static func change(_ exchange: GitHubExchange) async throws -> GitHubAnswer {
        let (repository, issue, _) = try exchange.pull()
        let body = try exchange.body()
        try body.expectOnly(["title", "body", "state", "base", "maintainer_can_modify"])
        let state = try body.text("state")
        guard state == nil || state == "open" || state == "closed" else {
            throw GitHubFailure.invalid("PullRequest", "state")
        }
        let (title, text) = (try body.text("title"), try body.text("body"))
        if let text { try CommentRoutes.checkLength(text, "PullRequest") }
        let actor = try exchange.actor().id
        try exchange.change(repository) { repository, _ in
            guard var changed = repository.issues[issue.number] else { throw GitHubFailure.notFound }
            if let title { changed.title = title }
            if let text { changed.body = text }
            changed.updatedAt = exchange.now
            repository.issues[issue.number] = changed
        }
        if let state, (state == "open") != issue.isOpen {
            try await exchange.standIn.setOpen(state == "open", issue.number, in: repository.id, by: actor)
        }
        let (current, changed, pull) = try exchange.standIn.pull(issue.number, in: repository.id)
        return try await answer(exchange, current, changed, pull)
    }
}

extension GitHubExchange {
    /// The pull request that the path names.
    func pull() throws -> (StandInRepository, StandInIssue, StandInPull) {
        let (repository, issue) = try issue("pull_number")
        guard let pull = issue.pull else { throw GitHubFailure.notFound }
        return (repository, issue, pull)
    }
}
