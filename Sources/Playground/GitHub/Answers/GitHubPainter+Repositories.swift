extension GitHubPainter {
    private static let linked = [
        ("archive_url", "/{archive_format}{/ref}"), ("assignees_url", "/assignees{/user}"),
        ("blobs_url", "/git/blobs{/sha}"), ("branches_url", "/branches{/branch}"),
        ("collaborators_url", "/collaborators{/collaborator}"), ("comments_url", "/comments{/number}"),
        ("commits_url", "/commits{/sha}"), ("compare_url", "/compare/{base}...{head}"),
        ("contents_url", "/contents/{+path}"), ("contributors_url", "/contributors"),
        ("deployments_url", "/deployments"), ("downloads_url", "/downloads"), ("events_url", "/events"),
        ("forks_url", "/forks"), ("git_commits_url", "/git/commits{/sha}"), ("git_refs_url", "/git/refs{/sha}"),
        ("git_tags_url", "/git/tags{/sha}"), ("hooks_url", "/hooks"),
        ("issue_comment_url", "/issues/comments{/number}"), ("issue_events_url", "/issues/events{/number}"),
        ("issues_url", "/issues{/number}"), ("keys_url", "/keys{/key_id}"), ("labels_url", "/labels{/name}"),
        ("languages_url", "/languages"), ("merges_url", "/merges"), ("milestones_url", "/milestones{/number}"),
        ("notifications_url", "/notifications{?since,all,participating}"), ("pulls_url", "/pulls{/number}"),
        ("releases_url", "/releases{/id}"), ("stargazers_url", "/stargazers"), ("statuses_url", "/statuses/{sha}"),
        ("subscribers_url", "/subscribers"), ("subscription_url", "/subscription"), ("tags_url", "/tags"),
        ("teams_url", "/teams"), ("trees_url", "/git/trees{/sha}"),
    ]

    /// A repository as it stands in other things.
    func repository(_ repository: StandInRepository) -> JSON {
        let fullName = state.fullName(repository)
        let url = links.repository(fullName)
        var members: [String: JSON] = [
            "id": .int(repository.id), "node_id": Self.node("R", repository.id), "name": .string(repository.name),
            "full_name": .string(fullName), "license": nil, "owner": account(repository.ownerID),
            "private": .bool(repository.isPrivate), "html_url": .string(links.page(fullName)), "description": nil,
            "fork": .bool(repository.parentID != nil), "url": .string(url),
            "git_url": .string("git://github.example/\(fullName).git"),
            "ssh_url": .string("git@github.example:\(fullName).git"),
            "clone_url": .string("\(links.page(fullName)).git"), "svn_url": .string(links.page(fullName)),
            "mirror_url": nil, "homepage": nil, "language": nil, "size": 1,
            "default_branch": .string(repository.defaultBranch),
            "visibility": repository.isPrivate ? "private" : "public", "topics": [],
            "pushed_at": Self.time(repository.pushedAt), "created_at": Self.time(repository.createdAt),
            "updated_at": Self.time(repository.pushedAt), "custom_properties": [:],
        ]
        for (name, path) in Self.linked { members[name] = .string(url + path) }
        for name in ["forks", "forks_count", "stargazers_count", "watchers", "watchers_count"] { members[name] = 0 }
        let open = repository.issues.values.count { $0.isOpen }
        members["open_issues"] = .int(open)
        members["open_issues_count"] = .int(open)
        for name in ["has_issues", "has_projects", "has_wiki"] { members[name] = true }
        let absent = [
            "has_pages", "has_discussions", "has_downloads", "archived", "disabled", "is_template",
            "web_commit_signoff_required",
        ]
        for name in absent { members[name] = false }
        return .object(members)
    }

    /// A repository by itself.
    func wholeRepository(_ repository: StandInRepository, permission: StandInPermission) -> JSON {
        let order = StandInPermission.allCases
        let rank = order.firstIndex(of: permission) ?? order.count
        func reaches(_ needed: StandInPermission) -> JSON { .bool(rank <= order.firstIndex(of: needed) ?? 0) }
        var whole = self.repository(repository).merging([
            "subscribers_count": 0, "network_count": 0, "allow_merge_commit": .bool(repository.allowsMergeCommits),
            "allow_squash_merge": true, "allow_rebase_merge": true, "allow_auto_merge": false,
            "delete_branch_on_merge": false,
            "permissions": [
                "admin": reaches(.admin), "maintain": reaches(.maintain), "push": reaches(.write),
                "triage": reaches(.triage), "pull": reaches(.read),
            ],
        ])
        if let parent = repository.parentID.flatMap({ state.repositories[$0] }) {
            whole = whole.merging(["parent": self.repository(parent), "source": self.repository(parent)])
        }
        return whole
    }
}
