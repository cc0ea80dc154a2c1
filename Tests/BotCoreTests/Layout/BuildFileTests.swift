import BotCore
import Foundation
import TestSupport
import Testing

@Suite("started.json and finished.json, as TestGrid decodes them")
struct BuildFileTests {
    private func started(_ text: String) -> (value: StartedFile, issues: [LayoutIssue]) {
        StartedFile.parse(Array(text.utf8))
    }
    private func finished(_ text: String) -> (value: FinishedFile, issues: [LayoutIssue]) {
        FinishedFile.parse(Array(text.utf8))
    }

    @Test(
        "what real writers write is read",
        arguments: [
            #"{"timestamp": 1787400000}"#,
            #"{"timestamp":1787400000,"node":"n1","pull":"12","repos":{"o/r":"main"},"metadata":{"a":[1]}}"#,
            #"{"Timestamp": 1787400000, "unknown": [null, 1.5e3, "é\u00e9\n"]} trailing"#,
            #"{"timestamp": 1, "TIMESTAMP": 1787400000}"#,
            " \n{\"timestamp\": 1787400000, \"node\": null}\n",
        ])
    func goodStarted(text: String) {
        let (value, issues) = started(text)
        #expect(value.timestamp == 1_787_400_000)
        #expect(issues == [])
    }

    @Test(
        "a value of a wrong type is an issue, and the rest is read",
        arguments: [
            #"{"timestamp": "1787400000", "node": "n1"}"#, #"{"timestamp": 1787400000.0, "node": "n1"}"#,
            #"{"timestamp": 1e9, "node": "n1"}"#,
            #"{"timestamp": 99999999999999999999, "node": "n1"}"#, #"{"timestamp": 5, "pull": 7, "node": "n1"}"#,
            #"{"timestamp": 5, "repos": {"a": 1}, "node": "n1"}"#, #"{"timestamp": 5, "metadata": [], "node": "n1"}"#,
            #"{"timestamp": true, "node": "n1"}"#,
        ])
    func wrongTypes(text: String) {
        let (value, issues) = started(text)
        #expect(issues.count == 1)
        #expect(value.node == "n1")
    }

    @Test(
        "what is no JSON is said with the byte",
        arguments: [
            ("", LayoutIssue.empty), ("  ", .empty), ("[]", .notObject(found: "a list")),
            ("{", .notJSON(offset: 1, problem: "the end comes too early")),
            ("{'a': 1}", .notJSON(offset: 1, problem: "a key in double quotes is expected")),
            (#"{"a": 1,}"#, .notJSON(offset: 8, problem: "a key in double quotes is expected")),
            ("null", .missing(key: "timestamp")), (#"{"timestamp": 0}"#, .missing(key: "timestamp")),
        ])
    func notJSON(text: String, issue: LayoutIssue) { #expect(started(text).issues == [issue]) }

    @Test("times in other units are data, not issues")
    func otherUnits() {
        let (value, issues) = finished(#"{"timestamp": 1787400000000, "passed": false, "result": "FAILURE"}"#)
        #expect(value.timestamp == 1_787_400_000_000)
        #expect(value.passed == false)
        #expect(issues == [])
        #expect(EpochSeconds.likelyUnit(of: 1_787_400_000_000) == "milliseconds")
        #expect(EpochSeconds.likelyUnit(of: 1_787_400_000_000_000) == "microseconds")
        #expect(EpochSeconds.likelyUnit(of: 5) == nil)
    }

    @Test("input nested 100,000 deep is refused without exhausting the stack")
    func deep() {
        for open in ["[", "{\"a\":"] {
            let text = "{\"metadata\": " + String(repeating: open, count: 100_000)
            guard case .notJSON = started(text).issues.first else {
                Issue.record("it was read")
                continue
            }
        }
    }

    @Test("any bytes give a value or an issue", arguments: 0..<200)
    func anyBytes(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let pieces = [
            "{", "}", "[", "]", "\"", "\\", "\\u", "d83d", ":", ",", "timestamp", "passed", "-", "1", "1e", ".", "true",
            "null", "\u{1}", " ",
        ]
        let text = (0..<60).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
        _ = started(text)
        _ = finished("{\"timestamp\":" + text)
        _ = StartedFile.parse((0..<80).map { _ in UInt8.random(in: 0...255, using: &random) })
        #expect(started("{" + text).issues != [] || started("{" + text).value.timestamp != nil, "seed \(seed)")
    }
}
