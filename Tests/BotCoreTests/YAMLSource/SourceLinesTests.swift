import BotCore
import Testing

@Suite struct SourceLinesTests {
    @Test("lines end at a line feed, with or without a carriage return")
    func lines() {
        let lines = SourceLines(Array("a\r\n  b\n\n \t\nc".utf8))
        #expect(lines.count == 5)
        #expect((0...6).map(lines.text(of:)) == ["", "a", "  b", "", " \t", "c", ""])
        #expect((1...5).map(lines.isBlank) == [false, false, true, true, false])
        #expect((1...5).map(lines.indentation(of:)) == [0, 2, 0, 1, 0])
        #expect(Array(lines.wholeLine(1)) == Array("a\r\n".utf8))
        #expect(!lines.endsInLineBreak)
    }

    @Test("an empty file has no line, and a last line break starts none")
    func ends() {
        #expect(SourceLines([]).count == 0)
        #expect(SourceLines([]).endsInLineBreak)
        #expect(SourceLines(Array("a\n".utf8)).count == 1)
        #expect(SourceLines(Array("\n".utf8)).text(of: 1) == "")
        #expect(SourceLines(Array("\r\n".utf8)).text(of: 1) == "")
    }

    @Test("bytes that are no UTF-8 show as a replacement character")
    func invalid() { #expect(SourceLines([0x61, 0xFF, 0x0A]).text(of: 1) == "a\u{FFFD}") }
}
