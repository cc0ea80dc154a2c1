import BotCore
import Testing

@Suite struct YAMLIssueTests {
    /// A text with one mistake, and where and how it is told.
    struct Mistake: Sendable, CustomTestStringConvertible {
        let text: String
        let place: String
        let what: String
        let fix: String

        var testDescription: String { text.debugDescription }

        init(_ text: String, _ place: String, _ what: String, _ fix: String) {
            self.text = text
            self.place = place
            self.what = what
            self.fix = fix
        }
    }

    private func tell(_ issue: YAMLIssue) -> String {
        "\(issue.line):\(issue.column) \(issue.words.what); \(issue.words.fix)"
    }

    @Test("a mistake that ends the reading is told with its place and what to do", arguments: quotes + places + refused)
    func fatal(_ mistake: Mistake) {
        let source = read(mistake.text)
        #expect(source.issues.map(tell) == ["\(mistake.place) \(mistake.what); \(mistake.fix)"])
        #expect(source.isUnreadable && source.documents.isEmpty && source.comments.isEmpty)
    }

    @Test("every key that is there twice is told, with both lines, and the file is read")
    func duplicates() {
        let source = read("x:\n  b: 1\n  c: 2\n  \"b\": 3\n  b: 4\nx: {b: 1, b: 2}\n")
        #expect(
            source.issues.map(tell) == [
                "4:3 the key \"b\" stands here and on line 2; merge the two, or delete one",
                "5:3 the key \"b\" stands here and on line 2; merge the two, or delete one",
                "6:1 the key \"x\" stands here and on line 1; merge the two, or delete one",
                "6:11 the key \"b\" stands here and on line 6; merge the two, or delete one",
            ])
        #expect(!source.isUnreadable && source.root != nil)
    }

    @Test("keys that are there twice are found in a mapping of any size", arguments: [2, 3, 8, 9, 10, 500])
    func duplicatesInLargeMappings(_ count: Int) {
        let keys = (1..<count).map { "k\($0): \($0)\n" } + ["k1: again\n"]
        let issues = read(keys.joined()).issues
        #expect(issues.map(\.kind) == [.duplicateKey("k1", firstLine: 1)])
        #expect(issues.map(\.line) == [count])
    }

    @Test("a further document and a key that is no text are told, and the file is read")
    func mild() {
        #expect(
            read("a: 1\n---\nb: 2\n").issues.map(tell) == [
                "2:1 a second YAML document starts here; "
                    + "keep one document a file: delete the \"---\" or \"...\" before it"
            ])
        #expect(
            read("a: {{x}}\n").issues.map(tell) == ["1:5 a key is a list or a mapping; write the key as plain text"])
        #expect(read("a: 1\n---\nb: 2\n").documents.count == 2)
    }

    @Test("what is fatal comes last, whatever line it stands on")
    func order() {
        let issues = read("a: {b: 1, b: 2}\nc:\n\td: 1\n").issues
        #expect(issues.map(\.isFatal) == [false, true])
    }

    static let quotes = [
        Mistake("a: \"x\nb: 2\n", "1:4", "a quote is opened here and never closed", "add the closing quote"),
        Mistake("a: 'x\n---\ny'\n", "1:4", "a quote is opened here and never closed", "add the closing quote"),
        Mistake("a: 'it's'\n", "1:8", behind, behindFix),
        Mistake("a: \"x\nb: \"y\"\n", "2:5", behind, behindFix),
        Mistake("- [a] b\n", "1:7", behind, behindFix),
        Mistake("\"x\" y\n", "1:5", behind, behindFix),
        Mistake(
            "a: \"\\d\"\n", "1:5", "a backslash in double quotes starts an escape that YAML does not know",
            "write \"\\\\\" for a backslash, or put the text in single quotes"),
        Mistake("a: b: c\n", "1:5", "the text behind a key holds another \":\"", "put the text in quotes"),
        Mistake(
            "a: @x\t\n", "1:4", "a value starts with a character that YAML keeps for itself", "put the value in quotes"),
        Mistake(
            "a: *.yaml\n", "1:5", "text that starts with \"*\" or \"&\" is read as an alias or an anchor",
            "put the text in quotes"),
        Mistake(
            "a: !y!z 1\n", "1:4", "text that starts with \"!\" is read as a tag",
            "put the text in quotes, or drop the tag"),
        Mistake(
            "a: | text\n  x\n", "1:6", "text stands behind \"|\" or \">\"",
            "start the text on the next line, indented, or quote the whole value"),
    ]

    static let places = [
        Mistake(
            "a:b\nc: d\n", "2:2", "a \":\" stands where no key can be", spaceFix("indent the key like its neighbors")),
        Mistake("a:\n  b: 1\n c: 2\n", "3:2", "the line does not fit the mapping around it", keyFix),
        Mistake("-a: 1\n- b: 2\n", "2:1", "the line does not fit the mapping around it", keyFix),
        Mistake(
            "- a\nb: 1\n", "2:1", "the line does not fit the list around it",
            "start it with \"- \", or indent it like the key to which it belongs"),
        Mistake(
            "a: - b\n", "1:4", "a list item stands where no list can be",
            "put the \"- \" on a line of its own, below its key"),
        Mistake(
            "a: 1\nfoo\nb: 2\n", "2:1", "the line is neither \"key: value\" nor \"- item\"",
            "add the \":\" and a space, or indent or quote the text if it belongs to the line above"),
        Mistake("a: ? b\n", "1:4", "a \"?\" stands where no key can be", "write \"key: value\", or quote the text"),
        Mistake("a: [x\n# c\n", "1:4", unclosedList, "add the \"]\" or the comma, or quote the text"),
        Mistake("a: [x, y\nb: 2\n", "2:2", unclosedList, "add the \"]\" or the comma, or quote the text"),
        Mistake(
            "a: {x: y\n", "1:4", "a mapping in \"{ }\" is not closed, or lacks a comma",
            "add the \"}\" or the comma, or quote the text"),
        Mistake(
            "a: [x,,y]\n", "1:7", "a value is missing here", "write it, or delete the comma, bracket or brace too many"),
        Mistake(
            "'a'\n'b'\n", "2:1", "text stands behind the end of the value",
            "indent or quote it to make it part of the value, or delete it"),
        Mistake("a:\n\tb: 1\n", "2:1", "a tab stands where YAML wants spaces", tabFix),
        Mistake("a:\n  b: c\n\td: e\n", "3:1", "a tab stands where YAML wants spaces", tabFix),
        Mistake("a: |\n\tx\n", "2:1", "a tab stands where YAML wants spaces", tabFix),
        Mistake("-\ta: 1\n", "1:2", "a tab stands where YAML wants spaces", tabFix),
    ]

    static let refused = [
        Mistake("é: &x y\n", "1:4", "\"&x\" is an anchor", writtenOut),
        Mistake("a: [*x]\n", "1:5", "\"*x\" is an alias", writtenOut),
        Mistake("- &x {a: 1}\n", "1:3", "\"&x\" is an anchor", writtenOut),
        Mistake("&x\n- a\n", "1:1", "\"&x\" is an anchor", writtenOut),
        Mistake(
            "a:\n  <<: {b: c}\n", "2:3", "\"<<\" is a merge key", "write the merged keys out, or quote it if it is text"
        ),
        Mistake(
            "a: !!str 1\n", "1:4", "\"!!str\" is a tag", "drop the tag, or put the value in quotes if it is text"),
        Mistake("%TAG ! x\n---\na\n", "1:1", directive, "delete the line, or quote the text"),
        Mistake("# c\n%YAML 2.0\n---\na\n", "2:1", directive, "delete the line, or quote the text"),
        Mistake("a: é\u{1}b\n", "1:5", "a control character, which editors do not show, stands here", "delete it"),
        Mistake("a: b\0\n", "1:5", "a control character, which editors do not show, stands here", "delete it"),
        Mistake("a: b\u{7F}\n", "1:5", "a control character, which editors do not show, stands here", "delete it"),
        Mistake("a: b\n# \r c\n", "2:3", lineBreak, "delete it; end lines with a plain newline"),
        Mistake("a: b\r", "1:5", lineBreak, "delete it; end lines with a plain newline"),
        Mistake("a: 😀\u{85}\n", "1:6", lineBreak, "delete it; end lines with a plain newline"),
        Mistake("a: \u{2028}\n", "1:4", lineBreak, "delete it; end lines with a plain newline"),
        Mistake("a: b\nc: \u{2029}\n", "2:4", lineBreak, "delete it; end lines with a plain newline"),
    ]

    private static let tabFix = "use spaces: a tab may stand only in quotes and comments"
    private static let behind = "text stands behind the quote, bracket or brace that ends a value"
    private static let behindFix = "delete it, put the whole value in quotes, or close a quote that was opened above"
    private static let keyFix = spaceFix("indent it like the keys above")
    private static let unclosedList = "a list in \"[ ]\" is not closed, or lacks a comma"
    private static let directive = "a line that starts with \"%\" is read as a directive"
    private static let lineBreak = "a character here ends a line for YAML and not for editors"
    private static let writtenOut = "write the value out, or put it in quotes if it is text"
    private static func spaceFix(_ start: String) -> String {
        "\(start), and see that a \"-\" or \":\" above has a space behind it"
    }

    @Test(
        "bytes that are not UTF-8 are told with their place",
        arguments: [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x80],
        ] as [[UInt8]])
    func encoding(_ bytes: [UInt8]) {
        let source = YAMLSource(path: "file.yaml", bytes: Array("a: é\nb: é".utf8) + bytes + Array("\n".utf8))
        #expect(source.issues.map(tell) == ["2:5 a byte here is not UTF-8 text; save the file as UTF-8"])
    }

    @Test("a character that breaks off is told at the byte that should have gone on with it")
    func brokenOff() {
        let issue = YAMLSource(path: "file.yaml", bytes: Array("a: é\nb: é".utf8) + [0xE2, 0x82, 0x0A]).issues.first
        #expect(issue?.kind == .encoding && issue?.line == 2)
    }

    @Test("a file of UTF-16 is told as one that is not UTF-8", arguments: [[0xFF, 0xFE], [0xFE, 0xFF]] as [[UInt8]])
    func utf16(_ mark: [UInt8]) {
        let source = YAMLSource(path: "file.yaml", bytes: mark + "a: b\n".utf16.flatMap { [UInt8($0 & 0xFF), 0] })
        #expect(source.issues.map(tell) == ["1:1 a byte here is not UTF-8 text; save the file as UTF-8"])
    }
}
