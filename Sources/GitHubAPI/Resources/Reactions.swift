/// Reactions to comments, of which nobody is told.
///
/// Source: https://docs.github.com/en/rest/reactions/reactions
public struct Reactions: Sendable {
    let repository: GitHubRepository

    /// What is reacted to.
    public enum Subject: Hashable, Sendable {
        /// A comment below an issue or a pull request.
        case issueComment(IssueCommentID)
        /// A comment on lines of a pull request.
        case reviewComment(ReviewCommentID)
        /// An issue or a pull request itself.
        case issue(IssueNumber)
    }

    /// Reacts; doing it twice changes nothing.
    public func create(_ content: Reaction.Content, on subject: Subject) async throws -> Reaction {
        try await repository.requester.post(path(subject), ["content": content])
    }

    /// The reactions to something.
    ///
    /// - Parameters:
    ///   - subject: What is reacted to.
    ///   - content: Only those of this kind; `nil` for all.
    /// - Returns: The reactions, the oldest first.
    /// - Throws: `GitHubError`, `CancellationError`.
    public func list(on subject: Subject, content: Reaction.Content? = nil) async throws -> [Reaction] {
        try await repository.requester.list(path(subject), query: content.map { [("content", $0.rawValue)] } ?? []) {
            (page: [Reaction]) in page
        }
    }

    /// Takes a reaction back; one that is gone is taken back already.
    public func delete(_ id: ReactionID, on subject: Subject) async throws {
        try await repository.requester.delete(path(subject) + ["\(id)"])
    }

    private func path(_ subject: Subject) -> [String] {
        switch subject {
        case .issueComment(let id): repository.path("issues", "comments", "\(id)", "reactions")
        case .reviewComment(let id): repository.path("pulls", "comments", "\(id)", "reactions")
        case .issue(let number): repository.path("issues", "\(number)", "reactions")
        }
    }
}

/// A reaction.
public struct Reaction: Hashable, Sendable, Decodable {
    /// What it shows.
    public enum Content: String, Hashable, Sendable, Codable {
        /// Thumbs up.
        case plusOne = "+1"
        /// Thumbs down.
        case minusOne = "-1"
        /// A laughing face.
        case laugh
        /// A confused face.
        case confused
        /// A heart.
        case heart
        /// A party popper.
        case hooray
        /// A rocket.
        case rocket
        /// A pair of eyes.
        case eyes
    }

    /// Its id.
    public let id: ReactionID
    /// Whose it is; `nil` where the account is gone.
    public let user: GitHubAccount?
    /// What it shows.
    public let content: Content
}
