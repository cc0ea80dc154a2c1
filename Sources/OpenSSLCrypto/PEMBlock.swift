/// The one block of a PEM file that is a private key, or that comes nearest.
///
/// Shape: `-----BEGIN LABEL-----`, lines of base64, `-----END LABEL-----`. White space around lines, CRLF, a byte order
/// mark and text between blocks do not matter.
///
/// Source: RFC 7468, section 2.
struct PEMBlock {
    /// Between BEGIN and the dashes: capital letters, digits and spaces.
    let label: String
    /// The block by itself, one `\n` after each line.
    let text: String
    /// Whether a header says that the block is encrypted the old way.
    let isEncrypted: Bool

    /// Finds the block.
    ///
    /// - Throws: `notPEM` where none begins, `truncated` where it does not end.
    init(in file: [UInt8]) throws(PrivateKeyError) {
        let lines = String(decoding: file, as: UTF8.self).split(whereSeparator: \.isNewline).map(Self.trimmed)
        let begins = lines.indices.filter { Self.label(of: lines[$0], "BEGIN") != nil }
        let privateKey = begins.first { Self.label(of: lines[$0], "BEGIN")?.hasSuffix("PRIVATE KEY") == true }
        guard let begin = privateKey ?? begins.first, let label = Self.label(of: lines[begin], "BEGIN") else {
            throw .notPEM
        }
        guard let end = lines[begin...].firstIndex(where: { Self.label(of: $0, "END") == label }) else {
            throw .truncated
        }
        let block = lines[begin...end]
        guard !block.dropFirst().contains(where: { Self.label(of: $0, "BEGIN") != nil }) else { throw .truncated }
        self.label = label
        isEncrypted = block.contains { $0.hasPrefix("Proc-Type:") && $0.hasSuffix("ENCRYPTED") }
        text = block.joined(separator: "\n") + "\n"
    }

    private static func trimmed(_ line: Substring) -> Substring {
        var line = line
        while let first = line.first, first.isWhitespace || first == "\u{FEFF}" { line.removeFirst() }
        while let last = line.last, last.isWhitespace { line.removeLast() }
        return line
    }

    private static func label(of line: Substring, _ word: String) -> String? {
        let start = "-----\(word) "
        guard line.hasPrefix(start), line.hasSuffix("-----"), line.count > start.count + 5 else { return nil }
        let label = line.dropFirst(start.count).dropLast(5)
        let isPlain = label.utf8.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x20 }
        return isPlain && label.count <= 40 ? String(label) : nil
    }
}
