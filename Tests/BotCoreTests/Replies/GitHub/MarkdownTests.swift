import TestSupport
import Testing

@testable import BotCore

@Suite("Other people's text in Markdown")
struct MarkdownTests {
    @Test(
        "Plain words stay, and all else becomes code",
        arguments: [
            ("The bucket acme cannot be listed.", "The bucket acme cannot be listed."),
            ("Write finished.json, please (or not).", "Write `finished.json`, please (or not)."),
            ("the group (\"acme-1\").", "the group (`acme-1`)."),
            (
                "add \"- acme e2e\" to \"x_y\", \"all of it\" and \"a",
                "add `- acme e2e` to `x_y`, \"all of it\" and \"a"
            ),
            ("say \"@all, hear me\" or \"\" or \"\"#1\"\"", "say `@all, hear me` or `\"\"` or \"`#1`\""),
            ("GitHub's name, world-readable: \"yes\" 412!", "GitHub's name, world-readable: \"yes\" 412!"),
            ("ping @kubernetes/sig-testing now", "ping `@kubernetes/sig-testing` now"),
            ("@octocat", "`@octocat`"), ("fixes #12, closes a/b#3 and GH-4", "fixes `#12`, closes `a/b#3` and `GH-4`"),
            ("see https://evil.example or www.evil.example", "see `https://evil.example` or `www.evil.example`"),
            ("mail me@evil.example", "mail `me@evil.example`"),
            ("[click](https://evil.example)", "`[click](https://evil.example`)"),
            ("<img src=x onerror=alert(1)>", "`<img` `src=x` `onerror=alert(1)>`"),
            ("*bold* _it_ ~~no~~ :tada:", "`*bold*` `_it_` `~~no~~` `:tada`:"),
            ("4 of 2026-08-22 12:00:00", "4 of 2026-08-22 12:00:00"),
            ("deadbeef effaced 1234567 123456", "`deadbeef` `effaced` `1234567` 123456"),
            ("1. item", "`1.` item"), ("2) item", "`2)` item"), ("- item", "`-` item"), ("# head", "`#` head"),
            ("a ` b `` c", "a `` ` `` b ``` `` ``` c"), ("a\nb\r\n\r\n> c", "a b `>` c"),
            ("&#64;octocat &lt;b&gt;", "`&#64;octocat` `&lt;b&gt`;"),
            ("a\u{202E}b \u{200B}@x", "`a\\u{202e}b` `\\u{200b}@x`"), ("Größe", "`Größe`"), ("", ""),
        ])
    func prose(text: String, expected: String) {
        #expect(Markdown.prose(text) == expected)
    }

    @Test("Code is fenced by more backticks than it has, and cut")
    func code() {
        #expect(Markdown.code("gs://acme/") == "`gs://acme/`")
        #expect(Markdown.code("a`b") == "``a`b``")
        #expect(Markdown.code("`") == "`` ` ``")
        #expect(Markdown.code(" a ") == "`  a  `")
        #expect(Markdown.code("a\nb\tc") == "`a\\u{a}b c`")
        #expect(Markdown.code("") == "(nothing)")
        #expect(Markdown.code(String(repeating: "x", count: 400)).count == 303)
    }

    @Test("A block ends only where it is ended")
    func block() {
        #expect(Markdown.block(["a", "```", "b"], language: "sh") == "````sh\na\n```\nb\n````")
        #expect(Markdown.block(["a\n```\n@x"]) == "````\na\\u{a}```\\u{a}@x\n````")
    }

    @Test("An address has nothing that ends it")
    func addresses() {
        #expect(Markdown.encoded("a/b c)#?<>\"ä") == "a/b%20c%29%23%3F%3C%3E%22%C3%A4")
        #expect(Markdown.encoded("a/b", keepsSlashes: false) == "a%2Fb")
    }

    @Test("Nothing that others write is alive, whatever it is")
    func nothingAlive() {
        let pieces = [
            "@", "#", "<", ">", "`", "``", "```", "[", "]", "(", ")", "!", "*", "_", "~", "|", "\\", "\n", "\r", " ",
            "\t", "-", "+", "=", "1", ".", ":", "/", "&", ";", "a", "octocat", "http://", "www.", "GH-1", "abcdef0",
            "fixes", "<!--", "-->", "\u{202E}", "\u{301}", "é", "🎉", "\"", "'", "$",
        ]
        for seed in 0..<400 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let text = (0..<20).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            for written in [Markdown.prose(text), Markdown.code(text)] {
                let open = Self.outsideOfCode(written)
                #expect(open != nil, "seed \(seed): a span does not end in \(written)")
                let isHarmless = open?.unicodeScalars.allSatisfy {
                    ("a"..."z").contains($0) || ("A"..."Z").contains($0) || ("0"..."9").contains($0)
                        || " .,;:!?()\"'-".unicodeScalars.contains($0)
                }
                #expect(isHarmless == true, "seed \(seed): \(open ?? "") of \(written)")
                for word in open?.split(separator: " ") ?? [] {
                    let behind = word.firstRange(of: "www.").flatMap { word[$0.upperBound...].first }
                    #expect(!word.contains("GH-") && behind?.isLetter != true, "seed \(seed): \(word)")
                }
            }
        }
    }

    /// What stands outside of code, read as GitHub reads it: a run of backticks up to the next of the same length.
    private static func outsideOfCode(_ text: String) -> String? {
        var open = ""
        var rest = Array(text.unicodeScalars)[...]
        while let first = rest.first {
            guard first == "`" else {
                open.unicodeScalars.append(first)
                rest = rest.dropFirst()
                continue
            }
            let length = rest.prefix { $0 == "`" }.count
            rest = rest.dropFirst(length)
            while !rest.isEmpty {
                let run = rest.prefix { $0 == "`" }.count
                rest = rest.dropFirst(max(run, 1))
                if run == length { break }
                if rest.isEmpty { return nil }
            }
        }
        return open
    }
}
