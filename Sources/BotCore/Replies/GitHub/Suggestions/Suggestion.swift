/// Lines that can take the place of others by a click on the page of a pull request.
///
/// Source: https://docs.github.com/en/pull-requests/collaborating-with-pull-requests/reviewing-changes-in-pull-requests/incorporating-feedback-in-your-pull-request
public struct Suggestion: Hashable, Sendable {
    /// The file.
    public let path: String
    /// The lines that go, counted from 1 in the file at the head.
    public let lines: ClosedRange<Int>
    /// The new lines, joined by `\n`, without a final one; empty to delete the lines.
    public let replacement: String
    /// What it mends.
    public let finding: Finding
    /// Who would become the contact; nil where it mends something else.
    public let contact: String?
    /// The same for the same replacement of the same text, wherever in the file that stands, and for the same contact of
    /// the same entry, however it would be written: each is offered once.
    public let key: String

    /// A suggestion, if it can be written so that exactly these lines come out.
    ///
    /// - Parameters:
    ///   - finding: What it mends.
    ///   - fix: The lines.
    ///   - path: The file.
    ///   - source: The file's text at the head.
    ///   - contact: Who would become the contact.
    init?(for finding: Finding, _ fix: Fix, path: String, source: SourceLines, contact: String? = nil) {
        guard fix.startLine >= 1, fix.startLine <= fix.endLine, fix.endLine <= source.count,
            fix.replacement.utf8.count <= Self.byteLimit, Self.isWritable(fix.replacement)
        else { return nil }
        var old: [String] = []
        for line in fix.startLine...fix.endLine {
            guard let text = source.exactText(of: line), Self.isWritable(text),
                !source.wholeLine(line).contains(UInt8(ascii: "\r"))
            else { return nil }
            old.append(text)
        }
        self.path = path
        lines = fix.startLine...fix.endLine
        replacement = fix.replacement
        self.finding = finding
        self.contact = contact
        let identity =
            contact.map { ["contact", $0, finding.entry?.description ?? path] } ?? [path, replacement] + old
        key = TextPrint(of: identity.joined(separator: "\n")).text
    }

    /// Bytes of a replacement.
    static let byteLimit = 10_000

    /// Whether GitHub would put a text into a file as it is: line endings of other systems and control characters it
    /// would not.
    private static func isWritable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0 == "\n" || $0 == "\t" || ($0.value >= 0x20 && $0.value != 0x7F) }
    }
}
