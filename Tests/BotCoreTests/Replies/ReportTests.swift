import Foundation
import TestSupport
import Testing

@testable import BotCore

@Suite struct ReportTests {
    private let asOf = Date(timeIntervalSince1970: 1_787_378_400)

    private var colon: ReportedFinding {
        ReportedFinding(
            Finding(
                rule: "bucket-prefix-colon", severity: .error,
                place: SourcePlace(path: "kettle/buckets.yaml", line: 4, column: 11),
                entry: .bucket("gs://acme/logs/"),
                fix: Fix(startLine: 4, endLine: 4, replacement: "  prefix: \"acme:\"")),
            words: RuleWords(
                what: "The job prefix \"acme\" does not end in a colon.", why: "Upstream's test refuses it.",
                fix: "End it in one colon."))
    }

    private var hostile: ReportedFinding {
        ReportedFinding(
            Finding(
                rule: "access-list-denied", severity: .warning,
                place: SourcePlace(path: "config/a,b:c%\n.yaml", line: 7, column: 3, endLine: 9),
                entry: .testGroup("a\u{1B}[31m\u{202E}b"),
                evidence: [
                    Evidence(
                        request: "GET https://storage.googleapis.com/storage/v1/b/acme/o", status: 401,
                        observedAt: Date(timeIntervalSince1970: 1_787_378_400), detail: "denied\r\nX: y")
                ]),
            words: RuleWords(what: "«\u{1B}[31m» 100%", why: "why\nso", fix: "::error::fix"))
    }

    private var unplaced: ReportedFinding {
        ReportedFinding(
            Finding(rule: "access-inconclusive", severity: .note, place: nil),
            words: RuleWords(what: "Could not tell.", why: "", fix: ""))
    }

    private func report(_ findings: [ReportedFinding], unknown: Int = 0) -> CheckReport {
        var summary = ReportSummary()
        summary.fileCount = 2
        summary.entryCount = 3
        summary.locationCount = 2
        summary.requestCount = 5
        summary.unknownCount = unknown
        return CheckReport(command: "check", asOf: asOf, findings: findings, summary: summary)
    }

    private func text(_ report: CheckReport) throws -> String {
        TextReport(templates: try Templates(), style: TextStyle(isColored: false)).text(of: report)
    }

    @Test("Text is what a person reads")
    func plainText() throws {
        try expectSnapshot(of: text(report([colon, hostile, unplaced], unknown: 1)), named: "report.txt")
        try expectSnapshot(of: text(report([])), named: "report-clean.txt")
    }

    @Test("Colors are only there when they are wanted")
    func colors() throws {
        let colored = TextReport(templates: try Templates(), style: TextStyle(isColored: true))
        #expect(colored.text(of: report([colon])).contains("\u{1B}[31;1merror\u{1B}[0m"))
        #expect(!(try text(report([colon, hostile])).contains("\u{1B}")))
    }

    @Test("More than ten findings of one rule in one file become one line with the count")
    func folded() throws {
        try expectSnapshot(of: text(report(Array(repeating: colon, count: 11))), named: "report-folded.txt")
        let ten = try text(report(Array(repeating: colon, count: 10)))
        #expect(ten.split(separator: "\n").count { $0.contains("bucket-prefix-colon") } == 10)
    }

    @Test("JSON has every key, null where there is nothing")
    func json() throws {
        try expectSnapshot(of: JSONReport.text(of: report([colon, hostile, unplaced])), named: "report.json")
    }

    @Test("Workflow commands escape what would end them")
    func workflowCommands() throws {
        try expectSnapshot(
            of: WorkflowCommands.text(of: report([unplaced, hostile, colon])), named: "report-github.txt")
    }

    @Test("SARIF names rules, places and fixes")
    func sarif() throws {
        let text = try SARIFReport.text(of: report([colon, hostile, unplaced]), version: "0.0.0")
        try expectSnapshot(of: text, named: "report.sarif")
    }

    @Test("An error ends with 1 even where something could not be told; that alone ends with 3")
    func exitStatus() {
        #expect(report([]).exitStatus == 0)
        #expect(report([hostile]).exitStatus == 0)
        #expect(report([], unknown: 1).exitStatus == 3)
        #expect(report([colon], unknown: 1).exitStatus == 1)
    }

    @Test("Long sentences are wrapped at spaces")
    func wrapping() {
        #expect("aa bb cc".wrapped(to: 5) == ["aa bb", "cc"])
        #expect("aaaaaaaa b".wrapped(to: 3) == ["aaaaaaaa", "b"])
        #expect("".wrapped(to: 3) == [])
    }
}
