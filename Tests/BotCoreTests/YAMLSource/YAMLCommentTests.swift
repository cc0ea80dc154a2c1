import BotCore
import Testing

@Suite struct YAMLCommentTests {
    private func comments(_ text: String) -> [String] {
        read(text).comments.map { "\($0.line):\($0.column) \($0.isWholeLine ? "alone" : "behind") \($0.text)" }
    }

    @Test("a number sign in text is no comment")
    func text() {
        #expect(comments("a: http://x/#y\nb: \"c # d\"\nc: d#e\nd: '#f'\n\"#g\": h\ni: \"j\n  # k\"\n").isEmpty)
        #expect(comments("a: |\n  # text\n\n  # text\nb: >-\n  # text\n").isEmpty)
    }

    @Test("a comment may stand behind text, quotes, brackets, keys, dashes and block signs")
    func behind() {
        let text = "a: x # 1\nb: \"# x\" # 2\nc: [d, \"#\"] # 3\ne: # 4\ng:\n- # 5\n  h: | # 6\n    # text\n"
        #expect(
            comments(text)
                == ["1:6 behind 1", "2:10 behind 2", "3:13 behind 3", "4:4 behind 4", "6:3 behind 5", "7:8 behind 6"])
    }

    @Test("a comment may stand between items, in brackets of several lines, and below a block")
    func between() {
        let text = "a:\n- b\n  # 1\n# 2\n- [c, # 3\n  # 4\n  d]\n- |\n  e\n # 5\n"
        #expect(
            comments(text) == ["3:3 alone 1", "4:1 alone 2", "5:7 behind 3", "6:3 alone 4", "10:2 alone 5"])
    }

    @Test("the signs and the white space around a comment are no part of its text")
    func trimmed() {
        #expect(comments("##  a # b \t\n#\n #c\r\n") == ["1:1 alone a # b", "2:1 alone ", "3:2 alone c"])
    }

    @Test("quotes and brackets may be followed by a comment without a space, as in PyYAML")
    func close() {
        #expect(comments("a: \"b\"#c\nd: []#e\n") == ["1:7 behind c", "2:6 behind e"])
    }

    @Test("comments are found by line")
    func byLine() {
        let source = read("# 1\n\n# 2\n# 3\na: b # 4\n# 5\nc: d\n")
        #expect(source.comment(on: 5)?.text == "4")
        #expect(source.comment(on: 2) == nil)
        #expect(source.comment(on: 0) == nil)
        #expect(source.comment(on: 99) == nil)
        #expect(source.commentsDirectlyAbove(5).map(\.text) == ["2", "3"])
        #expect(source.commentsDirectlyAbove(6).isEmpty, "a comment behind a value belongs to the value")
        #expect(source.commentsDirectlyAbove(7).map(\.text) == ["5"])
        #expect(source.commentsDirectlyAbove(2).map(\.text) == ["1"])
        #expect(source.commentsDirectlyAbove(1).isEmpty)
        #expect(source.comments(in: 3..<6).map(\.text) == ["2", "3", "4"])
        #expect(source.comments(in: 8..<20).isEmpty)
    }
}
