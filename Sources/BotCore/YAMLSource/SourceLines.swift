/// A file's text by lines, as an editor counts them.
///
/// Every byte is kept: joining the lines with their endings gives the file again.
public struct SourceLines: Hashable, Sendable {
    /// The file's bytes.
    public let bytes: [UInt8]
    /// Where each line starts; a file that ends in a line break has no further, empty line.
    private let starts: [Int]

    /// Splits at `\n`; a `\r` before it belongs to the line's ending.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts: [Int] = []
        starts.reserveCapacity(bytes.count / 32)
        bytes.withUnsafeBufferPointer { buffer in
            var start = 0
            while start < buffer.count {
                starts.append(start)
                var end = start
                while end < buffer.count, buffer[end] != UInt8(ascii: "\n") { end += 1 }
                start = end + 1
            }
        }
        self.starts = starts
    }

    /// How many lines there are; 0 for an empty file.
    public var count: Int { starts.count }

    /// Whether the last line ends in a line break; true for an empty file.
    public var endsInLineBreak: Bool { bytes.last.map { $0 == UInt8(ascii: "\n") } ?? true }

    /// The bytes of a line without its ending; empty for a line that does not exist.
    ///
    /// - Parameter line: Counted from 1.
    /// - Returns: A slice of the file's bytes.
    public func content(of line: Int) -> ArraySlice<UInt8> {
        let whole = wholeLine(line)
        guard whole.last == UInt8(ascii: "\n") else { return whole }
        let stripped = whole.dropLast()
        return stripped.last == UInt8(ascii: "\r") ? stripped.dropLast() : stripped
    }

    /// The text of a line without its ending; bytes that are no UTF-8 become U+FFFD.
    public func text(of line: Int) -> String { String(decoding: content(of: line), as: UTF8.self) }

    /// The bytes of a line with its ending.
    public func wholeLine(_ line: Int) -> ArraySlice<UInt8> {
        guard line >= 1, line <= starts.count else { return [] }
        let end = line < starts.count ? starts[line] : bytes.count
        return bytes[starts[line - 1]..<end]
    }

    /// Whether a line holds nothing but spaces and tabs.
    public func isBlank(_ line: Int) -> Bool {
        content(of: line).allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    /// How many spaces a line starts with.
    public func indentation(of line: Int) -> Int { content(of: line).prefix { $0 == UInt8(ascii: " ") }.count }

    /// The column in UTF-16 units, from 1, of a place counted in Unicode scalars from 0.
    func column(line: Int, scalarOffset: Int) -> Int {
        let content = content(of: line)
        if content.allSatisfy({ $0 < 0x80 }) { return scalarOffset + 1 }
        let scalars = String(decoding: content, as: UTF8.self).unicodeScalars.prefix(max(0, scalarOffset))
        return scalars.reduce(1) { $0 + ($1.value > 0xFFFF ? 2 : 1) } + max(0, scalarOffset - scalars.count)
    }
}
