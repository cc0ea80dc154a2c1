/// A `finished.json`: what a build says when it is over.
///
/// Shape: a JSON object with `timestamp`, whole seconds since 1970, `passed`, true or false, and `result`, `SUCCESS` or
/// `FAILURE`. TestGrid refuses the whole file when a key that it knows has the wrong type.
///
/// Source: https://github.com/GoogleCloudPlatform/testgrid/blob/main/metadata/job.go.
public struct FinishedFile: Hashable, Sendable {
    /// Bytes of such a file that are read; real ones have a few hundred.
    public static let byteLimit = 1 << 20

    /// `timestamp` as written, in whatever unit; nil where it is absent or no whole number.
    public let timestamp: Int64?
    /// Whether the build passed; nil where the file does not say.
    public let passed: Bool?
    /// The result in words; nil where the file does not say.
    public let result: String?

    /// Reads the bytes of a file.
    ///
    /// - Parameter bytes: The whole file.
    /// - Returns: What could be read, and everything that TestGrid would refuse.
    public static func parse(_ bytes: [UInt8]) -> (value: FinishedFile, issues: [LayoutIssue]) {
        var fields = JSONFields(bytes: bytes)
        let timestamp = fields.integer("timestamp")
        let passed = fields.boolean("passed")
        let result = fields.string("result")
        for key in ["job-version", "revision", "repo-version"] { _ = fields.string(key) }
        fields.checkObject("metadata")
        if fields.issues.isEmpty, timestamp == nil { fields.issues.append(.missing(key: "timestamp")) }
        return (FinishedFile(timestamp: timestamp, passed: passed, result: result), fields.issues)
    }
}
