/// Text that is refused before libyaml sees it.
enum UnusualText {
    /// The first byte of such text, and what is wrong with it.
    ///
    /// A CR without LF, NEL, LS and PS end a line for YAML 1.1 and not for an editor, so that no line number would
    /// mean the same to both. A `%TAG` line is refused like every tag; libyaml compares each with all before it.
    static func firstPlace(in lines: SourceLines) -> (kind: YAMLIssue.Kind, offset: Int)? {
        if let offset = tagDirective(in: lines) { return (.syntax(.directive), offset) }
        if lines.isASCII, !lines.bytes.contains(0x0D) { return nil }
        return lineBreak(in: lines.bytes).map { (.lineBreak, $0) }
    }

    private static func tagDirective(in lines: SourceLines) -> Int? {
        guard lines.count > 0 else { return nil }
        for line in 1...lines.count {
            let start = lines.contentRange(of: line).lowerBound + (line == 1 ? lines.byteOrderMarkLength : 0)
            guard start < lines.bytes.count, lines.bytes[start] == UInt8(ascii: "%") else { continue }
            if lines.bytes[start...].starts(with: "%TAG".utf8) { return start }
        }
        return nil
    }

    private static func lineBreak(in bytes: [UInt8]) -> Int? {
        bytes.withUnsafeBufferPointer { buffer in
            for index in buffer.indices {
                switch buffer[index] {
                case 0x0D where index + 1 >= buffer.count || buffer[index + 1] != 0x0A:
                    return index
                case 0x85 where index >= 1 && buffer[index - 1] == 0xC2:
                    return index - 1
                case 0xA8 where index >= 2 && buffer[index - 1] == 0x80 && buffer[index - 2] == 0xE2,
                    0xA9 where index >= 2 && buffer[index - 1] == 0x80 && buffer[index - 2] == 0xE2:
                    return index - 2
                default:
                    continue
                }
            }
            return nil
        }
    }
}
