/// From where to where something stands in a file.
///
/// Lines and columns count from 1, columns in UTF-16 units; the end column is the first one after the last character.
public struct SourceSpan: Hashable, Sendable {
    /// The line of the first character.
    public let startLine: Int
    /// The column of the first character.
    public let startColumn: Int
    /// The line of the last character, never that of a comment or blank line below.
    public let endLine: Int
    /// The column after the last character.
    public let endColumn: Int

    /// A span.
    public init(startLine: Int, startColumn: Int, endLine: Int, endColumn: Int) {
        self.startLine = startLine
        self.startColumn = startColumn
        self.endLine = endLine
        self.endColumn = endColumn
    }

    /// The lines that it touches.
    public var lines: ClosedRange<Int> { startLine...max(startLine, endLine) }

    /// From the start of this span to the end of another that follows it.
    func extended(to last: SourceSpan) -> SourceSpan {
        SourceSpan(startLine: startLine, startColumn: startColumn, endLine: last.endLine, endColumn: last.endColumn)
    }
}
