/// A file whose last line does not end in a newline.
enum TextEOF: RegistryRule {
    static let id: RuleID = "text-eof"
    static let severity = Severity.note
    static let source = "https://pubs.opengroup.org/onlinepubs/9799919799/basedefs/V1_chap03.html, \"Line\""
    static let example = """
        A file that ends right behind its last letter.
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        context.registry.textFiles.filter { !$0.source.lines.endsInLineBreak }.map { file in
            finding(at: SourcePlace(path: file.path, line: file.source.lines.count), about: nil, ["path": file.path])
        }
    }
}
