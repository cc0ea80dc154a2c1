public import struct Foundation.Date

/// Issues of one repository; its pull requests are among them.
///
/// Source: https://docs.github.com/en/rest/issues/issues
public struct Issues: Sendable {
    let repository: GitHubRepository

    /// Pages of an account's issues that are read.
    static let maxPages = 20

    /// One issue, or a pull request as one.
    public func get(_ number: IssueNumber) async throws -> GitHubIssue {
        try await repository.requester.get(repository.path("issues", "\(number)"))
    }

    /// One issue, or a pull request as one; nil where it was deleted, or moved to another repository.
    public func find(_ number: IssueNumber) async throws -> GitHubIssue? {
        do {
            let issue = try await get(number)
            // What was moved is answered with its number there.
            return issue.number == number ? issue : nil
        } catch let error as GitHubError where error.kind == .notFound || error.kind == .gone {
            return nil
        }
    }

    /// What an account has opened, closed ones among it, the newest first.
    ///
    /// - Parameter login: The account; `SLUG[bot]` for an App.
    /// - Returns: Issues and pull requests: of more than 2,000 the newest.
    /// - Throws: `GitHubError`, `CancellationError`.
    public func all(by login: String) async throws -> [GitHubIssue] {
        let query = [("creator", login), ("state", "all"), ("sort", "created"), ("direction", "desc")]
        return try await repository.requester.list(
            repository.path("issues"), query: query, maxPages: Self.maxPages, isEndAtLimit: true
        ) { (page: [GitHubIssue]) in page }
    }

    /// Opens an issue, of which people are told.
    public func create(title: String, body: String) async throws -> GitHubIssue {
        try await repository.requester.post(
            repository.path("issues"), IssueBody(title: title, body: body), pace: .notifyingWrite)
    }

    /// Changes an issue; what is `nil` stays.
    public func update(_ number: IssueNumber, title: String? = nil, body: String? = nil) async throws -> GitHubIssue {
        try await repository.requester.patch(
            repository.path("issues", "\(number)"), IssueBody(title: title, body: body))
    }

    private struct IssueBody: Encodable {
        let title: String?
        let body: String?
    }
}

/// An issue, or a pull request as one.
public struct GitHubIssue: Hashable, Sendable, Decodable {
    /// Its number.
    public let number: IssueNumber
    /// Whether it is open.
    public let isOpen: Bool
    /// Its first line.
    public let title: String
    /// Its text; empty for none.
    public let body: String
    /// Who opened it; `nil` where the account is gone.
    public let author: GitHubAccount?
    /// When it was closed; `nil` where it is open.
    public let closedAt: Date?
    /// Whether it is a pull request.
    public let isPullRequest: Bool
    /// When it was merged; `nil` where it was not, or is no pull request.
    public let mergedAt: Date?

    /// Reads the fields that are used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number = try container.decode(IssueNumber.self, forKey: .number)
        isOpen = try container.decode(String.self, forKey: .state) == "open"
        title = try container.decode(String.self, forKey: .title)
        body = try container.decodeIfPresent(String.self, forKey: .body) ?? ""
        author = try container.decodeIfPresent(GitHubAccount.self, forKey: .user)
        closedAt = try container.decodeIfPresent(Date.self, forKey: .closedAt)
        let pull = try container.decodeIfPresent(Pull.self, forKey: .pullRequest)
        isPullRequest = pull != nil
        mergedAt = pull?.mergedAt
    }

    private struct Pull: Decodable {
        let mergedAt: Date?

        private enum CodingKeys: String, CodingKey {
            case mergedAt = "merged_at"
        }
    }

    private enum CodingKeys: String, CodingKey {
        case number, state, title, body, user
        case closedAt = "closed_at"
        case pullRequest = "pull_request"
    }
}
