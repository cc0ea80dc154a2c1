public import BotCore

public import struct Foundation.Date

/// A pull request.
///
/// Source: https://docs.github.com/en/rest/pulls/pulls#get-a-pull-request
public struct PullRequest: Hashable, Sendable, Decodable {
    /// Whether it is still to be decided.
    public enum State: String, Hashable, Sendable, Codable {
        /// Not decided.
        case open
        /// Merged, or closed without.
        case closed
    }

    /// One end of a pull request.
    public struct End: Hashable, Sendable, Decodable {
        /// The branch, as in `main`.
        public let branch: String
        /// Its newest commit, as far as the pull request knows.
        public let sha: GitObjectID
        /// The repository it lies in; `nil` where that was deleted.
        public let repository: RepositoryName?

        /// Reads `ref`, `sha` and `repo.full_name`.
        public init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            branch = try container.decode(String.self, forKey: .ref)
            sha = try container.decode(GitObjectID.self, forKey: .sha)
            repository = try container.decodeIfPresent(NamedRepository.self, forKey: .repo)?.name
        }

        private enum CodingKeys: String, CodingKey {
            case ref, sha, repo
        }
    }

    /// Its number, shared with issues.
    public let number: IssueNumber
    /// Whether it is open.
    public let state: State
    /// Whether its author says that it is not ready.
    public let isDraft: Bool
    /// Its first line.
    public let title: String
    /// Its text; empty for none.
    public let body: String
    /// Who opened it; `nil` where the account is gone.
    public let author: GitHubAccount?
    /// Where it comes from.
    public let head: End
    /// Where it goes to.
    public let base: End
    /// The names of its labels.
    public let labels: [String]
    /// When it was opened.
    public let createdAt: Date
    /// When it was merged; `nil` where it was not.
    public let mergedAt: Date?
    /// When it was closed, merged or not; `nil` where it is open.
    public let closedAt: Date?
    /// Whether it can be merged without conflicts; `nil` in lists, and until GitHub has found out.
    public let isMergeable: Bool?
    /// How many files it touches; `nil` in lists, which do not say.
    public let changedFiles: Int?
    /// Its page.
    public let pageURL: String

    /// Reads the fields that are used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        number = try container.decode(IssueNumber.self, forKey: .number)
        state = try container.decode(State.self, forKey: .state)
        isDraft = try container.decodeIfPresent(Bool.self, forKey: .draft) == true
        title = try container.decode(String.self, forKey: .title)
        body = try container.decodeIfPresent(String.self, forKey: .body) ?? ""
        author = try container.decodeIfPresent(GitHubAccount.self, forKey: .user)
        head = try container.decode(End.self, forKey: .head)
        base = try container.decode(End.self, forKey: .base)
        labels = try container.decodeIfPresent([Label].self, forKey: .labels)?.map(\.name) ?? []
        createdAt = try container.decode(Date.self, forKey: .createdAt)
        mergedAt = try container.decodeIfPresent(Date.self, forKey: .mergedAt)
        closedAt = try container.decodeIfPresent(Date.self, forKey: .closedAt)
        isMergeable = try container.decodeIfPresent(Bool.self, forKey: .mergeable)
        changedFiles = try container.count(forKey: .changedFiles)
        pageURL = try container.decode(String.self, forKey: .htmlURL)
    }

    private struct Label: Decodable {
        let name: String
    }

    private enum CodingKeys: String, CodingKey {
        case number, state, draft, title, body, user, head, base, labels, mergeable
        case closedAt = "closed_at"
        case createdAt = "created_at"
        case mergedAt = "merged_at"
        case changedFiles = "changed_files"
        case htmlURL = "html_url"
    }
}

/// A repository of which only the name is read.
struct NamedRepository: Decodable {
    let name: RepositoryName

    init(from decoder: any Decoder) throws {
        name = try decoder.container(keyedBy: CodingKeys.self).repositoryName(forKey: .fullName)
    }

    private enum CodingKeys: String, CodingKey {
        case fullName = "full_name"
    }
}

extension KeyedDecodingContainer {
    /// Reads how many there are of something; `nil` where it is not said.
    func count(forKey key: Key) throws -> Int? {
        guard let count = try decodeIfPresent(Int.self, forKey: key) else { return nil }
        guard count >= 0 else {
            throw DecodingError.dataCorruptedError(forKey: key, in: self, debugDescription: "the count is below zero")
        }
        return count
    }
}

/// A file that a pull request touches.
///
/// Source: https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files
public struct PullRequestFile: Hashable, Sendable, Decodable {
    /// What happened to it.
    public enum Change: String, Hashable, Sendable, Decodable {
        /// It is new.
        case added
        /// It is gone.
        case removed
        /// Its content is another one.
        case modified
        /// It has another path, and perhaps another content.
        case renamed
        /// It is a copy of another one.
        case copied
        /// Its mode or type is another one.
        case changed
        /// Nothing.
        case unchanged
    }

    /// Where it is; where it was, when it is gone.
    public let path: String
    /// Where it was before it was renamed or copied.
    public let previousPath: String?
    /// What happened to it.
    public let change: Change
    /// The hash of its content at the head, or of the last one when it is gone; `nil` for a submodule in some answers.
    public let blob: GitObjectID?
    /// The hunks that its page shows; `nil` for what is binary, huge, or only has another path.
    public let patch: String?

    private enum CodingKeys: String, CodingKey {
        case patch
        case path = "filename"
        case previousPath = "previous_filename"
        case change = "status"
        case blob = "sha"
    }
}
