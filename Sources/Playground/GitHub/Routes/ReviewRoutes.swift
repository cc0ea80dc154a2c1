/// Reviews of pull requests, and comments on their lines.
enum ReviewRoutes {
    static let all: [GitHubRoute] = [
        GitHubRoute("GET", "/repos/{owner}/{repo}/pulls/{pull_number}/reviews", .permission("pull_requests", .read)) {
            exchange in
            let (repository, issue, _) = try exchange.pull()
            let reviews = repository.reviews.values.filter { $0.number == issue.number }.sorted { $0.id < $1.id }
            return try exchange.page(reviews) { page in
                exchange.paint { painter in .array(page.map { painter.review($0, in: repository) }) }
            }
        },
        GitHubRoute("POST", "/repos/{owner}/{repo}/pulls/{pull_number}/reviews", .permission("pull_requests", .write)) {
            try await create($0)
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/pulls/{pull_number}/comments", .permission("pull_requests", .read)) {
            exchange in
            let (repository, issue, _) = try exchange.pull()
            let comments = repository.reviewComments.values.filter { $0.number == issue.number }
            return try exchange.page(comments.sorted { $0.id < $1.id }) { page in
                exchange.paint { painter in .array(page.map { painter.reviewComment($0, in: repository) }) }
            }
        },
        GitHubRoute("GET", "/repos/{owner}/{repo}/pulls/comments/{comment_id}", .permission("pull_requests", .read)) {
            exchange in
            let (repository, comment) = try comment(exchange)
            return .json(exchange.paint { $0.reviewComment(comment, in: repository) })
        },
        GitHubRoute(
            "POST", "/repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies",
            .permission("pull_requests", .write)
        ) { exchange in
            let (repository, issue, _) = try exchange.pull()
            let (_, answered) = try comment(exchange)
            let body = try exchange.body()
            try body.expectOnly(["body"])
            let text = try body.requiredText("body")
            try CommentRoutes.checkLength(text, "PullRequestReviewComment")
            let actor = try exchange.actor()
            let reply = try exchange.standIn.addReviewComment(
                ReviewCommentDraft(
                    body: text, path: answered.path, line: answered.line, startLine: answered.startLine,
                    inReplyToID: answered.id),
                to: issue.number, in: repository.id, by: actor)
            return .json(exchange.paint { $0.reviewComment(reply, in: repository) }, status: 201)
        },
        GitHubRoute(
            "GET", "/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions", .permission("pull_requests", .read)
        ) { exchange in
            let (_, comment) = try comment(exchange)
            return try CommentRoutes.reactions(exchange, comment.reactions)
        },
        GitHubRoute(
            "POST", "/repos/{owner}/{repo}/pulls/comments/{comment_id}/reactions", .permission("pull_requests", .write)
        ) { exchange in
            let (repository, comment) = try comment(exchange)
            return try CommentRoutes.react(exchange) { reaction in
                try exchange.change(repository) { repository, _ in
                    repository.reviewComments[comment.id]?.reactions.put(reaction)
                }
            }
        },
    ]

    private static func comment(_ exchange: GitHubExchange) throws -> (StandInRepository, StandInReviewComment) {
        let repository = try exchange.repository()
        guard let comment = repository.reviewComments[try exchange.number("comment_id")] else {
            throw GitHubFailure.notFound
        }
        return (repository, comment)
    }

    private static func create(_ exchange: GitHubExchange) async throws -> GitHubAnswer {
        let (repository, issue, pull) = try exchange.pull()
        let body = try exchange.body()
        try body.expectOnly(["commit_id", "body", "event", "comments"])
        let states = ["COMMENT": "COMMENTED", "APPROVE": "APPROVED", "REQUEST_CHANGES": "CHANGES_REQUESTED"]
        let event = try body.text("event")
        guard let state = event.map({ states[$0] }) ?? "PENDING" else { throw GitHubFailure.refused("Invalid event.") }
        let sha = try body.text("commit_id") ?? pull.headSHA
        let comments = try body.objects("comments") ?? []
        let files = try await exchange.standIn.files(of: pull, in: repository.id)
        let drafts = try comments.map { try draft($0, files) }
        let actor = try exchange.actor()
        let text = try body.text("body") ?? ""
        guard !text.isEmpty || !drafts.isEmpty || state == "APPROVED" else {
            throw GitHubFailure.refused("A review needs a body or comments.")
        }
        let review = try exchange.change(repository) { repository, state0 in
            let review = StandInReview(
                id: state0.nextID(), number: issue.number, author: actor, body: text, state: state, commitSHA: sha,
                submittedAt: exchange.now)
            repository.reviews[review.id] = review
            return review
        }
        for var draft in drafts {
            draft.reviewID = review.id
            _ = try exchange.standIn.addReviewComment(draft, to: issue.number, in: repository.id, by: actor)
        }
        return .json(exchange.paint { $0.review(review, in: repository) })
    }

    /// A comment of a review, on lines that the pull request shows.
    private static func draft(_ body: GitHubBody, _ files: [ChangedFile]) throws -> ReviewCommentDraft {
        try body.expectOnly(["path", "position", "body", "line", "side", "start_line", "start_side"])
        let path = try body.requiredText("path")
        let line = try body.number("line")
        let start = try body.number("start_line")
        guard let file = files.first(where: { $0.path == path }) else {
            throw GitHubFailure.refused("Unprocessable Entity: Path could not be resolved")
        }
        let shown = DiffLines(patch: file.patch ?? "")
        guard let line, shown.newLines.contains(line), start.map({ shown.newLines.contains($0) && $0 < line }) ?? true
        else { throw GitHubFailure.refused("Unprocessable Entity: Line could not be resolved") }
        return ReviewCommentDraft(
            body: try body.requiredText("body"), path: path, line: line, startLine: start,
            side: try body.text("side") ?? "RIGHT", diffHunk: file.patch ?? "")
    }
}

/// A comment on lines before it has a number.
struct ReviewCommentDraft {
    let body: String
    let path: String
    let line: Int?
    var startLine: Int?
    var side = "RIGHT"
    var diffHunk = ""
    var reviewID: Int?
    var inReplyToID: Int?
}

/// The lines of the new file that hunks show.
struct DiffLines: Hashable {
    let newLines: Set<Int>

    /// Reads hunks: `@@ -1,2 +3,4 @@`, then lines with a blank, a plus or a minus before them.
    init(patch: String) {
        var lines: Set<Int> = []
        var next = 0
        for line in patch.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("@@ ") {
                let added = line.split(separator: " ").first { $0.hasPrefix("+") }
                next = added.flatMap { Int($0.dropFirst().prefix { $0 != "," }) } ?? 0
            } else if line.hasPrefix("+") || line.hasPrefix(" ") {
                lines.insert(next)
                next += 1
            }
        }
        newLines = lines
    }
}
