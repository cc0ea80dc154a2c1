extension GitHubPainter {
    /// What is counted for a pull request alone, from git.
    struct PullSize: Hashable {
        /// Nil while GitHub has not found out, and after the merge.
        var isMergeable: Bool?
        var commits = 0
        var additions = 0
        var deletions = 0
        var changedFiles = 0
    }

    /// An issue, or a pull request as an issue.
    func issue(_ issue: StandInIssue, in repository: StandInRepository) -> JSON {
        let fullName = state.fullName(repository)
        let url = "\(links.repository(fullName))/issues/\(issue.number)"
        let page = "\(links.page(fullName))/\(issue.pull == nil ? "issues" : "pull")/\(issue.number)"
        var members: [String: JSON] = [
            "id": .int(issue.id), "node_id": Self.node("I", issue.id), "url": .string(url),
            "repository_url": .string(links.repository(fullName)), "labels_url": .string("\(url)/labels{/name}"),
            "comments_url": .string("\(url)/comments"), "events_url": .string("\(url)/events"),
            "html_url": .string(page), "number": .int(issue.number), "state": issue.isOpen ? "open" : "closed",
            "state_reason": nil, "title": .string(issue.title), "body": .text(issue.body),
            "user": account(issue.authorID), "labels": .array(issue.labels.map { label($0, of: repository) }),
            "assignee": issue.assigneeIDs.first.map { account($0) } ?? .null,
            "assignees": .array(issue.assigneeIDs.map { account($0) }), "milestone": nil,
            "locked": .bool(issue.isLocked), "active_lock_reason": nil,
            "comments": .int(repository.comments.values.count { $0.number == issue.number }),
            "closed_at": Self.time(issue.closedAt), "created_at": Self.time(issue.createdAt),
            "updated_at": Self.time(issue.updatedAt),
            "author_association": .string(state.association(of: issue.authorID, with: repository)),
            "reactions": rollup(issue.reactions, url: url), "timeline_url": .string("\(url)/timeline"),
            "performed_via_github_app": nil,
        ]
        if let pull = issue.pull {
            members["draft"] = .bool(pull.isDraft)
            members["pull_request"] = [
                "url": .string("\(links.repository(fullName))/pulls/\(issue.number)"), "html_url": .string(page),
                "diff_url": .string("\(page).diff"), "patch_url": .string("\(page).patch"),
                "merged_at": Self.time(pull.mergedAt),
            ]
        }
        return .object(members)
    }

    /// A pull request as lists have it.
    func pull(_ issue: StandInIssue, _ pull: StandInPull, in repository: StandInRepository) -> JSON {
        let fullName = state.fullName(repository)
        let rest = links.repository(fullName)
        let url = "\(rest)/pulls/\(issue.number)"
        let page = "\(links.page(fullName))/pull/\(issue.number)"
        let addresses: [(String, String)] = [
            ("self", url), ("html", page), ("issue", "\(rest)/issues/\(issue.number)"),
            ("comments", "\(rest)/issues/\(issue.number)/comments"), ("review_comments", "\(url)/comments"),
            ("review_comment", "\(rest)/pulls/comments{/number}"), ("commits", "\(url)/commits"),
            ("statuses", "\(rest)/statuses/\(pull.headSHA)"),
        ]
        var members: [String: JSON] = [
            "id": .int(pull.id), "node_id": Self.node("PR", pull.id), "url": .string(url), "html_url": .string(page),
            "diff_url": .string("\(page).diff"), "patch_url": .string("\(page).patch"),
            "number": .int(issue.number), "state": issue.isOpen ? "open" : "closed", "locked": .bool(issue.isLocked),
            "active_lock_reason": nil, "title": .string(issue.title), "body": .text(issue.body),
            "user": account(issue.authorID), "labels": .array(issue.labels.map { label($0, of: repository) }),
            "milestone": nil, "created_at": Self.time(issue.createdAt), "updated_at": Self.time(issue.updatedAt),
            "closed_at": Self.time(issue.closedAt), "merged_at": Self.time(pull.mergedAt),
            "merge_commit_sha": .text(pull.mergeCommitSHA),
            "assignee": issue.assigneeIDs.first.map { account($0) } ?? .null,
            "assignees": .array(issue.assigneeIDs.map { account($0) }), "requested_reviewers": [],
            "requested_teams": [], "draft": .bool(pull.isDraft), "auto_merge": nil,
            "author_association": .string(state.association(of: issue.authorID, with: repository)),
            "_links": .object(Dictionary(addresses.map { ($0.0, ["href": .string($0.1)]) }) { $1 }),
            "head": head(pull), "base": base(pull, in: repository),
        ]
        for (name, address) in addresses where name != "self" && name != "html" {
            members["\(name)_url"] = .string(address)
        }
        return .object(members)
    }

    /// A pull request by itself.
    func wholePull(
        _ issue: StandInIssue, _ pull: StandInPull, in repository: StandInRepository, size: PullSize
    ) -> JSON {
        self.pull(issue, pull, in: repository).merging([
            "merged": .bool(pull.mergedAt != nil), "mergeable": size.isMergeable.map { .bool($0) } ?? .null,
            "rebaseable": nil, "mergeable_state": "unknown",
            "merged_by": pull.mergedByID.map { account($0) } ?? .null,
            "comments": .int(repository.comments.values.count { $0.number == issue.number }),
            "review_comments": .int(repository.reviewComments.values.count { $0.number == issue.number }),
            "maintainer_can_modify": true, "commits": .int(size.commits), "additions": .int(size.additions),
            "deletions": .int(size.deletions), "changed_files": .int(size.changedFiles),
        ])
    }

    private func head(_ pull: StandInPull) -> JSON {
        let fork = pull.headRepositoryID.flatMap { state.repositories[$0] }
        return [
            "label": .string("\(pull.headOwner):\(pull.headBranch)"), "ref": .string(pull.headBranch),
            "sha": .string(pull.headSHA), "user": state.account(pull.headOwner).map { account($0) } ?? .null,
            "repo": fork.map { self.repository($0) } ?? .null,
        ]
    }

    private func base(_ pull: StandInPull, in repository: StandInRepository) -> JSON {
        [
            "label": .string("\(state.account(repository.ownerID).login):\(pull.baseBranch)"),
            "ref": .string(pull.baseBranch), "sha": .string(pull.baseSHA), "user": account(repository.ownerID),
            "repo": self.repository(repository),
        ]
    }

    /// A file that a pull request or a comparison changes.
    func file(_ file: ChangedFile, at head: String, in repository: StandInRepository) -> JSON {
        let fullName = state.fullName(repository)
        var members: [String: JSON] = [
            "sha": .string(file.sha), "filename": .string(file.path), "status": .string(file.status),
            "additions": .int(file.additions), "deletions": .int(file.deletions),
            "changes": .int(file.additions + file.deletions),
            "blob_url": .string("\(links.page(fullName))/blob/\(head)/\(file.path)"),
            "raw_url": .string("\(links.page(fullName))/raw/\(head)/\(file.path)"),
            "contents_url": .string("\(links.repository(fullName))/contents/\(file.path)?ref=\(head)"),
        ]
        if let patch = file.patch { members["patch"] = .string(patch) }
        if let previous = file.previousPath { members["previous_filename"] = .string(previous) }
        return .object(members)
    }
}
