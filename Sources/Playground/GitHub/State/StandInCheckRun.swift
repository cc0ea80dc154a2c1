public import struct Foundation.Date

/// A check run.
public struct StandInCheckRun: Hashable, Sendable {
    /// Its number.
    public let id: Int
    /// What people see, and rules of branches name.
    public internal(set) var name: String
    /// The commit that it is about.
    public let headSHA: String
    /// What its App calls it.
    public internal(set) var externalID: String?
    /// `queued`, `in_progress` or `completed`.
    public internal(set) var status: String
    /// How it ended; nil until it did.
    public internal(set) var conclusion: String?
    /// The title of the output.
    public internal(set) var title: String?
    /// The summary, which is Markdown.
    public internal(set) var summary: String?
    /// The text, which is Markdown.
    public internal(set) var text: String?
    /// Notes on lines; every request adds to them.
    public internal(set) var annotations: [StandInAnnotation] = []
    /// The buttons below it.
    public internal(set) var buttons: [StandInButton] = []
    var appID: Int
    var detailsURL: String?
    var startedAt: Date?
    var completedAt: Date?
    /// The pull requests of the repository itself whose head the commit was.
    var pullNumbers: [Int] = []
}

/// A button below a check run.
public struct StandInButton: Hashable, Sendable {
    /// What stands on it.
    public let label: String
    /// What is said of it.
    public let description: String
    /// What its App is told when it is pressed.
    public let identifier: String

    /// A button.
    public init(label: String, description: String, identifier: String) {
        self.label = label
        self.description = description
        self.identifier = identifier
    }
}

/// A note of a check run on lines of a file.
public struct StandInAnnotation: Hashable, Sendable {
    /// The file.
    public let path: String
    /// The first line, from 1.
    public let startLine: Int
    /// The last line.
    public let endLine: Int
    /// The columns, only where both lines are one.
    public let columns: ClosedRange<Int>?
    /// `notice`, `warning` or `failure`.
    public let level: String
    /// What it says.
    public let message: String
    /// Its title.
    public let title: String?
    /// More of it.
    public let rawDetails: String?
}

/// A commit's status in one context.
public struct StandInStatus: Hashable, Sendable {
    /// Its number.
    public let id: Int
    /// The commit.
    public let sha: String
    /// `error`, `failure`, `pending` or `success`.
    public let state: String
    /// What it is about.
    public let context: String
    /// At most 140 characters.
    public let description: String?
    /// Where more is found.
    public let targetURL: String?
    /// Who set it.
    public let creator: StandInAccount
    /// When.
    public let createdAt: Date
}
