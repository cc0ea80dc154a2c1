/// What people do on the pages of checks.
///
/// GitHub tells the App that a check belongs to; here every App that is installed is told.
extension GitHubStandIn {
    /// Asks for a check run once more: "Re-run".
    public func runAgain(_ run: StandInCheckRun, in repository: RepositoryReference, by person: StandInAccount) {
        emitCheckRun("rerequested", run, in: repository.id, by: person)
    }

    /// Presses a button below a check run.
    public func press(
        _ button: StandInButton, of run: StandInCheckRun, in repository: RepositoryReference, by person: StandInAccount
    ) {
        emitCheckRun(
            "requested_action", run, in: repository.id, by: person,
            ["requested_action": ["identifier": .string(button.identifier)]])
    }

    /// Asks for all check runs of a commit once more: "Re-run all checks".
    ///
    /// - Throws: Why git refused to tell of the commit.
    public func runAllAgain(
        _ run: StandInCheckRun, in repository: RepositoryReference, by person: StandInAccount
    ) async throws {
        let branch = queueBranch(of: run.headSHA, in: repository.id)
        let record = try await git(repository.id).records([run.headSHA]).first
        emit("check_suite", "rerequested", in: repository.id, by: person) { painter in
            guard let home = painter.state.repositories[repository.id] else { return [:] }
            let commit = record.map { painter.headCommit(run.headSHA, $0) } ?? .null
            return ["check_suite": painter.checkSuite(of: run, on: branch, in: home).merging(["head_commit": commit])]
        }
    }

    /// Puts a pull request into the merge queue: GitHub merges it on a branch of its own and asks for checks of that.
    ///
    /// - Returns: The commit that is to be checked.
    /// - Throws: `GitHubFailure` where it conflicts.
    @discardableResult
    public func queue(_ issue: IssueReference, by person: StandInAccount) async throws -> String {
        let id = issue.repository.id
        let (_, _, pull) = try self.pull(issue.number, in: id)
        let git = git(id)
        guard let base = try await git.branch(pull.baseBranch),
            let tree = try await git.mergedTree(base, pull.headSHA),
            let head = try await git.storeCommit(
                tree: tree, parents: [base, pull.headSHA], message: "Merge pull request \(issue.number)",
                author: signature(of: person), committer: signature(of: person))
        else { throw GitHubFailure(status: 405, message: "Pull Request is not mergeable") }
        let ref = "refs/heads/\(Self.queuePrefix)\(pull.baseBranch)/pr-\(issue.number)-\(base)"
        _ = try await git.setReference(ref, to: head)
        change { $0.repositories[id]?.queued[head] = String(ref.dropFirst("refs/heads/".count)) }
        let record = try await git.records([head]).first
        emit("merge_group", "checks_requested", in: id, by: person) { painter in
            [
                "merge_group": [
                    "head_sha": .string(head), "head_ref": .string(ref), "base_sha": .string(base),
                    "base_ref": .string("refs/heads/\(pull.baseBranch)"),
                    "head_commit": record.map { painter.headCommit(head, $0) } ?? .null,
                ]
            ]
        }
        return head
    }

    private static let queuePrefix = "gh-readonly-queue/"

    /// The queue's branch of a commit; nil where it is in no queue.
    private func queueBranch(of sha: String, in repositoryID: Int) -> String? {
        read { $0.repositories[repositoryID]?.queued[sha] }
    }

    private func emitCheckRun(
        _ action: String, _ run: StandInCheckRun, in repositoryID: Int, by sender: StandInAccount,
        _ more: [String: JSON] = [:]
    ) {
        let branch = queueBranch(of: run.headSHA, in: repositoryID)
        emit("check_run", action, in: repositoryID, by: sender) { painter in
            guard let repository = painter.state.repositories[repositoryID] else { return more }
            let whole = painter.checkRun(run, in: repository)
            let suite = painter.checkSuite(of: run, on: branch, in: repository)
            var members = more
            members["check_run"] = whole.merging(["check_suite": suite])
            return members
        }
    }
}

extension GitHubPainter {
    /// The suite of a check run; its branch is named only where it is in the repository itself.
    fileprivate func checkSuite(of run: StandInCheckRun, on queue: String?, in repository: StandInRepository) -> JSON {
        let whole = checkRun(run, in: repository)
        let pull = run.pullNumbers.first.flatMap { repository.issues[$0]?.pull }
        let id = run.appID * 1_000 + repository.id
        let url = "\(links.repository(state.fullName(repository)))/check-suites/\(id)"
        let time = whole["started_at"] ?? .null
        return [
            "id": .int(id), "node_id": Self.node("CS", id), "head_branch": .text(queue ?? pull?.headBranch),
            "head_sha": .string(run.headSHA), "status": "completed", "conclusion": .text(run.conclusion),
            "url": .string(url), "before": .text(pull?.baseSHA), "after": .string(run.headSHA),
            "pull_requests": whole["pull_requests"] ?? [], "app": whole["app"] ?? .null, "created_at": time,
            "updated_at": time, "latest_check_runs_count": 1, "check_runs_url": .string("\(url)/check-runs"),
        ]
    }

    /// A commit as events of the merge queue and of suites have it.
    fileprivate func headCommit(_ sha: String, _ record: GitCommitRecord) -> JSON {
        [
            "id": .string(sha), "tree_id": .string(record.tree), "message": .string(record.message),
            "timestamp": .string(record.committer.date),
            "author": ["name": .string(record.author.name), "email": .string(record.author.email)],
            "committer": ["name": .string(record.committer.name), "email": .string(record.committer.email)],
        ]
    }
}
