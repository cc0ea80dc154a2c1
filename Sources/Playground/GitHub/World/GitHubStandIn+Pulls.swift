extension GitHubStandIn {
    /// Opens a pull request, as a person does.
    ///
    /// - Parameters:
    ///   - text: What it says.
    ///   - branch: The branch with the changes, of a fork or of `base` itself.
    ///   - base: The repository that is to get them.
    ///   - person: Who opens it.
    /// - Returns: Which it is.
    /// - Throws: Why it could not be opened.
    public func openPullRequest(
        _ text: PullRequestText = PullRequestText(), from branch: BranchReference, into base: RepositoryReference,
        by person: StandInAccount
    ) async throws -> IssueReference {
        let baseBranch = read { $0.repositories[base.id]?.defaultBranch } ?? "master"
        let draft = PullRequestDraft(
            title: text.title, body: text.body, headRepositoryID: branch.repository.id, headBranch: branch.name,
            baseBranch: baseBranch, isDraft: text.isDraft)
        return IssueReference(repository: base, number: try await open(draft, in: base.id, by: person.id))
    }

    /// Opens an issue, as a person does.
    public func openIssue(
        _ title: String, _ body: String?, in repository: RepositoryReference, by person: StandInAccount
    ) throws -> IssueReference {
        IssueReference(
            repository: repository,
            number: try openIssue(title, body, in: repository.id, by: person.id, labels: []))
    }

    /// Closes a pull request or issue without merging it.
    public func close(_ issue: IssueReference, by person: StandInAccount) async throws {
        try await setOpen(false, issue.number, in: issue.repository.id, by: person.id)
    }

    /// Opens a closed one again.
    public func reopen(_ issue: IssueReference, by person: StandInAccount) async throws {
        try await setOpen(true, issue.number, in: issue.repository.id, by: person.id)
    }

    /// Says that a draft is ready for review.
    public func markReady(_ issue: IssueReference, by person: StandInAccount) async throws {
        change { $0.repositories[issue.repository.id]?.issues[issue.number]?.pull?.isDraft = false }
        try await emitPull("ready_for_review", issue.number, in: issue.repository.id, by: person)
    }

    /// Moves a pull request onto another base branch.
    public func setBase(_ branch: String, of issue: IssueReference, by person: StandInAccount) async throws {
        let sha = try await git(issue.repository.id).branch(branch)
        let old = change { state in
            let old = state.repositories[issue.repository.id]?.issues[issue.number]?.pull
            state.repositories[issue.repository.id]?.issues[issue.number]?.pull?.baseBranch = branch
            if let sha { state.repositories[issue.repository.id]?.issues[issue.number]?.pull?.baseSHA = sha }
            return old
        }
        let changes: JSON = [
            "base": ["ref": ["from": .string(old?.baseBranch ?? "")], "sha": ["from": .string(old?.baseSHA ?? "")]]
        ]
        try await emitPull("edited", issue.number, in: issue.repository.id, by: person, ["changes": changes])
    }

    /// Merges a pull request with a merge commit.
    ///
    /// - Returns: The merge commit.
    /// - Throws: `GitHubFailure` where it conflicts.
    @discardableResult
    public func merge(_ issue: IssueReference, by person: StandInAccount) async throws -> String {
        let id = issue.repository.id
        let (_, _, pull) = try self.pull(issue.number, in: id)
        let git = git(id)
        guard let base = try await git.branch(pull.baseBranch),
            let tree = try await git.mergedTree(base, pull.headSHA),
            let sha = try await git.storeCommit(
                tree: tree, parents: [base, pull.headSHA], message: "Merge pull request \(issue.number)",
                author: signature(of: person), committer: signature(of: person)),
            try await git.setReference("refs/heads/\(pull.baseBranch)", to: sha, expecting: base)
        else { throw GitHubFailure(status: 405, message: "Pull Request is not mergeable") }
        change { state in
            state.repositories[id]?.issues[issue.number]?.pull?.mergedAt = now
            state.repositories[id]?.issues[issue.number]?.pull?.mergedByID = person.id
            state.repositories[id]?.issues[issue.number]?.pull?.mergeCommitSHA = sha
        }
        try await setOpen(false, issue.number, in: id, by: person.id)
        try await didPush("refs/heads/\(pull.baseBranch)", from: base, to: sha, in: id, by: person)
        return sha
    }

    /// The commit that a pull request wants to bring in.
    public func headSHA(of issue: IssueReference) -> String? {
        read { $0.repositories[issue.repository.id]?.issues[issue.number]?.pull?.headSHA }
    }

    /// The labels of an issue or pull request.
    public func labels(of issue: IssueReference) -> [String] {
        read { $0.repositories[issue.repository.id]?.issues[issue.number]?.labels ?? [] }
    }

    // MARK: - For routes too

    /// A pull request by its number.
    func pull(_ number: Int, in repositoryID: Int) throws -> (StandInRepository, StandInIssue, StandInPull) {
        try read { state in
            guard let repository = state.repositories[repositoryID], let issue = repository.issues[number],
                let pull = issue.pull
            else { throw GitHubFailure.notFound }
            return (repository, issue, pull)
        }
    }

    /// The files that a pull request changes, against the merge base, as many as GitHub lists.
    func files(of pull: StandInPull, in repositoryID: Int) async throws -> [ChangedFile] {
        let git = git(repositoryID)
        guard let base = try await git.mergeBase(pull.baseSHA, pull.headSHA) else { return [] }
        return try await git.changedFiles(from: base, to: pull.headSHA, limit: GitHubLimits.listedFiles)
    }

    /// What git counts of a pull request.
    func size(of pull: StandInPull, in repositoryID: Int) async throws -> GitHubPainter.PullSize {
        let git = git(repositoryID)
        guard let base = try await git.mergeBase(pull.baseSHA, pull.headSHA) else { return GitHubPainter.PullSize() }
        let text = try await git.expect(["diff", "--numstat", "--find-renames", base, pull.headSHA]).text
        let lines = text.split(separator: "\n").map { $0.split(separator: "\t") }
        // GitHub tests it against the base branch as it is, and not as it was when the branch was pushed.
        var isMergeable: Bool?
        if pull.mergedAt == nil, let newest = try await git.branch(pull.baseBranch) {
            isMergeable = try await git.mergedTree(newest, pull.headSHA) != nil
        }
        return GitHubPainter.PullSize(
            isMergeable: isMergeable,
            commits: try await git.divergence(pull.baseSHA, pull.headSHA).ahead,
            additions: lines.reduce(0) { $0 + ($1.first.flatMap { Int($0) } ?? 0) },
            deletions: lines.reduce(0) { $0 + ($1.dropFirst().first.flatMap { Int($0) } ?? 0) },
            changedFiles: lines.count)
    }

    /// Opens a pull request.
    ///
    /// - Returns: Its number.
    /// - Throws: `GitHubFailure` where GitHub would refuse.
    func open(_ draft: PullRequestDraft, in repositoryID: Int, by authorID: Int) async throws -> Int {
        let git = git(repositoryID)
        let source = self.git(draft.headRepositoryID)
        guard let head = try await source.branch(draft.headBranch) else {
            throw GitHubFailure.invalid("PullRequest", "head")
        }
        guard let base = try await git.branch(draft.baseBranch) else {
            throw GitHubFailure.invalid("PullRequest", "base")
        }
        let isKnown = try await source.object(base) != nil
        if isKnown, try await source.mergeBase(base, head) == head {
            throw GitHubFailure.refused("No commits between \(draft.baseBranch) and \(draft.headBranch)")
        }
        let number = try change { state in
            guard var repository = state.repositories[repositoryID],
                let fork = state.repositories[draft.headRepositoryID]
            else { throw GitHubFailure.notFound }
            let isOpenAlready = repository.issues.values.contains { issue in
                issue.isOpen && issue.pull?.headRepositoryID == draft.headRepositoryID
                    && issue.pull?.headBranch == draft.headBranch && issue.pull?.baseBranch == draft.baseBranch
            }
            let owner = state.account(fork.ownerID).login
            guard !isOpenAlready else {
                throw GitHubFailure(
                    status: 422, message: "Validation Failed",
                    errors: [
                        [
                            "resource": "PullRequest", "code": "custom",
                            "message": "A pull request already exists for \(owner):\(draft.headBranch).",
                        ]
                    ])
            }
            let number = repository.nextNumber()
            var issue = StandInIssue(
                id: state.nextID(), number: number, title: draft.title, body: draft.body, authorID: authorID,
                createdAt: now, updatedAt: now)
            issue.pull = StandInPull(
                id: state.nextID(), headRepositoryID: draft.headRepositoryID, headOwner: owner,
                headBranch: draft.headBranch, headSHA: head, baseBranch: draft.baseBranch, baseSHA: base,
                isDraft: draft.isDraft)
            repository.issues[number] = issue
            state.repositories[repositoryID] = repository
            return number
        }
        if draft.headRepositoryID == repositoryID {
            _ = try await git.setReference("refs/pull/\(number)/head", to: head)
        } else {
            try await git.fetch(draft.headBranch, of: source, as: "refs/pull/\(number)/head")
        }
        try await emitPull("opened", number, in: repositoryID, by: read { $0.account(authorID) })
        return number
    }

    /// Opens an issue.
    ///
    /// - Returns: Its number.
    func openIssue(
        _ title: String, _ body: String?, in repositoryID: Int, by authorID: Int, labels: [String]
    ) throws -> Int {
        try change { state in
            guard var repository = state.repositories[repositoryID] else { throw GitHubFailure.notFound }
            let number = repository.nextNumber()
            repository.issues[number] = StandInIssue(
                id: state.nextID(), number: number, title: title, body: body, authorID: authorID, labels: labels,
                createdAt: now, updatedAt: now)
            state.repositories[repositoryID] = repository
            return number
        }
    }

    /// Opens or closes an issue or pull request.
    func setOpen(_ isOpen: Bool, _ number: Int, in repositoryID: Int, by senderID: Int) async throws {
        let isPull = change { state in
            state.repositories[repositoryID]?.issues[number]?.isOpen = isOpen
            state.repositories[repositoryID]?.issues[number]?.closedAt = isOpen ? nil : now
            state.repositories[repositoryID]?.issues[number]?.updatedAt = now
            return state.repositories[repositoryID]?.issues[number]?.pull != nil
        }
        guard isPull else { return }
        let sender = read { $0.account(senderID) }
        try await emitPull(isOpen ? "reopened" : "closed", number, in: repositoryID, by: sender)
    }
}
