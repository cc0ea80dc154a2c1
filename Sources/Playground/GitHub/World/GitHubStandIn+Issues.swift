extension GitHubStandIn {
    /// An issue as a test looks at it.
    public struct SeenIssue: Hashable, Sendable {
        /// Which it is.
        public let issue: IssueReference
        /// Its title.
        public let title: String
        /// Its text.
        public let body: String
        /// Whether it is open.
        public let isOpen: Bool
        /// Who opened it.
        public let author: String
    }

    /// The issues of a repository that are no pull requests, the oldest first.
    public func issues(in repository: RepositoryReference) -> [SeenIssue] {
        read { state in
            let issues = state.repositories[repository.id]?.issues.values.sorted { $0.number < $1.number } ?? []
            return issues.filter { $0.pull == nil }.map { issue in
                SeenIssue(
                    issue: IssueReference(repository: repository, number: issue.number), title: issue.title,
                    body: issue.body ?? "", isOpen: issue.isOpen, author: state.account(issue.authorID).login)
            }
        }
    }

    /// Adds issues that somebody has opened.
    public func addIssues(_ count: Int, to repository: RepositoryReference, by author: StandInAccount) throws {
        for index in 0..<count {
            _ = try openIssue("Issue \(index)", nil, in: repository.id, by: author.id, labels: [])
        }
    }

    /// Gives an issue another text, as a person does.
    public func edit(_ issue: IssueReference, to body: String) {
        change { state in
            state.repositories[issue.repository.id]?.issues[issue.number]?.body = body
            state.repositories[issue.repository.id]?.issues[issue.number]?.updatedAt = now
        }
    }

    /// Deletes an issue, as an administrator can.
    public func delete(_ issue: IssueReference) {
        change { $0.repositories[issue.repository.id]?.issues[issue.number] = nil }
    }
}
