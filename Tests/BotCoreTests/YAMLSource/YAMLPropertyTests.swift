import BotCore
import TestSupport
import Testing

@Suite struct YAMLPropertyTests {
    /// Bytes that mean something to YAML come often, so that most texts get past the first line.
    private static let pieces: [[UInt8]] =
        [
            "a", "b: ", "- ", "\n", "\n", "  ", "    ", "#", " #", ": ", ":", "?", "? ", "[", "]", "{", "}", ",", "\"",
            "'",
        ]
        .map { Array($0.utf8) }
        + [
            "|\n", ">-\n", "|+\n", "---\n", "...\n", "\t", "\r\n", "é", "😀", "\u{FEFF}", "\\", "&a", "*a", "!", "%",
            "~",
        ]
        .map { Array($0.utf8) }
        + [[0xFF], [0xC2], [0x00], [0x85], [0x0D]]

    @Test("any bytes give a tree or a fatal issue, with every place inside the file", arguments: 0..<200)
    func anyBytes(_ seed: UInt64) {
        var random = SplitMix64(seed: seed)
        for _ in 0..<20 {
            let length = Int.random(in: 0...40, using: &random)
            var bytes = (0..<length).flatMap { _ in Self.pieces[Int.random(in: 0..<Self.pieces.count, using: &random)] }
            if random.next() % 4 == 0 {
                bytes = bytes.map { random.next() % 16 == 0 ? UInt8(truncatingIfNeeded: random.next()) : $0 }
            }
            expectSound(YAMLSource(path: "file.yaml", bytes: bytes), "seed \(seed): \(bytes)")
        }
    }

    @Test("a file cut off at any byte gives a tree or a fatal issue, with every place inside the file")
    func truncated() {
        let bytes = Array(Self.registry.utf8)
        for count in 0...bytes.count {
            expectSound(YAMLSource(path: "file.yaml", bytes: Array(bytes[..<count])), "cut at \(count)")
        }
    }

    @Test("what is written is read: the same values, comments and places", arguments: 0..<200)
    func written(_ seed: UInt64) {
        var writer = YAMLWriter(seed: seed)
        let text = writer.file()
        let source = read(text)
        #expect(source.issues.isEmpty, "seed \(seed):\n\(text)")
        #expect(source.comments.map(\.text) == writer.comments, "seed \(seed):\n\(text)")
        var found: [YAMLWriter.Written] = []
        visit(source.root) { node in
            guard let scalar = node.scalar else { return }
            found.append(YAMLWriter.Written(value: scalar.text, source: self.text(of: node.span, in: source)))
        }
        #expect(found == writer.scalars, "seed \(seed):\n\(text)")
    }

    // MARK: - What holds for every file

    private func expectSound(_ source: YAMLSource, _ comment: String) {
        let lineCount = max(1, source.lines.count)
        #expect(source.isUnreadable == (source.issues.last?.isFatal == true), "\(comment)")
        #expect(source.issues.dropLast().allSatisfy { !$0.isFatal }, "\(comment)")
        for issue in source.issues {
            let width = source.lines.text(of: issue.line).utf16.count
            #expect((1...lineCount).contains(issue.line) && (1...width + 1).contains(issue.column), "\(comment)")
            #expect(!issue.words.what.isEmpty && !issue.words.fix.isEmpty, "\(comment)")
            #expect(!issue.words.what.hasPrefix("it is not YAML"), "\(issue.words.what) \(comment)")
        }
        for found in source.comments {
            let sign = Array(source.lines.text(of: found.line).utf16).dropFirst(found.column - 1).first
            #expect(sign == 0x23, "\(comment)")
        }
        for document in source.documents {
            var last = SourceSpan(startLine: 1, startColumn: 1, endLine: 1, endColumn: 1)
            visit(document) { node in
                let span = node.span
                #expect(span.startLine >= 1 && span.endLine <= lineCount, "\(comment)")
                #expect((span.startLine, span.startColumn) <= (span.endLine, span.endColumn), "\(comment)")
                #expect(span.endColumn <= source.lines.text(of: span.endLine).utf16.count + 1, "\(comment)")
                guard node.scalar != nil else { return }
                #expect((last.endLine, last.endColumn) <= (span.startLine, span.startColumn), "\(comment)")
                last = span
            }
        }
    }

    /// Visits a node, and then what it holds, in the order of the file.
    private func visit(_ node: YAMLNode?, _ body: (YAMLNode) -> Void) {
        guard let node else { return }
        body(node)
        for item in node.items ?? [] { visit(item, body) }
        for pair in node.pairs ?? [] {
            visit(pair.key, body)
            visit(pair.value, body)
        }
    }

    /// What stands in a span of one line, or of several, joined by line feeds.
    private func text(of span: SourceSpan, in source: YAMLSource) -> String {
        span.lines.map { line in
            let units = Array(source.lines.text(of: line).utf16)
            let end = line == span.endLine ? span.endColumn - 1 : units.count
            let start = line == span.startLine ? span.startColumn - 1 : 0
            return String(decoding: units[min(start, end)..<end], as: UTF16.self)
        }.joined(separator: "\n")
    }

    /// A file with all that registries have, and what they might have.
    static let registry = """
        # Keep this sorted.
        test_groups:
        - name: ci-example-e2e  # é
          gcs_prefix: example/logs/ci-example-e2e
          days_of_results: 15
        # Section: 😀
        - gcs_prefix: "example/logs/\\"quoted\\""
          column_header:
          - configuration_value: 'it''s'
          name: b

        dashboards:
          - name: example
            dashboard_tab: [{name: x, test_group_name: b}, {}] # flow

            # below
          - name: none
            dashboard_tab:
        job:
          args: |-
            set -e   # text
            echo "$X"

          more: >+
            folded
            text

        "gs://bucket/logs/":
          contact: "someone, or
            other"
          prefix: plain
            text: not
        """
}
