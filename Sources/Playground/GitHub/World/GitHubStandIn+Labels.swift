extension GitHubStandIn {
    /// Sets a label, as a person does.
    public func setLabel(_ name: String, on issue: IssueReference, by person: StandInAccount) async throws {
        try await setLabels([name], on: issue.number, in: issue.repository.id, by: person)
    }

    /// Takes a label off, as a person does.
    public func removeLabel(_ name: String, from issue: IssueReference, by person: StandInAccount) async throws {
        try await removeLabel(name, from: issue.number, in: issue.repository.id, by: person)
    }

    /// Sets labels, makes those that the repository does not have, and tells whom it concerns.
    func setLabels(_ names: [String], on number: Int, in repositoryID: Int, by sender: StandInAccount) async throws {
        let new = try change { state in
            guard var repository = state.repositories[repositoryID], var issue = repository.issues[number] else {
                throw GitHubFailure.notFound
            }
            let new = names.filter { name in !issue.labels.contains { $0.lowercased() == name.lowercased() } }
            issue.labels += new
            // GitHub makes a label that the repository does not have.
            for name in new where !repository.labels.contains(where: { $0.name.lowercased() == name.lowercased() }) {
                repository.labels.append(StandInLabel(id: state.nextID(), name: name, color: "ededed"))
            }
            repository.issues[number] = issue
            state.repositories[repositoryID] = repository
            return new
        }
        for name in new { try await tell("labeled", name, number, in: repositoryID, by: sender) }
    }

    /// Takes a label off, and tells whom it concerns.
    func removeLabel(_ name: String, from number: Int, in repositoryID: Int, by sender: StandInAccount) async throws {
        change { state in
            state.repositories[repositoryID]?.issues[number]?.labels.removeAll { $0.lowercased() == name.lowercased() }
        }
        try await tell("unlabeled", name, number, in: repositoryID, by: sender)
    }

    private func tell(
        _ action: String, _ name: String, _ number: Int, in repositoryID: Int, by sender: StandInAccount
    ) async throws {
        let found = read { state -> (isPull: Bool, label: JSON)? in
            guard let repository = state.repositories[repositoryID], let issue = repository.issues[number] else {
                return nil
            }
            let painter = GitHubPainter(state: state, links: links)
            return (issue.pull != nil, painter.label(name, of: repository))
        }
        guard let found, found.isPull else { return }
        try await emitPull(action, number, in: repositoryID, by: sender, ["label": found.label])
    }

    /// A pull request as a test looks at it.
    public struct SeenPull: Hashable, Sendable {
        /// Which it is.
        public let issue: IssueReference
        /// Its title.
        public let title: String
        /// Its text.
        public let body: String
        /// Whether it is open.
        public let isOpen: Bool
        /// Whether it was merged.
        public let isMerged: Bool
        /// Its labels.
        public let labels: [String]
        /// The branch that it comes from.
        public let branch: String
        /// The commit that it comes from.
        public let head: String
        /// Who opened it.
        public let author: String
    }

    /// The pull requests of a repository, the oldest first.
    public func pulls(in repository: RepositoryReference) -> [SeenPull] {
        read { state in
            let issues = state.repositories[repository.id]?.issues.values.sorted { $0.number < $1.number } ?? []
            return issues.compactMap { issue in
                issue.pull.map { pull in
                    SeenPull(
                        issue: IssueReference(repository: repository, number: issue.number), title: issue.title,
                        body: issue.body ?? "", isOpen: issue.isOpen, isMerged: pull.mergedAt != nil,
                        labels: issue.labels, branch: pull.headBranch, head: pull.headSHA,
                        author: state.account(issue.authorID).login)
                }
            }
        }
    }

    /// The messages of a pull request's commits, the oldest first, each with its author.
    public func commits(of issue: IssueReference) async throws -> [(author: String, message: String)] {
        let (_, _, pull) = try self.pull(issue.number, in: issue.repository.id)
        let git = git(issue.repository.id)
        let shas = try await git.commits(from: pull.baseSHA, to: pull.headSHA)
        return try await git.records(shas).map { ($0.author.name, $0.message) }
    }
}
