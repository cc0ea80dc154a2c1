internal import struct Foundation.Date

/// A review of a pull request.
struct StandInReview {
    let id: Int
    let number: Int
    let author: StandInAccount
    let body: String
    /// `COMMENTED`, `APPROVED`, `CHANGES_REQUESTED` or `PENDING`.
    let state: String
    let commitSHA: String
    let submittedAt: Date
}

/// A comment on lines of a pull request.
public struct StandInReviewComment: Sendable {
    /// Its number.
    public let id: Int
    let reviewID: Int?
    let number: Int
    /// Who wrote it.
    public let author: StandInAccount
    /// What it says.
    public internal(set) var body: String
    /// The file.
    public let path: String
    /// The last of its lines.
    public let line: Int?
    /// The first of its lines; nil where there is only one.
    public let startLine: Int?
    let side: String
    let commitSHA: String
    let diffHunk: String
    let inReplyToID: Int?
    let createdAt: Date
    var updatedAt: Date
    var reactions: [StandInReaction] = []
    var isRead: Bool
}
