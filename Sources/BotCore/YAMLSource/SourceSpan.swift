/// From where to where something stands in a file.
///
/// Lines and columns count from 1, columns in UTF-16 units; the end column is the first one after the last character.
public struct SourceSpan: Hashable, Sendable {
    // Half the size of Int: a registry holds a span for each of some hundred thousand values.
    private let startLineBits: UInt32
    private let startColumnBits: UInt32
    private let endLineBits: UInt32
    private let endColumnBits: UInt32

    /// The line of the first character.
    public var startLine: Int { Int(startLineBits) }
    /// The column of the first character.
    public var startColumn: Int { Int(startColumnBits) }
    /// The line of the last character, never that of a comment below, nor of a blank line that is no text.
    public var endLine: Int { Int(endLineBits) }
    /// The column after the last character.
    public var endColumn: Int { Int(endColumnBits) }

    /// A span.
    public init(startLine: Int, startColumn: Int, endLine: Int, endColumn: Int) {
        startLineBits = UInt32(clamping: startLine)
        startColumnBits = UInt32(clamping: startColumn)
        endLineBits = UInt32(clamping: endLine)
        endColumnBits = UInt32(clamping: endColumn)
    }

    /// From one place to another.
    init(from start: SourcePosition, to end: SourcePosition) {
        self.init(startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column)
    }

    /// The lines that it touches.
    public var lines: ClosedRange<Int> { startLine...max(startLine, endLine) }

    /// From the start of this span to the end of another that follows it.
    func extended(to last: SourceSpan) -> SourceSpan {
        SourceSpan(startLine: startLine, startColumn: startColumn, endLine: last.endLine, endColumn: last.endColumn)
    }
}

/// One place between two characters of a file.
struct SourcePosition: Hashable, Sendable {
    /// The line, from 1.
    let line: Int
    /// The column, from 1, in UTF-16 units.
    let column: Int
    /// How many bytes of the file stand before it.
    let offset: Int
}
