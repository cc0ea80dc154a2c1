extension GitHubPainter {
    /// A comment on an issue or pull request.
    func comment(_ comment: StandInComment, in repository: StandInRepository) -> JSON {
        let fullName = state.fullName(repository)
        let url = "\(links.repository(fullName))/issues/comments/\(comment.id)"
        let isPull = repository.issues[comment.number]?.pull != nil
        let page = "\(links.page(fullName))/\(isPull ? "pull" : "issues")/\(comment.number)"
        return [
            "id": .int(comment.id), "node_id": Self.node("IC", comment.id), "url": .string(url),
            "html_url": .string("\(page)#issuecomment-\(comment.id)"), "body": .string(comment.body),
            "user": account(comment.author), "created_at": Self.time(comment.createdAt),
            "updated_at": Self.time(comment.updatedAt),
            "issue_url": .string("\(links.repository(fullName))/issues/\(comment.number)"),
            "author_association": .string(state.association(of: comment.author.id, with: repository)),
            "performed_via_github_app": nil, "reactions": rollup(comment.reactions, url: url),
        ]
    }

    /// A comment on lines.
    func reviewComment(_ comment: StandInReviewComment, in repository: StandInRepository) -> JSON {
        let fullName = state.fullName(repository)
        let url = "\(links.repository(fullName))/pulls/comments/\(comment.id)"
        let pull = "\(links.repository(fullName))/pulls/\(comment.number)"
        let page = "\(links.page(fullName))/pull/\(comment.number)#discussion_r\(comment.id)"
        var members: [String: JSON] = [
            "id": .int(comment.id), "node_id": Self.node("PRRC", comment.id), "url": .string(url),
            "html_url": .string(page), "pull_request_url": .string(pull),
            "pull_request_review_id": .number(comment.reviewID), "diff_hunk": .string(comment.diffHunk),
            "path": .string(comment.path), "commit_id": .string(comment.commitSHA),
            "original_commit_id": .string(comment.commitSHA), "user": account(comment.author),
            "body": .string(comment.body), "created_at": Self.time(comment.createdAt),
            "updated_at": Self.time(comment.updatedAt),
            "author_association": .string(state.association(of: comment.author.id, with: repository)),
            "_links": [
                "self": ["href": .string(url)], "html": ["href": .string(page)],
                "pull_request": ["href": .string(pull)],
            ],
            "side": .string(comment.side), "subject_type": "line", "position": 1, "original_position": 1,
            "start_side": .text(comment.startLine == nil ? nil : comment.side),
            "reactions": rollup(comment.reactions, url: url),
        ]
        if let line = comment.line {
            members["line"] = .int(line)
            members["original_line"] = .int(line)
        }
        members["start_line"] = .number(comment.startLine)
        members["original_start_line"] = .number(comment.startLine)
        if let answered = comment.inReplyToID { members["in_reply_to_id"] = .int(answered) }
        return .object(members)
    }

    /// A review.
    func review(_ review: StandInReview, in repository: StandInRepository) -> JSON {
        let fullName = state.fullName(repository)
        let pull = "\(links.repository(fullName))/pulls/\(review.number)"
        let page = "\(links.page(fullName))/pull/\(review.number)#pullrequestreview-\(review.id)"
        return [
            "id": .int(review.id), "node_id": Self.node("PRR", review.id), "user": account(review.author),
            "body": .string(review.body), "state": .string(review.state), "html_url": .string(page),
            "pull_request_url": .string(pull), "commit_id": .string(review.commitSHA),
            "submitted_at": Self.time(review.submittedAt),
            "author_association": .string(state.association(of: review.author.id, with: repository)),
            "_links": ["html": ["href": .string(page)], "pull_request": ["href": .string(pull)]],
        ]
    }
}
