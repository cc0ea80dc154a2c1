public import BotCore

/// What is known of a repository.
///
/// Source: https://docs.github.com/en/rest/repos/repos#get-a-repository
public struct RepositoryDetails: Hashable, Sendable, Decodable {
    /// Ways in which a pull request can be merged.
    public struct Merging: Hashable, Sendable {
        /// With a merge commit, which keeps every commit.
        public let allowsMergeCommits: Bool
        /// As one commit.
        public let allowsSquashing: Bool
        /// Commit by commit, without a merge commit.
        public let allowsRebasing: Bool
    }

    /// Stays when the repository is renamed.
    public let id: RepositoryID
    /// Its name at the time; not the one that was asked for where it was renamed.
    public let name: RepositoryName
    /// Whether only some may see it.
    public let isPrivate: Bool
    /// Whether nothing can be changed in it any more.
    public let isArchived: Bool
    /// The branch that pull requests go to unless told otherwise.
    public let defaultBranch: String
    /// How it merges; `nil` where the credentials may not know, and in lists.
    public let merging: Merging?

    /// Reads the fields that are used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(RepositoryID.self, forKey: .id)
        name = try container.repositoryName(forKey: .fullName)
        isPrivate = try container.decode(Bool.self, forKey: .isPrivate)
        isArchived = try container.decode(Bool.self, forKey: .isArchived)
        defaultBranch = try container.decode(String.self, forKey: .defaultBranch)
        let mergeCommits = try container.decodeIfPresent(Bool.self, forKey: .allowMergeCommit)
        let squashing = try container.decodeIfPresent(Bool.self, forKey: .allowSquashMerge)
        let rebasing = try container.decodeIfPresent(Bool.self, forKey: .allowRebaseMerge)
        if let mergeCommits, let squashing, let rebasing {
            merging = Merging(
                allowsMergeCommits: mergeCommits, allowsSquashing: squashing, allowsRebasing: rebasing)
        } else {
            merging = nil
        }
    }

    private enum CodingKeys: String, CodingKey {
        case id
        case fullName = "full_name"
        case isPrivate = "private"
        case isArchived = "archived"
        case defaultBranch = "default_branch"
        case allowMergeCommit = "allow_merge_commit"
        case allowSquashMerge = "allow_squash_merge"
        case allowRebaseMerge = "allow_rebase_merge"
    }
}

/// One page of an installation's repositories.
struct InstallationRepositoriesPage: Decodable, Sendable {
    let repositories: [RepositoryDetails]
}

extension KeyedDecodingContainer {
    /// Reads `OWNER/NAME`.
    func repositoryName(forKey key: Key) throws -> RepositoryName {
        let text = try decode(String.self, forKey: key)
        guard let name = RepositoryName(text) else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "the text is no repository's name")
        }
        return name
    }
}

extension GitHubRepository {
    /// What is known of the repository.
    public func details() async throws -> RepositoryDetails { try await requester.get(path()) }

    /// What somebody may do in the repository.
    ///
    /// An account that does not exist is `notFound`, which is no answer about anybody's permission.
    /// Source: https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user
    public func permission(of login: String) async throws -> RepositoryPermission {
        let answer: PermissionAnswer = try await requester.get(path("collaborators", login, "permission"))
        return answer.permission
    }
}

/// What somebody may do in a repository, from nothing to everything.
///
/// GitHub folds the finer roles into these: `maintain` is `write`, `triage` is `read`.
public enum RepositoryPermission: String, Hashable, Sendable, Decodable {
    /// Nothing, beyond reading what is public.
    case none
    /// Read.
    case read
    /// Push.
    case write
    /// Everything.
    case admin
}

private struct PermissionAnswer: Decodable, Sendable {
    let permission: RepositoryPermission
}
