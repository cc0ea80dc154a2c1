internal import BotCore

public import struct Foundation.Date

/// Comments below the issues and pull requests of one repository.
///
/// Source: https://docs.github.com/en/rest/issues/comments
public struct IssueComments: Sendable {
    let repository: GitHubRepository

    /// One comment.
    public func get(_ id: IssueCommentID) async throws -> IssueComment {
        try await repository.requester.get(repository.path("issues", "comments", "\(id)"))
    }

    /// Those below one issue or pull request, the oldest first.
    ///
    /// - Parameters:
    ///   - number: The issue or pull request.
    ///   - since: Only those that were changed then or later; `nil` for all.
    /// - Returns: The comments.
    /// - Throws: `GitHubError`, `CancellationError`.
    public func list(on number: IssueNumber, since: Date? = nil) async throws -> [IssueComment] {
        var query: [(String, String)] = []
        if let since { query.append(("since", since.rfc3339)) }
        return try await repository.requester.list(
            repository.path("issues", "\(number)", "comments"), query: query
        ) { (page: [IssueComment]) in page }
    }

    /// Writes a comment, of which people are told.
    public func create(on number: IssueNumber, body: String) async throws -> IssueComment {
        try await repository.requester.post(
            repository.path("issues", "\(number)", "comments"), CommentBody(body: body), pace: .notifyingWrite)
    }

    /// Gives a comment another text.
    ///
    /// People who are newly mentioned are told.
    public func update(_ id: IssueCommentID, body: String) async throws -> IssueComment {
        try await repository.requester.patch(repository.path("issues", "comments", "\(id)"), CommentBody(body: body))
    }

    /// Deletes a comment; one that is gone is deleted already.
    public func delete(_ id: IssueCommentID) async throws {
        try await repository.requester.delete(repository.path("issues", "comments", "\(id)"))
    }
}

/// A comment below an issue or a pull request.
public struct IssueComment: Hashable, Sendable, Decodable {
    /// Its id.
    public let id: IssueCommentID
    /// Its text; empty for none.
    public let body: String
    /// Who wrote it; `nil` where the account is gone.
    public let author: GitHubAccount?
    /// When it was written.
    public let createdAt: Date
    /// When it was last changed.
    public let updatedAt: Date
    /// Its place on the page of the issue.
    public let pageURL: String

    /// Reads the fields that are used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(IssueCommentID.self, forKey: .id)
        body = try container.decodeIfPresent(String.self, forKey: .body) ?? ""
        author = try container.decodeIfPresent(GitHubAccount.self, forKey: .user)
        createdAt = try container.decode(Date.self, forKey: .createdAt)
        updatedAt = try container.decode(Date.self, forKey: .updatedAt)
        pageURL = try container.decode(String.self, forKey: .htmlURL)
    }

    private enum CodingKeys: String, CodingKey {
        case id, body, user
        case createdAt = "created_at"
        case updatedAt = "updated_at"
        case htmlURL = "html_url"
    }
}

/// The body of requests that write a comment.
struct CommentBody: Encodable {
    let body: String
}
