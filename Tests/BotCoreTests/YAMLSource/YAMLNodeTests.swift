import BotCore
import Testing

@Suite struct YAMLNodeTests {
    @Test("a repeated key has the last value, as PyYAML has it")
    func repeated() { #expect(read("a: 1\na: 2\n").root?["a"]?.text == "2") }

    @Test("a number or boolean has a text, a null has none")
    func text() throws {
        let root = try #require(read("a: 010\nb: yes\nc: ~\nd:\ne: ''\nf: []\n").root)
        #expect(["a", "b", "c", "d", "e", "f", "g"].map { root[$0]?.text } == ["010", "yes", nil, nil, "", nil, nil])
        #expect(["a", "c", "d", "e", "f"].map { root[$0]?.isNull } == [false, true, true, false, false])
    }

    @Test("a node is a scalar, a list or a mapping")
    func kinds() throws {
        let root = try #require(read("a: [b]\n").root)
        #expect(root.pairs?.count == 1)
        #expect(root.items == nil && root.scalar == nil)
        #expect(root["a"]?.items?.first?.scalar?.text == "b")
        #expect(root["a"]?.pairs == nil)
        #expect(root["a"]?["b"] == nil)
    }

    @Test("a pair reaches from its key to the end of its value")
    func pair() throws {
        let pair = try #require(read("x: 1\na:\n- b\n- c\n").root?.pair("a"))
        #expect(pair.span == SourceSpan(startLine: 2, startColumn: 1, endLine: 4, endColumn: 4))
        #expect(pair.span.lines == 2...4)
    }

    @Test("how a text is written is kept")
    func styles() {
        let styles = read("- a\n- 'a'\n- \"a\"\n- |\n  a\n- >\n  a\n").root?.items?.map(\.scalar?.style)
        #expect(styles == [.plain, .singleQuoted, .doubleQuoted, .literal, .folded])
    }
}
