extension GitHubStandIn {
    /// Writes a comment, as a person does.
    @discardableResult
    public func comment(
        _ body: String, on issue: IssueReference, by person: StandInAccount
    ) throws -> StandInComment {
        try addComment(body, to: issue.number, in: issue.repository.id, by: person)
    }

    /// Changes a comment, as a person does.
    @discardableResult
    public func edit(
        _ comment: StandInComment, to body: String, in repository: RepositoryReference, by person: StandInAccount
    ) throws -> StandInComment {
        try edit(comment.id, body, in: repository.id, by: person)
    }

    /// Deletes a comment.
    public func delete(_ comment: StandInComment, in repository: RepositoryReference) {
        change { $0.repositories[repository.id]?.comments[comment.id] = nil }
    }

    /// Writes a comment on a line of a pull request, as a person does.
    ///
    /// - Returns: Its number.
    @discardableResult
    public func comment(
        _ body: String, on line: Int, of path: String, in issue: IssueReference, by person: StandInAccount
    ) throws -> Int {
        let draft = ReviewCommentDraft(body: body, path: path, line: line)
        return try addReviewComment(draft, to: issue.number, in: issue.repository.id, by: person).id
    }

    /// The comments on an issue or pull request, oldest first; they count as looked at from then on.
    public func comments(on issue: IssueReference) -> [StandInComment] {
        change { state in
            guard var repository = state.repositories[issue.repository.id] else { return [] }
            let ids = repository.comments.values.filter { $0.number == issue.number }.map(\.id).sorted()
            for id in ids { repository.comments[id]?.isRead = true }
            state.repositories[issue.repository.id] = repository
            return ids.compactMap { repository.comments[$0] }
        }
    }

    /// What stands above the comments of reviews of a pull request, oldest first.
    public func reviews(of issue: IssueReference) -> [String] {
        read { state in
            let reviews = state.repositories[issue.repository.id]?.reviews.values.filter { $0.number == issue.number }
            return (reviews ?? []).sorted { $0.id < $1.id }.map(\.body)
        }
    }

    /// The comments on lines of a pull request, oldest first; they count as looked at from then on.
    public func reviewComments(on issue: IssueReference) -> [StandInReviewComment] {
        _ = lineComments(on: issue)
        return read { state in
            let all = state.repositories[issue.repository.id]?.reviewComments.values ?? [:].values
            return all.filter { $0.number == issue.number }.sorted { $0.id < $1.id }
        }
    }

    /// The comments on lines of a pull request, as `PATH:LINE: BODY`; they count as looked at from then on.
    public func lineComments(on issue: IssueReference) -> [String] {
        change { state in
            guard var repository = state.repositories[issue.repository.id] else { return [] }
            let ids = repository.reviewComments.values.filter { $0.number == issue.number }.map(\.id).sorted()
            for id in ids { repository.reviewComments[id]?.isRead = true }
            state.repositories[issue.repository.id] = repository
            return ids.compactMap { repository.reviewComments[$0] }.map { "\($0.path):\($0.line ?? 0): \($0.body)" }
        }
    }

    /// What nobody has looked at since a bot wrote or changed it; a test that leaves one behind fails.
    public var unreadComments: [String] {
        read { state in
            state.repositories.values.flatMap { repository in
                repository.comments.values.filter { !$0.isRead }.map { "#\($0.number) \($0.author.login): \($0.body)" }
                    + repository.reviewComments.values.filter { !$0.isRead }
                    .map { "#\($0.number) \($0.author.login): \($0.body)" }
            }
        }
    }

    /// The check runs of a commit, oldest first; of all commits where none is named.
    public func checkRuns(of repository: RepositoryReference, at sha: String? = nil) -> [StandInCheckRun] {
        read { state in
            (state.repositories[repository.id]?.checkRuns.values.filter { sha == nil || $0.headSHA == sha } ?? [])
                .sorted { $0.id < $1.id }
        }
    }

    /// The statuses of commits, oldest first.
    public func statuses(of repository: RepositoryReference) -> [StandInStatus] {
        read { $0.repositories[repository.id]?.statuses ?? [] }
    }

    /// The reactions to a comment, also to one on a line.
    public func reactions(toComment id: Int, in repository: RepositoryReference) -> [String] {
        read { state in
            let repository = state.repositories[repository.id]
            return (repository?.comments[id]?.reactions ?? repository?.reviewComments[id]?.reactions ?? [])
                .map(\.content)
        }
    }

    // MARK: - For routes too

    /// Adds a comment, and tells whom it concerns.
    func addComment(
        _ body: String, to number: Int, in repositoryID: Int, by author: StandInAccount
    ) throws -> StandInComment {
        let comment = try change { state in
            guard state.repositories[repositoryID]?.issues[number] != nil else { throw GitHubFailure.notFound }
            let comment = StandInComment(
                id: state.nextID(), number: number, author: author, body: body, createdAt: now, updatedAt: now,
                isRead: author.kind != .bot)
            state.repositories[repositoryID]?.comments[comment.id] = comment
            state.repositories[repositoryID]?.issues[number]?.updatedAt = now
            return comment
        }
        emitComment("created", comment, in: repositoryID, by: author)
        return comment
    }

    /// Changes a comment, and tells whom it concerns.
    func edit(
        _ commentID: Int, _ body: String, in repositoryID: Int, by sender: StandInAccount
    ) throws -> StandInComment {
        let (old, comment) = try change { state in
            guard var comment = state.repositories[repositoryID]?.comments[commentID] else {
                throw GitHubFailure.notFound
            }
            let old = comment.body
            comment.body = body
            comment.updatedAt = now
            comment.earlierBodies.append(old)
            if sender.kind == .bot, old != body { comment.isRead = false }
            state.repositories[repositoryID]?.comments[commentID] = comment
            return (old, comment)
        }
        emitComment("edited", comment, in: repositoryID, by: sender, ["changes": ["body": ["from": .string(old)]]])
        return comment
    }

    /// Adds a comment on a line, and tells whom it concerns.
    func addReviewComment(
        _ draft: ReviewCommentDraft, to number: Int, in repositoryID: Int, by author: StandInAccount
    ) throws -> StandInReviewComment {
        let comment = try change { state in
            guard let pull = state.repositories[repositoryID]?.issues[number]?.pull else {
                throw GitHubFailure.notFound
            }
            let comment = StandInReviewComment(
                id: state.nextID(), reviewID: draft.reviewID, number: number, author: author, body: draft.body,
                path: draft.path, line: draft.line, startLine: draft.startLine, side: draft.side,
                commitSHA: pull.headSHA, diffHunk: draft.diffHunk, inReplyToID: draft.inReplyToID, createdAt: now,
                updatedAt: now, isRead: author.kind != .bot)
            state.repositories[repositoryID]?.reviewComments[comment.id] = comment
            return comment
        }
        emitReviewComment("created", comment, in: repositoryID, by: author)
        return comment
    }
}
