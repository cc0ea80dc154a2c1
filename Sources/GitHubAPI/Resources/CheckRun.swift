public import struct Foundation.Date

/// A check run.
public struct CheckRun: Hashable, Sendable, Decodable {
    /// How far it is.
    public enum Status: String, Hashable, Sendable, Codable {
        /// It will begin.
        case queued
        /// It has begun.
        case inProgress = "in_progress"
        /// It is over, and has a conclusion.
        case completed
        /// It waits for something; only GitHub's own.
        case waiting
        /// It was asked for; only GitHub's own.
        case requested
        /// It waits for another; only GitHub's own.
        case pending
    }

    /// What came of it.
    public enum Conclusion: String, Hashable, Sendable, Codable {
        /// Somebody must do something.
        case actionRequired = "action_required"
        /// It was given up.
        case cancelled
        /// Something is wrong.
        case failure
        /// It says something and judges nothing.
        case neutral
        /// All is well.
        case success
        /// It did not concern this commit.
        case skipped
        /// It is out of date; only GitHub sets it.
        case stale
        /// It took too long.
        case timedOut = "timed_out"
    }

    /// Its id.
    public let id: CheckRunID
    /// What its maker calls it; empty for nothing.
    public let externalID: String
    /// The name that branch protection knows it by.
    public let name: String
    /// The commit it stands on.
    public let head: GitObjectID
    /// How far it is.
    public let status: Status
    /// What came of it; `nil` until it is completed.
    public let conclusion: Conclusion?
    /// How many annotations it has.
    public let annotationCount: Int
    /// The id of the App that made it.
    public let appID: Int?
    /// Its page; `nil` where GitHub does not say.
    public let pageURL: String?

    /// Reads the fields that are used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        id = try container.decode(CheckRunID.self, forKey: .id)
        externalID = try container.decodeIfPresent(String.self, forKey: .externalID) ?? ""
        name = try container.decode(String.self, forKey: .name)
        head = try container.decode(GitObjectID.self, forKey: .head)
        status = try container.decode(Status.self, forKey: .status)
        conclusion = try container.decodeIfPresent(Conclusion.self, forKey: .conclusion)
        annotationCount = try container.decode(Output.self, forKey: .output).annotationCount
        appID = try container.decodeIfPresent(App.self, forKey: .app)?.id
        pageURL = try container.decodeIfPresent(String.self, forKey: .pageURL)
    }

    private struct Output: Decodable {
        let annotationCount: Int

        init(from decoder: any Decoder) throws {
            annotationCount = try decoder.container(keyedBy: CodingKeys.self).count(forKey: .annotationsCount) ?? 0
        }

        private enum CodingKeys: String, CodingKey {
            case annotationsCount = "annotations_count"
        }
    }

    private struct App: Decodable {
        let id: Int
    }

    private enum CodingKeys: String, CodingKey {
        case id, name, status, conclusion, output, app
        case externalID = "external_id"
        case head = "head_sha"
        case pageURL = "html_url"
    }
}

/// A check run to be.
public struct CheckRunDraft: Hashable, Sendable {
    /// What is said on lines.
    public struct Annotation: Hashable, Sendable {
        /// How bad it is.
        public enum Level: String, Hashable, Sendable, Encodable {
            /// Good to know.
            case notice
            /// Should be looked at.
            case warning
            /// Is wrong.
            case failure
        }

        /// The file.
        public var path: String
        /// The first line, from 1.
        public var startLine: Int
        /// The last line.
        public var endLine: Int
        /// The columns, from 1; told to GitHub only where the lines are one.
        public var columns: ClosedRange<Int>?
        /// How bad it is.
        public var level: Level
        /// The first words; `nil` for none.
        public var title: String?
        /// What is said, at most 64 kB; no Markdown.
        public var message: String

        /// An annotation.
        public init(
            path: String, startLine: Int, endLine: Int, columns: ClosedRange<Int>? = nil, level: Level,
            title: String? = nil, message: String
        ) {
            self.path = path
            self.startLine = startLine
            self.endLine = endLine
            self.columns = columns
            self.level = level
            self.title = title
            self.message = message
        }
    }

    /// A button below a check run, of which GitHub shows three.
    public struct Action: Hashable, Sendable, Encodable {
        /// What stands on it; at most 20 characters.
        public var label: String
        /// What is said of it; at most 40.
        public var description: String
        /// What GitHub tells when it is pressed; at most 20.
        public var identifier: String

        /// A button.
        public init(label: String, description: String, identifier: String) {
            self.label = label
            self.description = description
            self.identifier = identifier
        }
    }

    /// The name that branch protection knows it by.
    public var name: String
    /// The commit it stands on, which must be known to the repository; that of a fork's pull request is.
    public var head: GitObjectID
    /// By what it is found again.
    public var externalID: String
    /// How far it is.
    public var status: CheckRun.Status
    /// What came of it; GitHub wants one where the status is `completed`.
    public var conclusion: CheckRun.Conclusion?
    /// When it began.
    public var startedAt: Date?
    /// When it ended.
    public var completedAt: Date?
    /// Where more stands; `nil` for GitHub's own page.
    public var detailsURL: String?
    /// The first line of what it says; `nil` to say nothing yet.
    public var title: String?
    /// What it says, in Markdown; at most 65,535 characters.
    public var summary: String
    /// More of it; the same limit.
    public var text: String?
    /// What it says on lines, in the order in which they are sent.
    public var annotations: [Annotation]
    /// What people can press below it.
    public var actions: [Action] = []

    /// A check run that has begun and says nothing yet.
    public init(name: String, head: GitObjectID, externalID: String) {
        self.name = name
        self.head = head
        self.externalID = externalID
        status = .inProgress
        summary = ""
        annotations = []
    }

    var firstAnnotations: [Annotation] { Array(annotations.prefix(CheckRuns.annotationsPerRequest)) }
}

/// The body of a request that makes or changes a check run.
struct CheckRunBody: Encodable {
    let draft: CheckRunDraft
    let isNew: Bool
    let annotations: [CheckRunDraft.Annotation]

    init(_ draft: CheckRunDraft, isNew: Bool, annotations: [CheckRunDraft.Annotation]) {
        self.draft = draft
        self.isNew = isNew
        self.annotations = annotations
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(draft.name, forKey: .name)
        if isNew { try container.encode(draft.head, forKey: .headSHA) }
        try container.encode(draft.externalID, forKey: .externalID)
        try container.encode(draft.status, forKey: .status)
        try container.encodeIfPresent(draft.conclusion, forKey: .conclusion)
        try container.encodeIfPresent(draft.startedAt, forKey: .startedAt)
        try container.encodeIfPresent(draft.completedAt, forKey: .completedAt)
        try container.encodeIfPresent(draft.detailsURL, forKey: .detailsURL)
        if !draft.actions.isEmpty { try container.encode(draft.actions, forKey: .actions) }
        guard let title = draft.title else { return }
        var output = container.nestedContainer(keyedBy: CodingKeys.self, forKey: .output)
        try output.encode(title, forKey: .title)
        try output.encode(draft.summary, forKey: .summary)
        try output.encodeIfPresent(draft.text, forKey: .text)
        if !annotations.isEmpty { try output.encode(annotations.map(AnnotationBody.init), forKey: .annotations) }
    }

    private enum CodingKeys: String, CodingKey {
        case name, status, conclusion, output, title, summary, text, annotations, actions
        case headSHA = "head_sha"
        case externalID = "external_id"
        case startedAt = "started_at"
        case completedAt = "completed_at"
        case detailsURL = "details_url"
    }
}

private struct AnnotationBody: Encodable {
    let annotation: CheckRunDraft.Annotation

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(annotation.path, forKey: .path)
        try container.encode(annotation.startLine, forKey: .startLine)
        try container.encode(annotation.endLine, forKey: .endLine)
        if annotation.startLine == annotation.endLine, let columns = annotation.columns {
            try container.encode(columns.lowerBound, forKey: .startColumn)
            try container.encode(columns.upperBound, forKey: .endColumn)
        }
        try container.encode(annotation.level, forKey: .level)
        try container.encodeIfPresent(annotation.title, forKey: .title)
        try container.encode(annotation.message, forKey: .message)
    }

    private enum CodingKeys: String, CodingKey {
        case path, message, title
        case startLine = "start_line"
        case endLine = "end_line"
        case startColumn = "start_column"
        case endColumn = "end_column"
        case level = "annotation_level"
    }
}
