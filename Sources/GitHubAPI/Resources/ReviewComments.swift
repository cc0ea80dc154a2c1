public import struct Foundation.Date

/// Comments on lines of pull requests.
///
/// Source: https://docs.github.com/en/rest/pulls/comments
public struct ReviewComments: Sendable {
    let repository: GitHubRepository

    /// One comment.
    public func get(_ id: ReviewCommentID) async throws -> ReviewComment {
        try await repository.requester.get(repository.path("pulls", "comments", "\(id)"))
    }

    /// Those on one pull request, the oldest first.
    public func list(on number: IssueNumber) async throws -> [ReviewComment] {
        try await repository.requester.list(repository.path("pulls", "\(number)", "comments")) {
            (page: [ReviewComment]) in page
        }
    }

    /// Answers a comment in its thread, of which people are told.
    ///
    /// - Parameters:
    ///   - id: The first comment of the thread: GitHub takes no answers to answers.
    ///   - number: The pull request.
    ///   - body: The text.
    /// - Returns: The new comment.
    /// - Throws: `GitHubError`, `CancellationError`.
    public func reply(to id: ReviewCommentID, on number: IssueNumber, body: String) async throws -> ReviewComment {
        try await repository.requester.post(
            repository.path("pulls", "\(number)", "comments", "\(id)", "replies"), CommentBody(body: body),
            pace: .notifyingWrite)
    }

    /// Gives a comment another text.
    public func update(_ id: ReviewCommentID, body: String) async throws -> ReviewComment {
        try await repository.requester.patch(repository.path("pulls", "comments", "\(id)"), CommentBody(body: body))
    }

    /// Deletes a comment; one that is gone is deleted already.
    public func delete(_ id: ReviewCommentID) async throws {
        try await repository.requester.delete(repository.path("pulls", "comments", "\(id)"))
    }
}

/// A comment on lines of a pull request.
public struct ReviewComment: Hashable, Sendable, Decodable {
    /// Its id.
    public let id: ReviewCommentID
    /// The first comment of its thread; `nil` where it is that itself.
    public let threadID: ReviewCommentID?
    /// Its text.
    public let body: String
    /// Who wrote it; `nil` where the account is gone.
    public let author: GitHubAccount?
    /// The file.
    public let path: String
    /// The last of its lines; `nil` where they are not in the pull request any more, and for a comment on the file.
    public let line: Int?
    /// When it was written.
    public let createdAt: Date
    /// Its place on the page of the pull request.
    public let pageURL: String

    private enum CodingKeys: String, CodingKey {
        case id, body, path, line
        case author = "user"
        case threadID = "in_reply_to_id"
        case createdAt = "created_at"
        case pageURL = "html_url"
    }
}
