import BotCore
import Testing

@Suite("Tabs that PyYAML refuses")
struct YAMLTabTests {
    private func places(_ text: String) -> [String] {
        read(text).tabsOutsideText().map { "\($0.line):\($0.column)" }
    }

    @Test("a tab in quotes, in a block or in a comment is text")
    func text() {
        #expect(places("a: \"b\tc\"\nd: 'e\n\tf' # g\th\n#\ti\nj: |\n  k\tl\n  \tm\nn: >-\n  o\t\n").isEmpty)
    }

    @Test("a tab anywhere else is told, one a line")
    func other() {
        #expect(
            places("a: b\t\nc:\td\te\nf: \"g\"\t# h\ni: j\tk\nl: \"😀\t\"\t\nm: [\n\tn]\n")
                == ["1:5", "2:3", "3:7", "4:5", "5:9", "7:1"])
    }

    @Test("a file that cannot be read has its own issue")
    func unreadable() { #expect(places("a: b\t\n\tc: d\n").isEmpty) }

    @Test("a line of tabs and a file of lines with tabs are bounded")
    func many() {
        #expect(places("a:" + String(repeating: "\t", count: 100_000) + "b\n") == ["1:3"])
        #expect(places(String(repeating: "- 'a'\t\n", count: 5_000)).count == YAMLSource.issueLimit)
    }
}
