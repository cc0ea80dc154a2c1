/// A line that ends in spaces or tabs.
enum TextTrailingSpace: RegistryRule {
    static let id: RuleID = "text-trailing-space"
    static let severity = Severity.note
    static let source = "git diff --check"
    static let example = "- name: ci-acme-e2e\u{20}\u{20}"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.registry.textFiles.filter { context.judges($0.path) }.flatMap { file -> [Finding] in
            let broken = linesEndingInBlanks(of: file.source.lines)
            guard !broken.isEmpty else { return [] }
            let blocks = blockScalarLines(in: file.source)
            let replacement = LineReplacement(file.source.lines)
            return broken.filter { line in !blocks.contains { $0.contains(line) } }.map { line in
                let text = file.source.lines.text(of: line)
                let kept = String(text.reversed().drop { $0 == " " || $0 == "\t" }.reversed())
                // An empty replacement would delete a line of nothing but blanks, which may be meant as a blank line.
                return finding(
                    at: SourcePlace(path: file.path, line: line, column: kept.utf16.count + 1), about: nil,
                    ["path": file.path], fix: kept.isEmpty ? nil : replacement.replacing(line: line, with: kept))
            }
        }
    }

    private static func linesEndingInBlanks(of lines: SourceLines) -> [Int] {
        guard lines.count > 0 else { return [] }
        return (1...lines.count).filter { line in
            let last = lines.content(of: line).last
            return last == UInt8(ascii: " ") || last == UInt8(ascii: "\t")
        }
    }

    /// The lines of texts written with `|` or `>`, where a space at the end is a part of the text.
    private static func blockScalarLines(in source: YAMLSource) -> [ClosedRange<Int>] {
        var found: [ClosedRange<Int>] = []
        // Nodes wait here instead of on the call stack.
        var open = source.documents
        while let node = open.popLast() {
            switch node.content {
            case .scalar(let scalar):
                if scalar.style == .literal || scalar.style == .folded { found.append(node.span.lines) }
            case .sequence(let items): open += items
            case .mapping(let pairs): open += pairs.map(\.value)
            }
        }
        return found
    }
}
