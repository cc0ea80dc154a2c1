/// Pull requests of one repository.
///
/// Source: https://docs.github.com/en/rest/pulls/pulls
public struct PullRequests: Sendable {
    let repository: GitHubRepository

    /// GitHub lists no more files of a pull request than so many.
    public static let maxListedFiles = 3_000

    /// One pull request.
    public func get(_ number: IssueNumber) async throws -> PullRequest {
        try await repository.requester.get(repository.path("pulls", "\(number)"))
    }

    /// The files that it touches, at most `maxListedFiles`: `changedFiles` tells whether these are all.
    public func files(of number: IssueNumber) async throws -> [PullRequestFile] {
        let path = repository.path("pulls", "\(number)", "files")
        return try await repository.requester.list(path, maxPages: Self.maxListedFiles / 100, isEndAtLimit: true) {
            (page: [PullRequestFile]) in page
        }
    }

    /// Its commits, the oldest first, at most 250.
    public func commits(of number: IssueNumber) async throws -> [PullRequestCommit] {
        let path = repository.path("pulls", "\(number)", "commits")
        return try await repository.requester.list(path, maxPages: 3, isEndAtLimit: true) {
            (page: [PullRequestCommit]) in page
        }
    }

    /// Those that are open, the oldest first.
    ///
    /// - Parameters:
    ///   - base: Only those that go to this branch; `nil` for all.
    ///   - head: Only those that come from this branch, as in `octocat:topic`; `nil` for all.
    /// - Returns: The pull requests, without the number of their files.
    /// - Throws: `GitHubError`, `CancellationError`.
    public func open(base: String? = nil, head: String? = nil) async throws -> [PullRequest] {
        try await list(state: "open", base: base, head: head)
    }

    /// Those from one branch, open or not, the oldest first.
    ///
    /// - Parameter head: The branch with its owner, as in `octocat:topic`.
    /// - Returns: The pull requests, without the number of their files.
    /// - Throws: `GitHubError`, `CancellationError`.
    public func all(head: String) async throws -> [PullRequest] {
        try await list(state: "all", base: nil, head: head)
    }

    /// Opens a pull request.
    ///
    /// - Throws: `unprocessable` where there is one from this branch already, among others.
    public func create(_ draft: PullRequestDraft) async throws -> PullRequest {
        try await repository.requester.post(repository.path("pulls"), draft, pace: .notifyingWrite)
    }

    /// Changes a pull request; what is `nil` stays.
    public func update(_ number: IssueNumber, _ change: PullRequestChange) async throws -> PullRequest {
        try await repository.requester.patch(repository.path("pulls", "\(number)"), change)
    }

    private func list(state: String, base: String?, head: String?) async throws -> [PullRequest] {
        var query = [("state", state), ("sort", "created"), ("direction", "asc")]
        if let base { query.append(("base", base)) }
        if let head { query.append(("head", head)) }
        return try await repository.requester.list(repository.path("pulls"), query: query) {
            (page: [PullRequest]) in page
        }
    }
}

/// A commit of a pull request, as far as it tells whose it is.
public struct PullRequestCommit: Hashable, Sendable, Decodable {
    /// Its hash.
    public let id: GitObjectID
    /// The commits before it; several for a merge.
    public let parents: [GitObjectID]
    /// Who wrote it; `nil` where no account has the address.
    public let author: GitHubAccount?
    /// Who committed it: `web-flow` for what GitHub itself made and signed; `nil` where no account has the address.
    public let committer: GitHubAccount?

    /// Reads the fields that are used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(GitObjectID.self, forKey: .sha)
        parents = try container.decode([HashedObject].self, forKey: .parents).map(\.sha)
        author = try container.decodeIfPresent(AccountIfAny.self, forKey: .author)?.account
        committer = try container.decodeIfPresent(AccountIfAny.self, forKey: .committer)?.account
    }

    /// GitHub writes an empty object where it knows the commit's address to be nobody's.
    private struct AccountIfAny: Decodable {
        let account: GitHubAccount?

        init(from decoder: any Decoder) throws {
            let hasLogin = try decoder.container(keyedBy: Key.self).contains(.login)
            account = hasLogin ? try GitHubAccount(from: decoder) : nil
        }

        private enum Key: String, CodingKey {
            case login
        }
    }

    private enum CodingKeys: String, CodingKey {
        case sha, parents, author, committer
    }
}

/// What is told to open a pull request.
public struct PullRequestDraft: Hashable, Sendable, Encodable {
    /// Its first line; no Markdown.
    public var title: String
    /// Its text.
    public var body: String
    /// The branch it comes from.
    public var head: String
    /// The branch it goes to.
    public var base: String

    /// A pull request to be.
    public init(title: String, body: String, head: String, base: String) {
        self.title = title
        self.body = body
        self.head = head
        self.base = base
    }
}

/// What changes in a pull request.
public struct PullRequestChange: Hashable, Sendable, Encodable {
    /// The new first line.
    public var title: String?
    /// The new text.
    public var body: String?
    /// `open` or `closed`.
    public var state: PullRequest.State?

    /// A change of nothing but what is given.
    public init(title: String? = nil, body: String? = nil, state: PullRequest.State? = nil) {
        self.title = title
        self.body = body
        self.state = state
    }
}

extension GitData {
    /// Whose a commit is.
    ///
    /// Source: https://docs.github.com/en/rest/commits/commits#get-a-commit
    public func ownership(of commit: GitObjectID) async throws -> PullRequestCommit {
        // What differs comes along, and is bounded by GitHub.
        try await repository.requester.get(
            repository.path("commits", commit.text), keeping: .forever,
            byteLimit: repository.requester.connection.settings.treeByteLimit)
    }
}
