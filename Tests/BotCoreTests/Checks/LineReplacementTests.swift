import BotCore
import TestSupport
import Testing

@Suite struct LineReplacementTests {
    /// The file after a span was replaced; nil where that was refused.
    private func replacing(_ span: SourceSpan, with new: String, in text: String) -> String? {
        let lines = SourceLines(Array(text.utf8))
        return LineReplacement(lines).replacing(span, with: new).map {
            String(decoding: $0.applied(to: lines), as: UTF8.self)
        }
    }

    private func span(_ line: Int, _ from: Int, _ to: Int, endLine: Int? = nil) -> SourceSpan {
        SourceSpan(startLine: line, startColumn: from, endLine: endLine ?? line, endColumn: to)
    }

    @Test("what stands before and behind the span stays")
    func keepsTheRest() {
        #expect(replacing(span(2, 4, 7), with: "new", in: "a\nb: old # why\nc\n") == "a\nb: new # why\nc\n")
    }

    @Test("columns count UTF-16 units")
    func countsUTF16() {
        #expect(replacing(span(1, 6, 7), with: "y", in: "\"\u{1F600}\" x\n") == "\"\u{1F600}\" y\n")
        #expect(replacing(span(1, 3, 4), with: "", in: "\"\u{1F600}\" x\n") == nil, "half a character cannot go")
        #expect(replacing(span(1, 2, 3), with: "o", in: "e\u{301}\n") == "eo\n")
    }

    @Test("a span of several lines becomes one line, unless a comment could be lost")
    func severalLines() {
        #expect(replacing(span(1, 4, 2, endLine: 3), with: "[]", in: "a: [\n  x,\n]\nb: 1\n") == "a: []\nb: 1\n")
        #expect(replacing(span(1, 4, 2, endLine: 3), with: "[]", in: "a: [\n  x, # why\n]\n") == nil)
        #expect(replacing(span(1, 4, 2, endLine: 3), with: "[]", in: "a: [\n  x\n] # why\n") == "a: [] # why\n")
    }

    @Test("the file's line endings stay", arguments: ["a: 1", "a: 1\n", "a: 1\r\n", "a: 1\r\nb: 2"])
    func keepsLineEndings(text: String) {
        let expected = "a: 7" + text.dropFirst(4)
        #expect(replacing(span(1, 4, 5), with: "7", in: text) == expected)
    }

    @Test("a place that the file does not have is refused")
    func refusesForeignPlaces() {
        let outside = [
            span(0, 1, 1), span(3, 1, 1), span(1, 0, 1), span(1, 1, 9), span(1, 3, 2), span(2, 1, 1, endLine: 1),
            span(1, Int.max, Int.max), span(1, Int.min, 1), span(1, 1, 1, endLine: Int.max),
        ]
        for span in outside { #expect(replacing(span, with: "x", in: "ab\ncd\n") == nil, "\(span)") }
        #expect(replacing(span(1, 1, 3), with: "", in: "ab\ncd\n") == nil, "an empty line is no correction")
        let replacement = LineReplacement(SourceLines(Array("ab\n".utf8)))
        #expect(replacement.replacing(line: 2, with: "x") == nil)
        #expect(replacement.inserting("x", below: 0) == nil)
        #expect(replacement.deleting(1...2) == nil)
        #expect(replacement.deleting(1...1) == Fix(startLine: 1, endLine: 1, replacement: ""))
    }

    @Test("a line that is not UTF-8 is refused, because its other bytes would change")
    func refusesForeignBytes() {
        let replacement = LineReplacement(SourceLines([0x61, 0x3A, 0x20, 0xFF, 0x0A]))
        #expect(replacement.replacing(span(1, 1, 2), with: "b") == nil)
        #expect(replacement.inserting("b", below: 1) == nil)
    }

    @Test("new lines go below a line that stays")
    func insertsLines() throws {
        let lines = SourceLines(Array("a:\nb: 2".utf8))
        let fix = try #require(LineReplacement(lines).inserting("  c: 1\n  d: 2", below: 1))
        #expect(String(decoding: fix.applied(to: lines), as: UTF8.self) == "a:\n  c: 1\n  d: 2\nb: 2")
    }

    @Test(
        "a scalar keeps its quotes where they can hold the new value",
        arguments: [
            ("a: b # c", "d", "a: d # c"), ("a: 'b'", "d", "a: 'd'"), ("a: \"b\"", "d", "a: \"d\""),
            ("a: b", "d:", "a: \"d:\""), ("a: b", "true", "a: \"true\""), ("a: b", "12", "a: \"12\""),
            ("a: b", "x y", "a: \"x y\""), ("a: 'b'", "it's", "a: \"it's\""), ("a: b", "", "a: \"\""),
            ("a: b", "q\"\\\n\t\u{1}\u{2028}", #"a: "q\"\\\n\t\u0001\u2028""#), ("a: b", "c#", "a: \"c#\""),
        ])
    func keepsQuotes(text: String, value: String, expected: String) throws {
        let source = YAMLSource(path: "a.yaml", bytes: Array(text.utf8))
        let node = try #require(source.root?["a"])
        let fix = try #require(LineReplacement(source.lines).replacing(scalar: node, with: value))
        #expect(fix.replacement == expected)
        let again = YAMLSource(path: "a.yaml", bytes: fix.applied(to: source.lines))
        #expect(again.root?["a"]?.scalar?.text == value)
        #expect(again.root?["a"]?.scalar?.value == .string)
    }

    @Test("lists, blocks and scalars of several lines are left alone", arguments: ["a: [b]", "a: |\n  b", "a: b\n  c"])
    func refusesOtherNodes(text: String) throws {
        let source = YAMLSource(path: "a.yaml", bytes: Array(text.utf8))
        let node = try #require(source.root?["a"])
        #expect(LineReplacement(source.lines).replacing(scalar: node, with: "d") == nil)
    }
}
