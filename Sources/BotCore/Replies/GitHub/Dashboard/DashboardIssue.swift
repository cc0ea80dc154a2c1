/// An issue that stands in the repository already.
public struct ExistingIssue: Hashable, Sendable {
    /// Its number.
    public let number: Int
    /// Who opened it; nil where that account is no more.
    public let authorID: AccountID?
    /// Whether it is open.
    public let isOpen: Bool
    /// Its Markdown.
    public let body: String
    /// Whether it is remembered as the one that was written last, whatever somebody has made of its text.
    public let isRemembered: Bool

    /// An issue.
    public init(number: Int, authorID: AccountID?, isOpen: Bool, body: String, isRemembered: Bool = false) {
        self.number = number
        self.authorID = authorID
        self.isOpen = isOpen
        self.body = body
        self.isRemembered = isRemembered
    }
}

/// The one issue of a repository that shows what needs attention, edited in place.
public enum DashboardIssue {
    /// What has to be done so that it is as it should be.
    public enum Step: Hashable, Sendable {
        /// Open it.
        case create
        /// Put another text in the place of its own.
        case update(number: Int)
        /// It says so already, or somebody has closed it.
        case nothing
    }

    /// The kind of the marker that its text begins with.
    public static let kind = "dashboard"

    /// What has to be done.
    ///
    /// The bot never closes it, so that a closed one is somebody's wish. Of several the oldest counts: links lead to it.
    ///
    /// - Parameters:
    ///   - text: What it should say; it starts with a marker.
    ///   - existing: Issues of the repository, those of others among them.
    ///   - ours: Our own account: a marker in anybody else's issue counts for nothing.
    /// - Returns: The step.
    public static func step(for text: String, existing: [ExistingIssue], ours: AccountID) -> Step {
        guard let issue = find(in: existing, ours: ours) else { return .create }
        guard issue.isOpen, !isSame(issue.body, text) else { return .nothing }
        return .update(number: issue.number)
    }

    /// The issue among those of a repository; nil where there is none.
    public static func find(in existing: [ExistingIssue], ours: AccountID) -> ExistingIssue? {
        existing.filter { $0.authorID == ours && ($0.isRemembered || Marker(startOf: $0.body)?.kind == kind) }
            .min { $0.number < $1.number }
    }

    /// Whether two texts say the same, but for when it was seen.
    private static func isSame(_ old: String, _ new: String) -> Bool {
        old == new || Marker(startOf: old).map { $0 == Marker(startOf: new) } == true
    }
}
