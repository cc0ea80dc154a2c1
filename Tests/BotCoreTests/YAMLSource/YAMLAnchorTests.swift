import BotCore
import Testing

@Suite("Anchors and aliases that are followed")
struct YAMLAnchorTests {
    private func follow(_ text: String) -> YAMLSource {
        YAMLSource(path: "jobs.yaml", bytes: Array(text.utf8), aliases: .followed)
    }

    @Test("an alias has the content of its anchor and a place of its own")
    func alias() throws {
        let root = try #require(follow("a: &x\n- b\n- c: d\ne: *x # f\ng: &y h\n*y : *y\n").root)
        let alias = try #require(root["e"])
        #expect(alias.span == SourceSpan(startLine: 4, startColumn: 4, endLine: 4, endColumn: 6))
        #expect(alias.isFlow)
        #expect(alias.items == root["a"]?.items)
        #expect(alias.items?.map(\.span.startLine) == [2, 3])
        #expect(root["h"]?.text == "h")
        #expect(root.span.endLine == 6)
    }

    @Test("the last anchor of a name counts")
    func again() {
        #expect(follow("- &x a\n- *x\n- &x b\n- *x\n").root?.items?.map(\.text) == ["a", "a", "b", "b"])
    }

    @Test("a merge key brings the pairs that the mapping has not, the first mapping's before the second's")
    func merge() throws {
        let text = """
            x: &x {a: 1, b: 2}
            y: &y {b: 3, c: 4, c: 5}
            z:
              b: 6
              <<: [*x, *y]
            o: {<<: *y, c: 7}
            """
        let root = try #require(follow(text).root)
        #expect(["a", "b", "c", "<<"].map { root["z"]?[$0]?.text } == ["1", "6", "5", nil])
        #expect(root["z"]?.pairs?.count == 3)
        #expect(["b", "c"].map { root["o"]?[$0]?.text } == ["3", "7"])
        #expect(root["z"]?.span.endLine == 5)
    }

    @Test(
        "an alias of nothing, or of what it stands in, is refused where it stands",
        arguments: [
            ("a: *x\n", 1, 4), ("a: *x\nb: &x c\n", 1, 4), ("- &x\n  - *x\n", 2, 5), ("a: &x\n  <<: *x\n", 2, 7),
            ("a: b\n<<: c\n", 2, 1), ("&x a: b\nc:\n  <<: [*x]\n", 3, 3),
        ])
    func refused(_ text: String, line: Int, column: Int) {
        let issues = follow(text).issues
        #expect(issues.map(\.line) == [line] && issues.map(\.column) == [column])
        #expect(issues.first?.isFatal == true)
    }

    @Test("tags are refused all the same")
    func tag() { #expect(follow("a: !x y\n").issues.map(\.kind) == [.tag("!x")]) }

    @Test("a quoted merge key is a key like any other")
    func quoted() { #expect(follow("'<<': a\n").root?["<<"]?.text == "a") }

    @Test("aliases of aliases are bounded by what they stand for, not by what is written")
    func laughs() {
        var lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
        for level in 1...60 {
            let items = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
            lines.append("a\(level): &a\(level) [\(items)]")
        }
        let issues = follow(lines.joined(separator: "\n")).issues
        #expect(issues.map(\.kind) == [.tooManyValues(limit: YAMLSource.valueLimit)])
        #expect(issues.first?.line == 6)
    }

    @Test("aliases of aliases are bounded in depth")
    func depth() {
        let lines = (1...70).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }
        let issues = follow("a0: &a0 x\n" + lines.joined()).issues
        #expect(issues.map(\.kind) == [.tooDeep(limit: YAMLSource.nestingLimit)])
        // The mapping, and the lists of lines 2 to 64, are as deep as may be.
        #expect(issues.first?.line == 65)
    }
}
