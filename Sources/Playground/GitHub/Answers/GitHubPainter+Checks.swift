extension GitHubPainter {
    /// A check run.
    func checkRun(_ run: StandInCheckRun, in repository: StandInRepository) -> JSON {
        let fullName = state.fullName(repository)
        let url = "\(links.repository(fullName))/check-runs/\(run.id)"
        let pulls = run.pullNumbers.compactMap { number -> JSON? in
            guard let pull = repository.issues[number]?.pull else { return nil }
            return minimalPull(number, pull, in: repository)
        }
        return [
            "id": .int(run.id), "node_id": Self.node("CR", run.id), "head_sha": .string(run.headSHA),
            "external_id": .string(run.externalID ?? ""), "url": .string(url),
            "html_url": .string("\(links.page(fullName))/runs/\(run.id)"), "details_url": .text(run.detailsURL),
            "status": .string(run.status), "conclusion": .text(run.conclusion),
            "started_at": Self.time(run.startedAt), "completed_at": Self.time(run.completedAt),
            "output": [
                "title": .text(run.title), "summary": .text(run.summary), "text": .text(run.text),
                "annotations_count": .int(run.annotations.count), "annotations_url": .string("\(url)/annotations"),
            ],
            "name": .string(run.name), "check_suite": ["id": .int(run.appID * 1_000 + repository.id)],
            "app": state.apps[run.appID].map { app($0) } ?? .null, "pull_requests": .array(pulls),
        ]
    }

    private func minimalPull(_ number: Int, _ pull: StandInPull, in repository: StandInRepository) -> JSON {
        func side(_ branch: String, _ sha: String, _ repository: StandInRepository) -> JSON {
            [
                "ref": .string(branch), "sha": .string(sha),
                "repo": [
                    "id": .int(repository.id), "name": .string(repository.name),
                    "url": .string(links.repository(state.fullName(repository))),
                ],
            ]
        }
        let fork = pull.headRepositoryID.flatMap { state.repositories[$0] } ?? repository
        return [
            "id": .int(pull.id), "number": .int(number),
            "url": .string("\(links.repository(state.fullName(repository)))/pulls/\(number)"),
            "head": side(pull.headBranch, pull.headSHA, fork),
            "base": side(pull.baseBranch, pull.baseSHA, repository),
        ]
    }

    /// A note of a check run.
    func annotation(
        _ annotation: StandInAnnotation, of run: StandInCheckRun, in repository: StandInRepository
    ) -> JSON {
        let page = links.page(state.fullName(repository))
        return [
            "path": .string(annotation.path), "start_line": .int(annotation.startLine),
            "end_line": .int(annotation.endLine), "start_column": .number(annotation.columns?.lowerBound),
            "end_column": .number(annotation.columns?.upperBound), "annotation_level": .string(annotation.level),
            "title": .text(annotation.title), "message": .string(annotation.message),
            "raw_details": .text(annotation.rawDetails),
            "blob_href": .string("\(page)/blob/\(run.headSHA)/\(annotation.path)"),
        ]
    }

    /// A commit's status.
    func status(_ status: StandInStatus, in repository: StandInRepository) -> JSON {
        simpleStatus(status, in: repository).merging(["creator": account(status.creator)])
    }

    private func simpleStatus(_ status: StandInStatus, in repository: StandInRepository) -> JSON {
        [
            "url": .string("\(links.repository(state.fullName(repository)))/statuses/\(status.sha)"),
            "avatar_url": .string("\(links.root)/avatars/u/\(status.creator.id)"), "id": .int(status.id),
            "node_id": Self.node("SC", status.id), "state": .string(status.state),
            "description": .text(status.description), "target_url": .text(status.targetURL),
            "context": .string(status.context), "created_at": Self.time(status.createdAt),
            "updated_at": Self.time(status.createdAt),
        ]
    }

    /// All statuses of a commit, the newest of each context.
    func combinedStatus(of sha: String, in repository: StandInRepository) -> JSON {
        var newest: [String: StandInStatus] = [:]
        for status in repository.statuses where status.sha == sha { newest[status.context] = status }
        let statuses = newest.values.sorted { $0.id < $1.id }
        let states = Set(statuses.map(\.state))
        let isBad = states.contains("error") || states.contains("failure")
        let state = isBad ? "failure" : states.contains("pending") || states.isEmpty ? "pending" : "success"
        let url = "\(links.repository(self.state.fullName(repository)))/commits/\(sha)"
        return [
            "state": .string(state), "statuses": .array(statuses.map { simpleStatus($0, in: repository) }),
            "sha": .string(sha), "total_count": .int(statuses.count),
            "repository": self.repository(repository), "commit_url": .string(url), "url": .string("\(url)/status"),
        ]
    }

    /// An App.
    func app(_ app: StandInApp) -> JSON {
        [
            "id": .int(app.id), "slug": .string(app.slug), "node_id": Self.node("A", app.id),
            "client_id": .string("Iv1.\(app.id)"), "owner": account(app.ownerID), "name": .string(app.slug),
            "description": nil, "external_url": "https://example.com",
            "html_url": .string("\(links.root)/apps/\(app.slug)"), "created_at": Self.time(app.createdAt),
            "updated_at": Self.time(app.createdAt),
            "permissions": .object(app.permissions.mapValues { .string($0) }),
            "events": .array(app.events.map { .string($0) }),
        ]
    }

    /// An installation.
    func installation(_ installation: StandInInstallation) -> JSON {
        let app = state.apps[installation.appID]
        let url = "\(links.rest)/app/installations/\(installation.id)"
        let account = state.account(installation.accountID)
        return [
            "id": .int(installation.id), "account": self.account(account), "repository_selection": "selected",
            "access_tokens_url": .string("\(url)/access_tokens"),
            "repositories_url": .string("\(links.rest)/installation/repositories"),
            "html_url": .string(
                "\(links.root)/organizations/\(account.login)/settings/installations/\(installation.id)"),
            "app_id": .int(installation.appID), "target_id": .int(account.id),
            "target_type": .string(account.kind.rawValue),
            "permissions": .object((app?.permissions ?? [:]).mapValues { .string($0) }),
            "events": .array((app?.events ?? []).map { .string($0) }), "created_at": Self.time(installation.createdAt),
            "updated_at": Self.time(installation.createdAt), "single_file_name": nil,
            "app_slug": .string(app?.slug ?? ""), "suspended_by": nil, "suspended_at": nil,
        ]
    }
}
