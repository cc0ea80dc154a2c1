import BotCore
import Testing

@Suite struct YAMLSpanTests {
    /// A text, and the outline of what is read from it.
    struct Case: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let outline: String

        init(_ name: String, _ text: String, _ outline: String) {
            testDescription = name
            self.text = text
            self.outline = outline
        }
    }

    @Test("everything has the place where it is written", arguments: blocks + texts + flows + files)
    func place(_ example: Case) {
        #expect(outline(read(example.text)).joined(separator: "\n") == example.outline)
    }

    // MARK: - Lists and mappings by lines

    static let blocks = [
        Case(
            "a list indented like its key", "a:\n- x\n-  y\n",
            """
            1:1-3:5 mapping
              1:1-1:2 "a"
                2:1-3:5 list
                  2:3-2:4 "x"
                  3:4-3:5 "y"
            """),
        Case(
            "a list indented by two", "a:\n  - x\n  - y\n",
            """
            1:1-3:6 mapping
              1:1-1:2 "a"
                2:3-3:6 list
                  2:5-2:6 "x"
                  3:5-3:6 "y"
            """),
        Case(
            "items whose mapping starts on the line of the dash", "- name: a\n  b: 1\n- c:\n  d:\n",
            """
            1:1-4:5 list
              1:3-2:7 mapping
                1:3-1:7 "name"
                  1:9-1:10 "a"
                2:3-2:4 "b"
                  2:6-2:7 "1"
              3:3-4:5 mapping
                3:3-3:4 "c"
                  3:5-3:5 null
                4:3-4:4 "d"
                  4:5-4:5 null
            """),
        Case(
            "a dash alone on its line, a list in a list, and nothing behind a dash", "-\n  a: 1\n\n- - b\n  - c\n-\n",
            """
            1:1-6:2 list
              2:3-2:7 mapping
                2:3-2:4 "a"
                  2:6-2:7 "1"
              4:3-5:6 list
                4:5-4:6 "b"
                5:5-5:6 "c"
              6:2-6:2 null
            """),
        Case(
            "a mapping ends where its last value ends, not at comments and blank lines",
            "a:\n  b:\n    c: d\n    # below\n\n# more\ne: f\n\n",
            """
            1:1-7:5 mapping
              1:1-1:2 "a"
                2:3-3:9 mapping
                  2:3-2:4 "b"
                    3:5-3:9 mapping
                      3:5-3:6 "c"
                        3:8-3:9 "d"
              7:1-7:2 "e"
                7:4-7:5 "f"
            4:5 ## below
            6:1 ## more
            """),
        Case(
            "a key without value above a comment", "a:\n  # nothing\nb: 1\n",
            """
            1:1-3:5 mapping
              1:1-1:2 "a"
                1:3-1:3 null
              3:1-3:2 "b"
                3:4-3:5 "1"
            2:3 ## nothing
            """),
        Case(
            "keys behind a question mark, one of them without value", "? a\n# c\n? b\n: c\n\n",
            """
            1:1-4:4 mapping
              1:3-1:4 "a"
                1:4-1:4 null
              3:3-3:4 "b"
                4:3-4:4 "c"
            2:1 ## c
            """),
    ]

    // MARK: - Text

    static let texts = [
        Case(
            "quotes belong to the value", "a: \"x\"\n'b': 'y z'\n",
            """
            1:1-2:11 mapping
              1:1-1:2 "a"
                1:4-1:7 "x"
              2:1-2:4 "b"
                2:6-2:11 "y z"
            """),
        Case(
            "text of several lines, plain and quoted", "a: one\n  two\n   three # c\nb: \"x\n  y\"\n",
            """
            1:1-5:5 mapping
              1:1-1:2 "a"
                1:4-3:9 "one two three"
              4:1-4:2 "b"
                4:4-5:5 "x y"
            3:10 # c
            """),
        Case(
            "a literal block ends above the blank lines that it does not keep",
            "a: |\n  one\n  two\n\n\n# c\nb: |-\n  x\n\n",
            """
            1:1-8:4 mapping
              1:1-1:2 "a"
                1:4-3:6 "one\\ntwo\\n"
              7:1-7:2 "b"
                7:4-8:4 "x"
            6:1 ## c
            """),
        Case(
            "a block that keeps its blank lines ends with them", "a: |+\n  k\n\n\nd: >+\n  x\n\n",
            """
            1:1-7:1 mapping
              1:1-1:2 "a"
                1:4-4:1 "k\\n\\n\\n"
              5:1-5:2 "d"
                5:4-7:1 "x\\n\\n"
            """),
        Case(
            "a folded block", "- >\n  f\n  g\n\n- >2-\n    h\n",
            """
            1:1-6:6 list
              1:3-3:4 "f g\\n"
              5:3-6:6 "  h"
            """),
        Case(
            "a block without text, with a comment behind its sign", "a: | # head\n\nb: >2-\n",
            """
            1:1-3:7 mapping
              1:1-1:2 "a"
                1:4-1:5 ""
              3:1-3:2 "b"
                3:4-3:7 ""
            1:6 # head
            """),
        Case(
            "a block at the end of a file without a last line break", "a: |\n  one",
            """
            1:1-2:6 mapping
              1:1-1:2 "a"
                1:4-2:6 "one"
            """),
        Case(
            "columns count UTF-16 units", "é: 😀😀 # ü 😀\n\"😀\": [é, 😀] # x\n",
            """
            1:1-2:14 mapping
              1:1-1:2 "é"
                1:4-1:8 "😀😀"
              2:1-2:5 "😀"
                2:7-2:14 flow list
                  2:8-2:9 "é"
                  2:11-2:13 "😀"
            1:9 # ü 😀
            2:15 # x
            """),
    ]

    // MARK: - Brackets and braces

    static let flows = [
        Case(
            "lists and mappings in brackets and braces", "a: [x, [y,\n  z], {k: v, l}] # c\nb: {}\nc: [ ]#d\n",
            """
            1:1-4:7 mapping
              1:1-1:2 "a"
                1:4-2:17 flow list
                  1:5-1:6 "x"
                  1:8-2:5 flow list
                    1:9-1:10 "y"
                    2:3-2:4 "z"
                  2:7-2:16 flow mapping
                    2:8-2:9 "k"
                      2:11-2:12 "v"
                    2:14-2:15 "l"
                      2:15-2:15 null
              3:1-3:2 "b"
                3:4-3:6 flow mapping
              4:1-4:2 "c"
                4:4-4:7 flow list
            2:18 # c
            4:7 # d
            """),
        Case(
            "values that are not written in braces", "{a: , b:\n  # c\n  }\n",
            """
            1:1-3:4 flow mapping
              1:2-1:3 "a"
                1:3-1:3 null
              1:7-1:8 "b"
                1:8-1:8 null
            2:3 ## c
            """),
    ]

    // MARK: - Files

    static let files = [
        Case("an empty file", "", ""),
        Case("blank lines alone", "\n  \n", ""),
        Case("comments alone", "# one\n#two", "1:1 ## one\n2:1 ## two"),
        Case("a document without content", "---\n# c\n", "1:4-1:4 null\n2:1 ## c"),
        Case("a start and an end of the document", "%YAML 1.1\n--- # c\na\n...\n", "3:1-3:2 \"a\"\n2:5 # c"),
        Case("a byte-order mark is one column", "\u{FEFF}a: 1 # é\n", bom),
        Case("a byte-order mark before a comment", "\u{FEFF}# c\n", "1:2 ## c"),
        Case("a byte-order mark alone", "\u{FEFF}", ""),
        Case("no last line break", "a: b", "1:1-1:5 mapping\n  1:1-1:2 \"a\"\n    1:4-1:5 \"b\""),
        Case("blank lines at the end", "- a\n\n \n", "1:1-1:4 list\n  1:3-1:4 \"a\""),
        Case(
            "line ends of CR and LF", "a: 1\r\nb:\r\n- c # d\r\n- |\r\n  e\r\n",
            """
            1:1-5:4 mapping
              1:1-1:2 "a"
                1:4-1:5 "1"
              2:1-2:2 "b"
                3:1-5:4 list
                  3:3-3:4 "c"
                  4:3-5:4 "e\\n"
            3:5 # d
            """),
    ]

    static let bom = """
        1:2-1:6 mapping
          1:2-1:3 "a"
            1:5-1:6 "1"
        1:7 # é
        """
}
