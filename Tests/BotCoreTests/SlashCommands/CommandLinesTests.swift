import TestSupport
import Testing

@testable import BotCore

@Suite("Lines of a comment that may be commands")
struct CommandLinesTests {
    @Test(
        "A command is found where a reader sees one",
        arguments: [
            "/check-bucket", "hello\n/check-bucket", "hello\r\n/check-bucket\r\nbye", "a\r/check-bucket\rb",
            "/check-bucket  \t", "> quoted\n\n/check-bucket", "```\ncode\n```\n/check-bucket",
            "~~~~ sh\n~~~\n```\n~~~~\n/check-bucket", "````\n```\n````\n/check-bucket",
            "``` not `a fence\n/check-bucket", "<!-- x -->\n/check-bucket", "<!-- x\ny --> z\n/check-bucket",
            "<!--> no longer hidden\n/check-bucket", "`<!--` is how it starts\n/check-bucket",
            "a <!-- that nothing closes\n/check-bucket", "a ``<!--`` b ` c\n/check-bucket\n-->",
            "<pre>\n</pre>\n/check-bucket",
            "<prefix>\n/check-bucket", "    ```\n/check-bucket", "1. item\n/check-bucket",
        ])
    func found(body: String) {
        #expect(CommandLines.lines(of: body) == ["/check-bucket"])
    }

    @Test(
        "Nothing is found inside of code, quotes and what is hidden",
        arguments: [
            "", " /check-bucket", "\t/check-bucket", "    /check-bucket", "> /check-bucket", "- /check-bucket",
            "see /check-bucket", "```\n/check-bucket\n```", "```\n/check-bucket", "~~~\n/check-bucket\n```\n",
            "````\n```\n/check-bucket\n", "   ```sh\n/check-bucket\n    ```\n/check-bucket",
            "```\n/check-bucket\n``` x\n/check-bucket", "<!--\n/check-bucket\n-->", "<!--\n/check-bucket",
            "text <!-- a\n/check-bucket\n-->", "text ` <!-- a\n/check-bucket\n-->",
            "<!-- a --> <!-- b\n/check-bucket\n-->",
            "<PRE>\n/check-bucket\n</Pre>", "<script>\n/check-bucket\n</script>", "<textarea>\n/check-bucket",
            "`/check-bucket`", "\\/check-bucket", "\u{200B}/check-bucket",
        ])
    func hidden(body: String) {
        #expect(CommandLines.lines(of: body).isEmpty)
    }

    @Test("A comment of 65,536 slashes, and others as long, are read in one pass")
    func longComments() {
        let many = 65_536
        let comments = [
            String(repeating: "/", count: many), String(repeating: "/\n", count: many / 2),
            String(repeating: "/check-buckets\n", count: many / 15), String(repeating: "<!--", count: many / 4),
            String(repeating: "x<!--", count: many / 5), String(repeating: "<!---->", count: many / 7),
            String(repeating: " ", count: many / 2) + String(repeating: "<!--", count: many / 8),
            String(repeating: "`", count: many), String(repeating: "~~~\n", count: many / 4),
            String(repeating: "<pre", count: many / 4), "/keep \"" + String(repeating: "\\", count: many),
            "/check-bucket " + String(repeating: "a:", count: many / 2),
        ]
        for comment in comments { _ = CommentCommands(in: comment) }
        #expect(CommentCommands(in: comments[0]).commands.isEmpty)
        #expect(CommandLines.lines(of: comments[0]).first?.utf8.count == CommandLines.lineByteLimit)
    }

    @Test("Whatever is put into a fence or a quote, no command comes out of it")
    func wrapped() {
        for seed in 0..<200 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let pieces = [
                "/check-bucket", "/keep", "`", "``", "~~~", "<!--", "-->", ">", " ", "\n", "\r\n", "<pre>", "x", "\"",
            ]
            let inner = (0..<30).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            let fenced = "`````\n\(inner)\n`````\n"
            let quoted = inner.split(whereSeparator: \.isNewline).map { "> \($0)" }.joined(separator: "\n")
            #expect(CommandLines.lines(of: fenced).isEmpty, "seed \(seed)")
            #expect(CommandLines.lines(of: quoted).isEmpty, "seed \(seed)")
            _ = CommentCommands(in: inner)
        }
    }
}
