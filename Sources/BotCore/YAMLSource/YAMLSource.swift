/// A YAML file as it was read: its lines, its values with their places, its comments, and what is wrong with it.
///
/// Any bytes give a value: a file that cannot be read has no documents and an issue that says where it broke.
/// Tags are refused, and so are anchors, aliases and merge keys unless they are to be followed: a line that means
/// another line cannot be deleted on its own. `buckets.yaml` and the TestGrid configuration have never had one;
/// generated Prow jobs have.
public struct YAMLSource: Sendable {
    /// The file, relative to the root of the checkout.
    public let path: String
    /// The text by lines.
    public let lines: SourceLines
    /// The documents; one for nearly every file, none for an empty or an unreadable one.
    public let documents: [YAMLNode]
    /// Finds the comments, which are not kept; none for an unreadable file.
    private let commentFinder: YAMLCommentFinder
    /// What is wrong, in order; at most `issueLimit`, and at most one fatal issue, the last.
    public let issues: [YAMLIssue]

    /// Levels of nesting that are read; the deepest real file has 12.
    public static let nestingLimit = 64
    /// Bytes of a file that are read; the largest real file, one of generated jobs, has 1.5 MiB.
    public static let byteLimit = 16 << 20
    /// Keys, values, lists and mappings of a file that are read; the largest real file has a tenth of it.
    public static let valueLimit = 1_000_000
    /// Issues that are kept; the fatal one is always among them.
    public static let issueLimit = 1_000

    /// The first document; nil for an empty or an unreadable file.
    public var root: YAMLNode? { documents.first }

    /// Whether the file is UTF-8 text that was read whole; it may still be no YAML.
    var isText: Bool {
        !issues.contains { issue in
            switch issue.kind {
            case .encoding, .tooLarge: true
            default: false
            }
        }
    }

    /// Whether the file could not be read to its end.
    public var isUnreadable: Bool { issues.contains(where: \.isFatal) }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: Its name in messages.
    ///   - bytes: Its content, any bytes.
    ///   - aliases: What to do with anchors, aliases and merge keys. Where they are followed, what an alias holds has
    ///     the places of the anchor's content, and a mapping begins with the pairs that `<<` brings.
    public init(path: String, bytes: [UInt8], aliases: YAMLAliasRule = .refused) {
        self.path = path
        lines = SourceLines(bytes)
        guard bytes.count <= Self.byteLimit else {
            documents = []
            commentFinder = .none
            issues = [YAMLIssue(kind: .tooLarge(limitBytes: Self.byteLimit), line: 1, column: 1)]
            return
        }
        var builder = YAMLTreeBuilder(lines: lines, aliases: aliases)
        builder.build()
        issues = builder.issues
        documents = builder.isStopped ? [] : builder.documents
        commentFinder = builder.isStopped ? .none : builder.commentFinder
    }

    /// The comments, in order.
    public var comments: [YAMLComment] { comments(in: 1..<commentFinder.lineCount + 1) }

    /// The comment on a line; nil where there is none.
    public func comment(on line: Int) -> YAMLComment? { commentFinder.comment(on: line) }

    /// The whole-line comments directly above a line, without a blank line between, from the top.
    public func commentsDirectlyAbove(_ line: Int) -> [YAMLComment] {
        var found: [YAMLComment] = []
        var above = line - 1
        while let comment = commentFinder.comment(on: above), comment.isWholeLine {
            found.append(comment)
            above -= 1
        }
        return found.reversed()
    }

    /// The comments on a range of lines.
    public func comments(in range: Range<Int>) -> [YAMLComment] {
        range.clamped(to: 1..<commentFinder.lineCount + 1).compactMap { commentFinder.comment(on: $0) }
    }
}

extension YAMLSource {
    /// The same without lines, values and comments: what is left is whether the file could be read.
    func withoutContent() -> YAMLSource {
        YAMLSource(path: path, lines: SourceLines([]), documents: [], issues: issues)
    }

    private init(path: String, lines: SourceLines, documents: [YAMLNode], issues: [YAMLIssue]) {
        self.path = path
        self.lines = lines
        self.documents = documents
        commentFinder = .none
        self.issues = issues
    }
}
