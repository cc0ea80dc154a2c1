/// A file's text by lines, as an editor counts them.
///
/// Every byte is kept: joining the lines with their endings gives the file again.
public struct SourceLines: Hashable, Sendable {
    /// The file's bytes.
    public let bytes: [UInt8]
    /// Where each line starts; a file that ends in a line break has no further, empty line.
    private let starts: [Int]
    /// Whether every byte is ASCII, so that bytes, characters and columns are counted alike.
    let isASCII: Bool

    /// Splits at `\n`; a `\r` before it belongs to the line's ending.
    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts: [Int] = []
        var highBits: UInt8 = 0
        bytes.withUnsafeBufferPointer { buffer in
            // Counted first: growing the list would take twice its room for a file of many short lines.
            starts.reserveCapacity(buffer.reduce(1) { $0 + ($1 == UInt8(ascii: "\n") ? 1 : 0) })
            var start = 0
            while start < buffer.count {
                starts.append(start)
                var end = start
                while end < buffer.count, buffer[end] != UInt8(ascii: "\n") {
                    highBits |= buffer[end]
                    end += 1
                }
                start = end + 1
            }
        }
        self.starts = starts
        isASCII = highBits < 0x80
    }

    /// How many lines there are; 0 for an empty file.
    public var count: Int { starts.count }

    /// Whether the last line ends in a line break; true for an empty file.
    public var endsInLineBreak: Bool { bytes.last.map { $0 == UInt8(ascii: "\n") } ?? true }

    /// The bytes of a line without its ending; empty for a line that does not exist.
    ///
    /// - Parameter line: Counted from 1.
    /// - Returns: A slice of the file's bytes.
    public func content(of line: Int) -> ArraySlice<UInt8> { bytes[contentRange(of: line)] }

    /// The text of a line without its ending; bytes that are no UTF-8 become U+FFFD.
    public func text(of line: Int) -> String { String(decoding: content(of: line), as: UTF8.self) }

    /// The text of a line without its ending; nil for a line that does not exist, and where bytes are no UTF-8, which
    /// whoever writes the text back would change.
    func exactText(of line: Int) -> String? {
        guard line >= 1, line <= count else { return nil }
        return String(validating: content(of: line), as: UTF8.self)
    }

    /// The bytes of a line with its ending.
    public func wholeLine(_ line: Int) -> ArraySlice<UInt8> { bytes[wholeRange(of: line)] }

    /// Whether a line holds nothing but spaces and tabs.
    public func isBlank(_ line: Int) -> Bool {
        content(of: line).allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    }

    /// How many spaces a line starts with.
    public func indentation(of line: Int) -> Int { content(of: line).prefix { $0 == UInt8(ascii: " ") }.count }

    /// How many bytes of byte-order mark the file starts with, 0 or 3; in columns it counts as one character.
    var byteOrderMarkLength: Int { bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0 }

    /// Where in the file a line's content stands; empty for a line that does not exist.
    func contentRange(of line: Int) -> Range<Int> {
        let whole = wholeRange(of: line)
        guard !whole.isEmpty, bytes[whole.upperBound - 1] == UInt8(ascii: "\n") else { return whole }
        let end = whole.upperBound - 1
        return whole.lowerBound..<(end > whole.lowerBound && bytes[end - 1] == UInt8(ascii: "\r") ? end - 1 : end)
    }

    private func wholeRange(of line: Int) -> Range<Int> {
        guard line >= 1, line <= starts.count else { return bytes.count..<bytes.count }
        return starts[line - 1]..<(line < starts.count ? starts[line] : bytes.count)
    }

    /// The place of a byte; one behind the last line's content for what lies beyond the file or in a line's ending.
    func position(ofByte offset: Int) -> SourcePosition {
        var low = 0
        var high = starts.count
        while low < high {
            let middle = low + (high - low) / 2
            if starts[middle] <= offset { low = middle + 1 } else { high = middle }
        }
        let line = max(1, low)
        let range = contentRange(of: line)
        let end = max(range.lowerBound, min(offset, range.upperBound))
        let column = String(decoding: bytes[range.lowerBound..<end], as: UTF8.self).utf16.count + 1
        return SourcePosition(line: line, column: column, offset: end)
    }
}
