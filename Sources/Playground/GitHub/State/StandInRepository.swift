public import struct Foundation.Date

/// What a repository holds beside its objects, which are in a bare git repository.
struct StandInRepository {
    let id: Int
    let ownerID: Int
    var name: String
    var defaultBranch = "master"
    /// The repository that it was forked from.
    let parentID: Int?
    var isPrivate = false
    var allowsMergeCommits = true
    let createdAt: Date
    var pushedAt: Date
    var permissions: [Int: StandInPermission] = [:]
    var issues: [Int: StandInIssue] = [:]
    var comments: [Int: StandInComment] = [:]
    var reviews: [Int: StandInReview] = [:]
    var reviewComments: [Int: StandInReviewComment] = [:]
    var checkRuns: [Int: StandInCheckRun] = [:]
    var statuses: [StandInStatus] = []
    /// The merge queue's branches by the commits that it put together.
    var queued: [String: String] = [:]
    var labels: [StandInLabel] = []
    private var lastNumber = 0

    init(id: Int, ownerID: Int, name: String, parentID: Int? = nil, createdAt: Date) {
        self.id = id
        self.ownerID = ownerID
        self.name = name
        self.parentID = parentID
        self.createdAt = createdAt
        pushedAt = createdAt
    }

    /// The number of the next issue or pull request.
    mutating func nextNumber() -> Int {
        lastNumber += 1
        return lastNumber
    }
}

/// An issue, or a pull request where `pull` is there.
struct StandInIssue {
    let id: Int
    let number: Int
    var title: String
    var body: String?
    let authorID: Int
    var isOpen = true
    var isLocked = false
    var labels: [String] = []
    var assigneeIDs: [Int] = []
    let createdAt: Date
    var updatedAt: Date
    var closedAt: Date?
    var reactions: [StandInReaction] = []
    var pull: StandInPull?
}

/// What a pull request has beyond an issue.
struct StandInPull: Hashable {
    let id: Int
    /// The repository of the head; nil after the fork was deleted.
    var headRepositoryID: Int?
    let headOwner: String
    var headBranch: String
    var headSHA: String
    var baseBranch: String
    var baseSHA: String
    var isDraft: Bool
    var mergedAt: Date?
    var mergedByID: Int?
    var mergeCommitSHA: String?
}

/// A comment on an issue or a pull request.
public struct StandInComment: Hashable, Sendable {
    /// Its number.
    public let id: Int
    /// The issue or pull request.
    public let number: Int
    /// Who wrote it.
    public let author: StandInAccount
    /// What it says.
    public internal(set) var body: String
    /// When it was written.
    public let createdAt: Date
    /// When it was last changed.
    public internal(set) var updatedAt: Date
    /// What it said before each change, oldest first.
    public internal(set) var earlierBodies: [String] = []
    /// What people and bots put under it.
    public internal(set) var reactions: [StandInReaction] = []
    /// Whether a test has looked at what it says now.
    var isRead: Bool

    /// How often it was changed.
    public var editCount: Int { earlierBodies.count }
}

/// A reaction, such as `eyes`.
public struct StandInReaction: Hashable, Sendable {
    /// Its number.
    public let id: Int
    /// Who put it there.
    public let author: StandInAccount
    /// One of the eight words of GitHub.
    public let content: String
    /// When.
    public let createdAt: Date

    /// The words that GitHub knows.
    static let known: Set<String> = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"]
}

/// A label of a repository.
struct StandInLabel: Hashable {
    let id: Int
    var name: String
    var color: String
    var description: String?
}
