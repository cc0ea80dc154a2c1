/// Reviews of pull requests: several comments on lines at once, which people are told of once.
///
/// Source: https://docs.github.com/en/rest/pulls/reviews
public struct Reviews: Sendable {
    let repository: GitHubRepository

    /// Those of one pull request, the oldest first.
    public func list(on number: IssueNumber) async throws -> [Review] {
        try await repository.requester.list(repository.path("pulls", "\(number)", "reviews")) {
            (page: [Review]) in page
        }
    }

    /// Writes a review that neither approves nor asks for changes.
    public func create(on number: IssueNumber, _ draft: ReviewDraft) async throws -> Review {
        try await repository.requester.post(
            repository.path("pulls", "\(number)", "reviews"), draft, pace: .notifyingWrite)
    }

    /// The comments on lines that belong to one review.
    public func comments(of id: ReviewID, on number: IssueNumber) async throws -> [ReviewComment] {
        try await repository.requester.list(
            repository.path("pulls", "\(number)", "reviews", "\(id)", "comments")
        ) { (page: [ReviewComment]) in page }
    }
}

/// A review of a pull request.
public struct Review: Hashable, Sendable, Decodable {
    /// Its id.
    public let id: ReviewID
    /// Its text; empty for none.
    public let body: String
    /// Who wrote it; `nil` where the account is gone.
    public let author: GitHubAccount?
    /// The commit that was reviewed; `nil` where it is gone.
    public let commit: GitObjectID?
    /// GitHub's word for what it says, as in `COMMENTED`.
    public let state: String

    private enum CodingKeys: String, CodingKey {
        case id, body, state
        case author = "user"
        case commit = "commit_id"
    }
}

/// A review to be.
public struct ReviewDraft: Hashable, Sendable, Encodable {
    /// A comment on the head's side of one file.
    public struct Comment: Hashable, Sendable, Encodable {
        /// The file.
        public var path: String
        /// The first of its lines, from 1; `nil` where there is only one.
        public var startLine: Int?
        /// The last of its lines, from 1; all must be in the diff.
        public var line: Int
        /// The text.
        public var body: String

        /// A comment.
        public init(path: String, startLine: Int? = nil, line: Int, body: String) {
            self.path = path
            self.startLine = startLine
            self.line = line
            self.body = body
        }

        /// Writes the lines as GitHub wants them: it refuses a range of one line.
        public func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(path, forKey: .path)
            try container.encode(body, forKey: .body)
            try container.encode(line, forKey: .line)
            try container.encode("RIGHT", forKey: .side)
            if let startLine, startLine < line {
                try container.encode(startLine, forKey: .startLine)
                try container.encode("RIGHT", forKey: .startSide)
            }
        }

        private enum CodingKeys: String, CodingKey {
            case path, body, line, side
            case startLine = "start_line"
            case startSide = "start_side"
        }
    }

    /// The commit that was reviewed.
    public var commit: GitObjectID
    /// The text above the comments.
    public var body: String
    /// The comments.
    public var comments: [Comment]

    /// A review.
    public init(commit: GitObjectID, body: String, comments: [Comment]) {
        self.commit = commit
        self.body = body
        self.comments = comments
    }

    /// Writes the review as one that only comments.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(commit, forKey: .commit)
        try container.encode(body, forKey: .body)
        try container.encode("COMMENT", forKey: .event)
        try container.encode(comments, forKey: .comments)
    }

    private enum CodingKeys: String, CodingKey {
        case body, event, comments
        case commit = "commit_id"
    }
}
