import TestSupport
import Testing

@testable import BotCore

@Suite("Regular expressions of Python")
struct PythonRegexTests {
    @Test(
        "Patterns that compile pass",
        arguments: [
            "", "a", "^ci-acme-benchmark$", ".*(flaky|flake).*", "a|", "|", "a{2}", "a{2,3}?", "a{,3}", "a{2,}", "a{,}",
            "a{", "a{}",
            "a{x}", "{", "a{1", "a{1,x}", "]", "}", "a*?", "a+?", "a??", "a++", "(a)*", "(?:a|b)+", "(?P<n>a)(?P=n)",
            "(?=a)*",
            "(?<=ab)c", "(?<!a|b)c", "(?i)a", "a(?i)", "(?i:a)", "(?-i:a)", "(?i-s:a)", "(?#note)a", "a(?#note)*",
            "[]]",
            "[]-a]", "[^]]", "[a-z]", "[a-]", "[-a]", "[\\d-]", "[\\]]", "[\\b]", "[a\\-z]", "[[]", "\\.",
            "\\d\\D\\s\\S\\w\\W\\Z\\A",
            "\\x41", "\\u0041", "\\U00000041", "\\N{DASH}", "\\0", "\\012", "\\123", "(a)\\1", "(a)(?(1)b|c)",
            "(?(1)b)(a)",
            "(?P<n>a)(?(n)b)", "(?>a)", "(?x: a # (\n)", "(?x) (", "a-b_c", "\\-\\ \\#", "\u{E9}\u{1F600}*",
            "(?P<\u{E9}1>a)",
            "(?<=(a))b", "(a)(?<=\\1)", "[\\N{DASH}-z]", "()*", "(?:)*", "(?<=(?:))", "x{0}", "(?<=a{2})b",
        ])
    func compiles(pattern: String) { #expect(PythonRegex.problem(with: pattern) == nil) }

    @Test(
        "Patterns that do not compile are told apart, each with its place",
        arguments: [
            ("(", "missing ), unterminated subpattern", 0), ("a(b", "missing ), unterminated subpattern", 1),
            (")", "unbalanced parenthesis", 0), ("a)b", "unbalanced parenthesis", 1),
            ("*", "nothing to repeat", 0), ("a|*", "nothing to repeat", 2), ("(+)", "nothing to repeat", 1),
            ("^*", "nothing to repeat", 1), ("\\b+", "nothing to repeat", 2), ("(?#x)?", "nothing to repeat", 5),
            ("{,3}", "nothing to repeat", 0), ("a**", "multiple repeat", 2), ("a{2}{3}", "multiple repeat", 4),
            ("a*??", "multiple repeat", 3), ("a*(?#x)*", "multiple repeat", 7),
            ("a{3,2}", "min repeat greater than max repeat", 1),
            ("a{4294967295}", "the repetition number is too large", 1),
            ("a{99999999999999999999999}", "the repetition number is too large", 1),
            ("[", "unterminated character set", 0), ("a[]", "unterminated character set", 1),
            ("[^]", "unterminated character set", 0), ("[a-", "unterminated character set", 0),
            ("[z-a]", "bad character range", 1), ("[a-\\d]", "bad character range", 1),
            ("[\\d-z]", "bad character range", 1), ("[\\A]", "bad escape \\A", 1), ("[\\8]", "bad escape \\8", 1),
            ("[\\400]", "octal escape value \\400 outside of range 0-0o377", 1),
            ("[\\", "bad escape (end of pattern)", 1), ("\\", "bad escape (end of pattern)", 0),
            ("a\\q", "bad escape \\q", 1), ("\\x4", "incomplete escape", 0), ("\\u004", "incomplete escape", 0),
            ("\\U00110000", "bad escape", 0), ("\\N", "missing {", 2), ("\\N{", "missing character name", 3),
            ("\\N{A", "missing }, unterminated name", 4),
            ("\\400", "octal escape value \\400 outside of range 0-0o377", 0),
            ("\\1", "invalid group reference 1", 1), ("(\\1)", "cannot refer to an open group", 1),
            ("(?", "unexpected end of pattern", 2), ("(?P", "unexpected end of pattern", 3),
            ("(?z)", "unknown extension ?z", 1), ("(?Px)", "unknown extension ?Px", 1),
            ("(?<x)", "unknown extension ?<x", 1), ("(?<", "unexpected end of pattern", 3),
            ("(?P<n", "missing >, unterminated name", 4), ("(?P<>a)", "missing group name", 4),
            ("(?P<1>a)", "bad character in group name \"1\"", 4), ("(?P=n)", "unknown group name \"n\"", 4),
            ("(?P<n>a)(?P<n>b)", "redefinition of group name \"n\"", 8),
            ("(?<=a*)b", "look-behind requires fixed-width pattern", 0),
            ("(?<!a|bc)d", "look-behind requires fixed-width pattern", 0),
            ("(?<=(a)\\1)", "cannot refer to group defined in the same lookbehind subpattern", 7),
            ("(?(0)a)", "bad group number", 3), ("(?(2)a)(b)", "invalid group reference 2", 3),
            ("(?(n)a)", "unknown group name \"n\"", 3),
            ("(a)(?(1)a|b|c)", "conditional backref with more than two branches", 11),
            ("(?(1)a", "missing ), unterminated subpattern", 0), ("(?#a", "missing ), unterminated comment", 0),
            ("(?i", "missing -, : or )", 3), ("(?iz)", "unknown flag", 3), ("(?i-)", "missing flag", 4),
            ("(?L)", "bad inline flags: cannot use 'L' flag with a str pattern", 0),
            ("(?au)", "bad inline flags: flags 'a', 'u' and 'L' are incompatible", 0),
            ("(?i-i:a)", "bad inline flags: flag turned on and off", 0),
            ("(?-u:a)", "bad inline flags: cannot turn off flags 'a', 'u' and 'L'", 0),
        ])
    func doesNotCompile(pattern: String, words: String, offset: Int) {
        #expect(PythonRegex.problem(with: pattern) == PythonRegex.Problem(words: words, offset: offset))
    }

    @Test("Nesting is bounded: what lies too deep is not judged")
    func nesting() {
        let deep = String(repeating: "(", count: 100_000)
        #expect(PythonRegex.problem(with: deep) == nil)
        #expect(PythonRegex.problem(with: String(repeating: "(", count: 50)) != nil)
        let balanced = String(repeating: "(", count: 90) + String(repeating: ")", count: 90)
        #expect(PythonRegex.problem(with: balanced) == nil)
    }

    @Test("Any text gives an answer", arguments: 0..<200)
    func anyText(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let pieces = Array("()[]{}*+?|\\^$.-,:=!<>#P0123456789abnxuUNLimsz \n\u{E9}")
        let count = Int.random(in: 0...40, using: &generator)
        let pattern = String((0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] })
        let problem = PythonRegex.problem(with: pattern)
        #expect(problem.map { (0...pattern.unicodeScalars.count).contains($0.offset) } != false, "seed \(seed)")
    }
}
