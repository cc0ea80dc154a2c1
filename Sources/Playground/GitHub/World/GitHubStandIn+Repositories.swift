internal import Foundation

extension GitHubStandIn {
    /// Adds a repository with one commit on its default branch.
    ///
    /// - Parameters:
    ///   - name: Its name.
    ///   - owner: Whose it is.
    ///   - files: What it holds.
    ///   - isPrivate: Whether only those who were let in see it.
    /// - Returns: Which it is.
    /// - Throws: Why git could not make it.
    public func addRepository(
        _ name: String, of owner: StandInAccount, _ files: GitChanges, isPrivate: Bool = false
    ) async throws -> RepositoryReference {
        let repository = change { state in
            var repository = StandInRepository(id: state.nextID(), ownerID: owner.id, name: name, createdAt: now)
            repository.isPrivate = isPrivate
            state.repositories[repository.id] = repository
            return repository
        }
        try await git(repository.id).create(branch: repository.defaultBranch)
        _ = try await git(repository.id).commit(
            files, to: repository.defaultBranch, "Start", by: signature(of: owner))
        return RepositoryReference(id: repository.id, fullName: "\(owner.login)/\(name)")
    }

    /// Forks a repository, as a second bare repository.
    public func fork(_ repository: RepositoryReference, by owner: StandInAccount) async throws -> RepositoryReference {
        let fork = try change { state in
            guard let parent = state.repositories[repository.id] else { throw GitHubFailure.notFound }
            var fork = StandInRepository(
                id: state.nextID(), ownerID: owner.id, name: parent.name, parentID: parent.id, createdAt: now)
            fork.defaultBranch = parent.defaultBranch
            state.repositories[fork.id] = fork
            return fork
        }
        try await git(fork.id).clone(git(repository.id))
        return RepositoryReference(id: fork.id, fullName: "\(owner.login)/\(fork.name)")
    }

    /// Deletes a repository; pull requests from it stay, and their heads are of an unknown repository.
    public func remove(_ repository: RepositoryReference) {
        change { state in
            state.repositories[repository.id] = nil
            for id in state.repositories.keys {
                for (number, issue) in state.repositories[id]?.issues ?? [:]
                where issue.pull?.headRepositoryID == repository.id {
                    state.repositories[id]?.issues[number]?.pull?.headRepositoryID = nil
                }
            }
        }
    }

    /// Renames a repository; its number stays.
    public func rename(_ repository: RepositoryReference, to name: String) -> RepositoryReference {
        change { state in
            state.repositories[repository.id]?.name = name
            let owner = state.repositories[repository.id].map { state.account($0.ownerID).login }
            return RepositoryReference(id: repository.id, fullName: "\(owner ?? "ghost")/\(name)")
        }
    }

    /// Renames the default branch: open pull requests go along, and those that are decided name the old one.
    public func renameDefaultBranch(of repository: RepositoryReference, to name: String) async throws {
        let git = git(repository.id)
        let old = read { $0.repositories[repository.id]?.defaultBranch ?? "" }
        _ = try await git.setReference("refs/heads/\(name)", to: try await git.branch(old))
        _ = try await git.setReference("refs/heads/\(old)", to: nil)
        change { state in
            state.repositories[repository.id]?.defaultBranch = name
            for (number, issue) in state.repositories[repository.id]?.issues ?? [:]
            where issue.isOpen && issue.pull?.baseBranch == old {
                state.repositories[repository.id]?.issues[number]?.pull?.baseBranch = name
            }
        }
    }

    /// Says whether merge commits are allowed.
    public func setAllowsMergeCommits(_ allows: Bool, in repository: RepositoryReference) {
        change { $0.repositories[repository.id]?.allowsMergeCommits = allows }
    }

    /// Adds a label.
    public func addLabel(_ name: String, to repository: RepositoryReference) {
        change { state in
            let id = state.nextID()
            state.repositories[repository.id]?.labels.append(StandInLabel(id: id, name: name, color: "ededed"))
        }
    }

    /// Adds a commit to a branch, and tells whom it concerns.
    ///
    /// - Parameters:
    ///   - changes: What it changes.
    ///   - branch: The branch, made where it is not there.
    ///   - person: Who pushes.
    ///   - message: What the commit says.
    ///   - parent: The commit to build on; another one than the branch's own makes it a force-push.
    /// - Returns: The commit.
    /// - Throws: Why git refused.
    @discardableResult
    public func push(
        _ changes: GitChanges, to branch: BranchReference, by person: StandInAccount,
        message: String = "Change the registry", on parent: String? = nil
    ) async throws -> String {
        let (id, git) = (branch.repository.id, git(branch.repository.id))
        let old = try await git.branch(branch.name) ?? String(repeating: "0", count: 40)
        let sha = try await git.commit(changes, to: branch.name, on: parent, message, by: signature(of: person))
        try await didPush("refs/heads/\(branch.name)", from: old, to: sha, in: id, by: person)
        return sha
    }

    /// The commit of a branch; nil where there is none.
    public func head(of branch: BranchReference) async throws -> String? {
        try await git(branch.repository.id).branch(branch.name)
    }

    /// The names of a repository's branches.
    public func branches(of repository: RepositoryReference) async throws -> [String] {
        let prefix = "refs/heads/"
        return try await git(repository.id).references(prefix).map { String($0.name.dropFirst(prefix.count)) }
    }

    /// A file at a commit or branch; nil where there is none.
    public func file(_ path: String, at revision: String, in repository: RepositoryReference) async throws -> [UInt8]? {
        try await git(repository.id).object(named: "\(revision):\(path)")?.bytes
    }

    /// What a person signs commits with at this moment.
    func signature(of person: StandInAccount) -> GitCommitRecord.Person {
        .at(Int64(now.timeIntervalSince1970), person.login, person.commitMail)
    }

    /// Follows a reference that moved: pull requests get their new heads, and those whom it concerns are told.
    func didPush(_ name: String, from old: String, to new: String, in id: Int, by sender: StandInAccount) async throws {
        let zero = String(repeating: "0", count: 40)
        guard name.hasPrefix("refs/heads/") else { return }
        let branch = String(name.dropFirst("refs/heads/".count))
        let touched = change { state in
            state.repositories[id]?.pushedAt = now
            return state.repositories.values.flatMap { repository in
                repository.issues.values.filter { issue in
                    issue.isOpen && issue.pull?.headRepositoryID == id && issue.pull?.headBranch == branch
                }.map { (repository.id, $0.number) }
            }
        }
        if new != zero {
            let isForced = old == zero ? false : try await git(id).mergeBase(old, new) != old
            let push = PushedReference(name: name, old: old, new: new, isForced: isForced)
            try await emitPush(push, in: id, by: sender)
            for (repositoryID, number) in touched {
                try await synchronize(number, in: repositoryID, from: old, to: new, by: sender)
            }
        }
    }

    private func synchronize(
        _ number: Int, in repositoryID: Int, from old: String, to new: String, by sender: StandInAccount
    ) async throws {
        let head = read { $0.repositories[repositoryID]?.issues[number]?.pull?.headRepositoryID }
        guard let source = head else { return }
        let (_, _, pull) = try self.pull(number, in: repositoryID)
        if source != repositoryID {
            try await git(repositoryID).fetch(pull.headBranch, of: git(source), as: "refs/pull/\(number)/head")
        } else {
            _ = try await git(repositoryID).setReference("refs/pull/\(number)/head", to: new)
        }
        let base = try await git(repositoryID).branch(pull.baseBranch)
        change { state in
            guard var issue = state.repositories[repositoryID]?.issues[number] else { return }
            issue.pull?.headSHA = new
            if let base { issue.pull?.baseSHA = base }
            issue.updatedAt = now
            state.repositories[repositoryID]?.issues[number] = issue
        }
        try await emitPull(
            "synchronize", number, in: repositoryID, by: sender, ["before": .string(old), "after": .string(new)])
    }
}
