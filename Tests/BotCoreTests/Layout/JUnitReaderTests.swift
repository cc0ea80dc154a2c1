import BotCore
import Testing

@Suite("JUnit files, as they stream in")
struct JUnitReaderTests {
    private func summary(_ text: String, pieces: Int = 7, byteLimit: Int = JUnitReader.byteLimit) -> JUnitSummary {
        let reader = JUnitReader(byteLimit: byteLimit)
        let bytes = Array(text.utf8)
        for start in stride(from: 0, to: bytes.count, by: pieces)
        where reader.feed(Array(bytes[start..<min(start + pieces, bytes.count)])) == false {
            break
        }
        return reader.finish()
    }

    @Test("tests, failures and skips are counted, in nested suites too")
    func counts() {
        let text = """
            <?xml version="1.0" encoding="utf8"?><!-- x --><testsuites><testsuite time="1,2"><testsuite>
            <testcase name="a"/><testcase name="b"><failure>x</failure><error/></testcase>
            <testcase name="c"><skipped/></testcase><testcase name="d"><system-out><![CDATA[<failure>]]></system-out></testcase>
            </testsuite></testsuite></testsuites>
            """
        for pieces in [1, 3, 1000] {
            let summary = summary(text, pieces: pieces)
            #expect(summary.tests == 4)
            #expect(summary.failures == 1)
            #expect(summary.skips == 1)
            #expect(summary.problem == nil)
        }
    }

    @Test(
        "what TestGrid cannot use is named",
        arguments: [
            ("", JUnitProblem.empty), ("<html/>", .root(name: "html")),
            ("<?xml version='1.0' encoding='ISO-8859-1'?><testsuite/>", .charset(name: "ISO-8859-1")),
            ("<!DOCTYPE a [<!ENTITY b 'c'>]><testsuite>&b;</testsuite>", .entities),
        ])
    func problems(text: String, problem: JUnitProblem) { #expect(summary(text).problem == problem) }

    @Test(
        "what is no XML is named with its line",
        arguments: ["<testsuite>\n<a></testsuite>", "<testsuite>\n", "no XML\n", "\u{0}"])
    func notXML(text: String) {
        guard case .notXML = summary(text).problem else {
            Issue.record("\(String(describing: summary(text).problem))")
            return
        }
    }

    @Test("what follows the root is counted and not read, however it comes in, as TestGrid's decoder leaves it")
    func afterTheRoot() {
        let root = "<testsuite><testcase name=\"a\"/></testsuite>"
        for after in ["\n.version=\"1.0\"?>\n<!-- U-->.<testsuites>\n", "<testsuite>", "</testsuite>", "\u{0}"] {
            for pieces in [1, 3, 1000] {
                let summary = summary(root + after, pieces: pieces)
                #expect(summary.problem == nil)
                #expect(summary.tests == 1)
                #expect(summary.byteCount == (root + after).utf8.count)
            }
        }
        let spaces = String(repeating: " ", count: 100)
        #expect(summary(root + spaces, byteLimit: 60).problem == .tooLarge(byteLimit: 60))
    }

    @Test("entities that would grow without end are not expanded")
    func billionLaughs() {
        var text = "<!DOCTYPE t [<!ENTITY a0 'ha'>"
        for level in 1..<30 { text += "<!ENTITY a\(level) '&a\(level - 1);&a\(level - 1);'>" }
        text += "]><testsuite name='&a29;'>&a29;</testsuite>"
        #expect(summary(text).problem == .entities)
    }

    @Test("a file that is too large, too deep or one huge tag is refused in bounded memory")
    func limits() {
        #expect(
            summary("<testsuite>" + String(repeating: " ", count: 100) + "</testsuite>", byteLimit: 50).problem
                == .tooLarge(byteLimit: 50))
        #expect(
            summary(String(repeating: "<testsuite>", count: 10_001), pieces: 4096).problem == .tooDeep(limit: 10_000))
        let reader = JUnitReader()
        reader.feed(Array("<testsuite name=\"".utf8))
        let filler = [UInt8](repeating: 0x61, count: 1 << 20)
        var pieces = 0
        while reader.feed(filler), pieces < 90 { pieces += 1 }
        #expect(pieces < 20)
        #expect(reader.finish().problem == .tagTooLarge(byteLimit: 8 << 20))
    }

    @Test("a long text that is no tag is read to its end")
    func longText() {
        let reader = JUnitReader()
        reader.feed(Array("<testsuite><testcase><failure>".utf8))
        let filler = [UInt8](repeating: 0x61, count: 1 << 20)
        for _ in 0..<20 { #expect(reader.feed(filler)) }
        reader.feed(Array("</failure></testcase></testsuite>".utf8))
        #expect(reader.finish().failures == 1)
    }

    @Test(
        "names are taken for JUnit as TestGrid and kettle take them",
        arguments: [
            ("artifacts/junit.xml", true, true), ("artifacts/junit_01.xml", true, true),
            ("artifacts/junit-report.xml", true, true),
            ("artifacts/deep/junit_a_20180102-1256_07.xml", true, false), ("artifacts/test.xml", true, false),
            ("artifacts/testAxml", true, false),
            ("artifacts/junit/report.xml", true, false), ("junit.xml", false, false),
            ("artifacts/results.xml", false, false),
            ("artifacts/junit.xml.gz", false, false), ("artifacts/my-junit.xml", false, false),
            ("artifacts/test..xml", false, false),
            ("artifacts/juni.xml", false, false), ("artifacts/junitxml", false, false),
        ])
    func names(name: String, testGrid: Bool, kettle: Bool) {
        #expect(JUnitFileName.isReadByTestGrid(name) == testGrid)
        #expect(JUnitFileName.isReadByKettle(name) == kettle)
    }
}
