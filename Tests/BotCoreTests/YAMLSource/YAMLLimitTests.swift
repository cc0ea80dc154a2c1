import BotCore
import Testing

@Suite struct YAMLLimitTests {
    @Test("nesting as deep as the limit is read", arguments: ["- ", "["])
    func deepest(_ level: String) {
        let closing = level == "[" ? String(repeating: "]", count: YAMLSource.nestingLimit) : ""
        let source = read(String(repeating: level, count: YAMLSource.nestingLimit) + "a" + closing)
        #expect(source.issues.isEmpty)
        #expect(source.root != nil)
    }

    @Test("deeper nesting is refused where it starts", arguments: ["[", "{", "- ", "? ", "{a: ", "[a: "])
    func tooDeep(_ level: String) {
        for count in [YAMLSource.nestingLimit + 1, 100_000] {
            let source = read(String(repeating: level, count: count))
            #expect(source.issues.map(\.kind) == [.tooDeep(limit: 64)])
            #expect(source.root == nil)
        }
        let column = read(String(repeating: level, count: 65)).issues.first?.column
        #expect(column == (level == "[a: " ? 32 * 4 + 1 : 64 * level.utf8.count + 1))
    }

    @Test("a file as large as the limit is read, one byte more is refused")
    func size() {
        var bytes = Array(repeating: UInt8(ascii: "#"), count: YAMLSource.byteLimit)
        #expect(YAMLSource(path: "file.yaml", bytes: bytes).issues.isEmpty)
        bytes.append(UInt8(ascii: "#"))
        let source = YAMLSource(path: "file.yaml", bytes: bytes)
        #expect(source.issues.map(\.kind) == [.tooLarge(limitBytes: YAMLSource.byteLimit)])
        #expect(source.issues.first?.words.what == "it has more than 16 MiB")
    }

    @Test("values are read up to the limit, and no further")
    func values() {
        let source = read("[" + String(repeating: "a,", count: YAMLSource.valueLimit + 5))
        #expect(source.issues.map(\.kind) == [.tooManyValues(limit: YAMLSource.valueLimit)])
        // The first value beyond the limit, of two columns each.
        #expect(source.issues.first?.column == 2 * (YAMLSource.valueLimit + 1) + 1)
    }

    @Test("issues are kept up to the limit, the fatal one among them")
    func issues() {
        let source = read(String(repeating: "a: {b: 1, b: 2}\n", count: 5_000) + "]")
        #expect(source.issues.count == YAMLSource.issueLimit)
        #expect(source.issues.last?.isFatal == true)
        #expect(source.issues.dropLast().allSatisfy { !$0.isFatal })
    }

    @Test(
        "lines of a megabyte, and a megabyte of lines, are read",
        arguments: [
            "'é',", "a: b,", "[],", "{a: b},", "\"😀\",\n", "é,\n#é\n", "\n",
        ])
    func long(_ piece: String) {
        let count = 1_000_000 / piece.utf8.count
        let source = read("[\(String(repeating: piece, count: count))]")
        #expect(source.issues.isEmpty)
        #expect(source.root?.items?.count == (piece == "\n" ? 0 : count))
    }

    @Test("a megabyte of directives is refused at the first")
    func directives() {
        let lines = (0..<60_000).map { "%TAG !a\($0)! b\n" }
        #expect(read(lines.joined() + "---\na\n").issues.map(\.kind) == [.syntax(.directive)])
    }
}
