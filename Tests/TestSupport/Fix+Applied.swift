public import BotCore

extension Fix {
    /// The file after the correction; every other byte as it was.
    ///
    /// - Parameter lines: The file before.
    /// - Returns: The new bytes.
    public func applied(to lines: SourceLines) -> [UInt8] {
        var bytes: [UInt8] = []
        for line in 1..<max(1, lines.count + 1) {
            let whole = lines.wholeLine(line)
            if line < startLine || line > endLine {
                bytes += whole
            } else if line == startLine, !replacement.isEmpty {
                bytes += Array(replacement.utf8)
                bytes += lines.wholeLine(endLine).dropFirst(lines.content(of: endLine).count)
            }
        }
        return bytes
    }
}
