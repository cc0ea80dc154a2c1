public import struct Foundation.Date

/// Statuses of commits, which also the owner of a personal token can set.
///
/// Source: https://docs.github.com/en/rest/commits/statuses
public struct CommitStatuses: Sendable {
    let repository: GitHubRepository

    /// Sets a status; it stands in the place of the last one with the same context.
    public func create(on commit: GitObjectID, _ draft: CommitStatusDraft) async throws -> CommitStatus {
        try await repository.requester.post(repository.path("statuses", commit.text), draft)
    }

    /// All statuses that a commit has had, the newest first.
    public func list(on commit: GitObjectID) async throws -> [CommitStatus] {
        try await repository.requester.list(repository.path("commits", commit.text, "statuses")) {
            (page: [CommitStatus]) in page
        }
    }
}

/// A status of a commit.
public struct CommitStatus: Hashable, Sendable, Decodable {
    /// What it says.
    public enum State: String, Hashable, Sendable, Codable {
        /// It could not be found out.
        case error
        /// Something is wrong.
        case failure
        /// It is not known yet.
        case pending
        /// All is well.
        case success
    }

    /// What it says.
    public let state: State
    /// Whose word it is, as in `bucketbot`.
    public let context: String
    /// A line for people; empty for none.
    public let description: String
    /// Where more stands.
    public let targetURL: String?
    /// Who set it; `nil` where the account is gone.
    public let creator: GitHubAccount?
    /// When it was set.
    public let createdAt: Date

    /// Reads the fields that are used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        state = try container.decode(State.self, forKey: .state)
        context = try container.decode(String.self, forKey: .context)
        description = try container.decodeIfPresent(String.self, forKey: .description) ?? ""
        targetURL = try container.decodeIfPresent(String.self, forKey: .targetURL)
        creator = try container.decodeIfPresent(GitHubAccount.self, forKey: .creator)
        createdAt = try container.decode(Date.self, forKey: .createdAt)
    }

    private enum CodingKeys: String, CodingKey {
        case state, context, description, creator
        case targetURL = "target_url"
        case createdAt = "created_at"
    }
}

/// A status to be.
public struct CommitStatusDraft: Hashable, Sendable, Encodable {
    /// GitHub takes no longer descriptions, in characters.
    public static let maxDescriptionCharacters = 140

    /// What it says.
    public var state: CommitStatus.State
    /// Whose word it is.
    public var context: String
    /// A line for people; what is longer than GitHub takes is cut, with an ellipsis at its end.
    public var description: String
    /// Where more stands.
    public var targetURL: String?

    /// A status.
    public init(state: CommitStatus.State, context: String, description: String, targetURL: String? = nil) {
        self.state = state
        self.context = context
        self.description = description
        self.targetURL = targetURL
    }

    /// Writes the fields that GitHub reads.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(state, forKey: .state)
        try container.encode(context, forKey: .context)
        let isLong = description.unicodeScalars.count > Self.maxDescriptionCharacters
        var scalars = String.UnicodeScalarView()
        scalars.append(contentsOf: description.unicodeScalars.prefix(Self.maxDescriptionCharacters - 1))
        try container.encode(isLong ? String(scalars) + "…" : description, forKey: .description)
        try container.encodeIfPresent(targetURL, forKey: .targetURL)
    }

    private enum CodingKeys: String, CodingKey {
        case state, context, description
        case targetURL = "target_url"
    }
}
