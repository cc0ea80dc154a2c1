/// A repository's `.github/bucketbot.yaml`, read.
///
/// It counts as a whole or not at all: with any issue there is no policy, and the caller keeps the one before.
public struct PolicyFile: Sendable {
    /// Where a repository keeps it.
    public static let path = ".github/bucketbot.yaml"
    /// Bytes of it that are read.
    public static let byteLimit = 256 << 10
    /// The version of the format that this program knows.
    public static let version = "1"

    /// The policy, keys that are not written at their defaults; nil where there is any issue.
    public let policy: Policy?
    /// What is wrong, in the order of the lines.
    public let issues: [PolicyIssue]

    /// Reads a policy file.
    ///
    /// - Parameters:
    ///   - path: Its name in messages.
    ///   - bytes: Its content, any bytes.
    public init(path: String = PolicyFile.path, bytes: [UInt8]) {
        guard bytes.count <= Self.byteLimit else {
            let kind = PolicyIssue.Kind.unusable(
                key: path, text: "the file", reason: "it has more than \(Self.byteLimit >> 10) KiB")
            policy = nil
            issues = [PolicyIssue(kind: kind, place: SourcePlace(path: path, line: 1))]
            return
        }
        let source = YAMLSource(path: path, bytes: bytes)
        var reader = PolicyReader(path: path)
        for issue in source.issues {
            reader.report(.yaml(issue.kind), at: SourcePlace(path: path, line: issue.line, column: issue.column))
        }
        let policy = source.isUnreadable ? Policy() : reader.policy(in: source.root)
        issues = reader.issues.sorted { ($0.place.line, $0.place.column ?? 0) < ($1.place.line, $1.place.column ?? 0) }
        self.policy = issues.isEmpty ? policy : nil
    }
}
