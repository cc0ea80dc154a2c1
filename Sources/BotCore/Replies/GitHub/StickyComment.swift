/// A comment that stands on a pull request already.
public struct ExistingComment: Hashable, Sendable {
    /// Its number.
    public let id: CommentID
    /// Who wrote it; nil where that account is no more.
    public let authorID: AccountID?
    /// Its Markdown.
    public let body: String

    /// A comment.
    public init(id: CommentID, authorID: AccountID?, body: String) {
        self.id = id
        self.authorID = authorID
        self.body = body
    }
}

/// One thing to do so that a pull request has the one comment that it should have.
public enum CommentStep: Hashable, Sendable {
    /// Write a new comment.
    case create(body: String)
    /// Put another text in the place of ours.
    case update(CommentID, body: String)
    /// Take a second one of ours away.
    case delete(CommentID)
}

/// The one comment that the bot keeps on a pull request, edited in place.
public enum StickyComment {
    /// What the pull request should have.
    public enum Wish: Hashable, Sendable {
        /// The comment, with this text.
        case text(String)
        /// Only where the comment is there already, so that it does not go on saying what is no longer so.
        case textIfThere(String)
        /// No comment.
        case none
    }

    /// What has to be done; nothing where all is as it should be.
    ///
    /// Of several comments of ours, which a failure may have left, the oldest stays: links lead to it.
    ///
    /// - Parameters:
    ///   - wish: What should be there; its text starts with a marker.
    ///   - existing: Comments of the pull request, those of others among them.
    ///   - ours: Our own account: a marker in anybody else's comment counts for nothing.
    ///   - kind: The marker's kind.
    /// - Returns: The steps, in order.
    public static func steps(
        for wish: Wish, existing: [ExistingComment], ours: AccountID, kind: String = "check"
    ) -> [CommentStep] {
        let mine = existing.filter { $0.authorID == ours && Marker(startOf: $0.body)?.kind == kind }
            .sorted { $0.id < $1.id }
        let text: String
        switch wish {
        case .none: return mine.map { .delete($0.id) }
        case .text(let wanted):
            guard !mine.isEmpty else { return [.create(body: wanted)] }
            text = wanted
        case .textIfThere(let wanted): text = wanted
        }
        guard let kept = mine.first else { return [] }
        let update: [CommentStep] = isSame(kept.body, text) ? [] : [.update(kept.id, body: text)]
        return update + mine.dropFirst().map { .delete($0.id) }
    }

    /// Whether two texts say the same: all of it, or all but when it was seen.
    private static func isSame(_ old: String, _ new: String) -> Bool {
        if old == new { return true }
        guard let marker = Marker(startOf: old), marker.fields["print"] != nil else { return false }
        return marker == Marker(startOf: new)
    }
}

extension CommentPolicy {
    /// Whether a pull request gets a comment.
    ///
    /// - Parameters:
    ///   - check: What was found.
    ///   - text: What the comment would say.
    /// - Returns: What the pull request should have.
    public func wish(for check: PullRequestCheck, text: String) -> StickyComment.Wish {
        let isWanted =
            switch self {
            case .always: true
            case .additions: check.hasProblem || check.counts.added > 0 || check.policyEffect != nil
            case .problems: check.hasProblem
            case .never: false
            }
        if self == .never { return .none }
        return isWanted ? .text(text) : .textIfThere(text)
    }
}
