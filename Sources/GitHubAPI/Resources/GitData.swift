public import struct Foundation.Date

/// Commits, trees and refs of one repository; contents of files are read by `Blobs`.
///
/// What is named by a hash never changes, so it is asked for once where answers are kept.
/// Source: https://docs.github.com/en/rest/git
public struct GitData: Sendable {
    let repository: GitHubRepository

    /// A commit.
    public func commit(_ id: GitObjectID) async throws -> GitCommit {
        try await repository.requester.get(repository.path("git", "commits", id.text), keeping: .forever)
    }

    /// The object that a ref points to.
    ///
    /// - Parameter ref: Without `refs/`, as in `heads/main`.
    /// - Returns: Its whole name, and the object.
    /// - Throws: `GitHubError`, `CancellationError`.
    public func ref(_ ref: String) async throws -> GitRef {
        let segments = ref.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        return try await repository.requester.get(repository.path("git", "ref") + segments)
    }

    /// Where two lines of commits part.
    ///
    /// - Parameters:
    ///   - base: A commit of one line.
    ///   - head: A commit of the other one, also of a fork.
    /// - Returns: How they lie to each other.
    /// - Throws: `GitHubError`, `CancellationError`.
    public func comparison(base: GitObjectID, head: GitObjectID) async throws -> GitComparison {
        // With one commit a page the answer is small; the files, which come all the same, are bounded by GitHub.
        try await repository.requester.get(
            repository.path("compare", "\(base)...\(head)"), query: [("per_page", "1")], keeping: .forever,
            byteLimit: repository.requester.connection.settings.treeByteLimit)
    }

    /// A file or folder of a commit or branch, by its path, as it is.
    ///
    /// - Parameters:
    ///   - path: From the root, without a slash at its start.
    ///   - ref: A commit's hash, a branch or a tag.
    /// - Returns: Its bytes, up to the client's `blobByteLimit`.
    /// - Throws: `notFound` where there is none, among others.
    public func file(_ path: String, at ref: String) async throws -> [UInt8] {
        let requester = repository.requester
        let segments = path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        var request = try requester.request(repository.path("contents") + segments, query: [("ref", ref)])
        request.accept = GitHubRequest.raw
        request.keeping = GitObjectID(ref) == nil ? .untilChanged : .forever
        request.byteLimit = requester.connection.settings.blobByteLimit
        return try await requester.send(request).body
    }
}

/// A commit.
public struct GitCommit: Hashable, Sendable, Decodable {
    /// Its hash.
    public let id: GitObjectID
    /// The tree of its files.
    public let tree: GitObjectID
    /// The commits before it; several for a merge.
    public let parents: [GitObjectID]
    /// Its message.
    public let message: String
    /// When it was committed, as its committer's clock said.
    public let committedAt: Date

    /// Reads the fields that are used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(GitObjectID.self, forKey: .sha)
        tree = try container.decode(HashedObject.self, forKey: .tree).sha
        parents = try container.decode([HashedObject].self, forKey: .parents).map(\.sha)
        message = try container.decode(String.self, forKey: .message)
        committedAt = try container.decode(Signature.self, forKey: .committer).date
    }

    private struct Signature: Decodable {
        let date: Date
    }

    private enum CodingKeys: String, CodingKey {
        case sha, tree, parents, message, committer
    }
}

/// An object of which only the hash is read.
struct HashedObject: Decodable {
    let sha: GitObjectID
}

/// Where a ref points.
public struct GitRef: Hashable, Sendable, Decodable {
    /// Its whole name, as in `refs/heads/main`.
    public let name: String
    /// What it points to.
    public let object: GitObjectID

    /// Reads the fields that are used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        name = try container.decode(String.self, forKey: .ref)
        object = try container.decode(HashedObject.self, forKey: .object).sha
    }

    private enum CodingKeys: String, CodingKey {
        case ref, object
    }
}

/// How two commits lie to each other.
public struct GitComparison: Hashable, Sendable, Decodable {
    /// How the head lies to the base.
    public enum Status: String, Hashable, Sendable, Decodable {
        /// Both have commits of their own.
        case diverged
        /// The head has the base in it, and more.
        case ahead
        /// The base has the head in it, and more.
        case behind
        /// They are one.
        case identical
    }

    /// How the head lies to the base.
    public let status: Status
    /// The newest commit that both have in them.
    public let mergeBase: GitObjectID
    /// The tree of that commit.
    public let mergeBaseTree: GitObjectID
    /// Commits that only the head has.
    public let aheadBy: Int
    /// Commits that only the base has.
    public let behindBy: Int
    /// What differs between the merge base and the head: all of it where there are fewer than `maxListedFiles`.
    public let files: [PullRequestFile]

    /// GitHub lists no more files of a comparison.
    public static let maxListedFiles = 300

    /// Reads the fields that are used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        status = try container.decode(Status.self, forKey: .status)
        let found = try container.decode(MergeBase.self, forKey: .mergeBaseCommit)
        mergeBase = found.sha
        mergeBaseTree = found.commit.tree.sha
        aheadBy = try container.count(forKey: .aheadBy) ?? 0
        behindBy = try container.count(forKey: .behindBy) ?? 0
        files = try container.decodeIfPresent([PullRequestFile].self, forKey: .files) ?? []
    }

    private struct MergeBase: Decodable {
        let sha: GitObjectID
        let commit: Commit
    }

    private struct Commit: Decodable {
        let tree: HashedObject
    }

    private enum CodingKeys: String, CodingKey {
        case status, files
        case mergeBaseCommit = "merge_base_commit"
        case aheadBy = "ahead_by"
        case behindBy = "behind_by"
    }
}
