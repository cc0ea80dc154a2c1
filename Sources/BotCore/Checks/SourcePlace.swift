/// Where in a file something stands.
///
/// Lines and columns count from 1; columns in UTF-16 units, as SARIF, GitHub and editors count them.
public struct SourcePlace: Hashable, Sendable {
    /// The file, relative to the root of the checkout, with `/` between its parts.
    public let path: String
    /// The first line.
    public let line: Int
    /// The column on the first line; nil where the whole line is meant.
    public let column: Int?
    /// The last line; the same as `line` for a place on one line.
    public let endLine: Int

    /// A place; `endLine` is `line` unless told otherwise.
    public init(path: String, line: Int, column: Int? = nil, endLine: Int? = nil) {
        self.path = path
        self.line = line
        self.column = column
        self.endLine = max(line, endLine ?? line)
    }
}
