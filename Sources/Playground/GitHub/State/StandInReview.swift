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
struct StandInReviewComment {
    let id: Int
    let reviewID: Int?
    let number: Int
    let author: StandInAccount
    var body: String
    let path: String
    let line: Int?
    let startLine: Int?
    let side: String
    let commitSHA: String
    let diffHunk: String
    let inReplyToID: Int?
    let createdAt: Date
    var updatedAt: Date
    var reactions: [StandInReaction] = []
    var isRead: Bool
}
