/// A `started.json`: what a build says when it begins.
///
/// Shape: a JSON object with `timestamp`, whole seconds since 1970, over zero. All other keys are optional; TestGrid
/// refuses the whole file when one that it knows has the wrong type.
///
/// Source: https://github.com/GoogleCloudPlatform/testgrid/blob/main/metadata/job.go.
public struct StartedFile: Hashable, Sendable {
    /// Bytes of such a file that are read; real ones have a few hundred.
    public static let byteLimit = 1 << 20

    /// `timestamp` as written, in whatever unit; nil where it is absent or no whole number.
    public let timestamp: Int64?
    /// The machine that ran the build; nil where absent.
    public let node: String?

    /// Reads the bytes of a file.
    ///
    /// - Parameter bytes: The whole file.
    /// - Returns: What could be read, and everything that TestGrid would refuse.
    public static func parse(_ bytes: [UInt8]) -> (value: StartedFile, issues: [LayoutIssue]) {
        var fields = JSONFields(bytes: bytes)
        let timestamp = fields.integer("timestamp")
        let node = fields.string("node")
        for key in ["pull", "repo-commit", "job-version", "repo-version"] { _ = fields.string(key) }
        fields.checkStringMap("repos")
        fields.checkObject("metadata")
        if fields.issues.isEmpty, timestamp == nil || timestamp == 0 {
            fields.issues.append(.missing(key: "timestamp"))
        }
        return (StartedFile(timestamp: timestamp, node: node), fields.issues)
    }
}
