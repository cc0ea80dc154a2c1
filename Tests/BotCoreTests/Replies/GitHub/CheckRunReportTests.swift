import TestSupport
import Testing

@testable import BotCore

@Suite("The check run of a pull request")
struct CheckRunReportTests {
    private func report(_ check: PullRequestCheck) throws -> CheckRunReport {
        CheckRunReport(of: check, templates: try Templates(), texts: try RuleTexts())
    }

    private func written(_ report: CheckRunReport) -> String {
        let annotations = report.annotations.map {
            "\($0.path):\($0.startLine)-\($0.endLine) \($0.level.rawValue) [\($0.title)]\n\($0.message)\n"
        }
        return """
            conclusion: \(report.conclusion.rawValue)
            status: \(report.statusState.rawValue), \(report.description)
            title: \(report.title)

            --- summary
            \(report.summary)

            --- text
            \(report.text)

            --- annotations
            \(annotations.joined(separator: "\n"))
            """ + "\n"
    }

    @Test("A check that nobody waits for any more says so, with what to do")
    func abandoned() throws {
        let templates = try Templates()
        let abandoned = AbandonedCheck.allCases.map { check in
            let words = check.words(templates)
            return "\(words.title)\n\(words.summary)\n"
        }
        try expectSnapshot(of: abandoned.joined(separator: "\n"), named: "check-run/abandoned.md")
    }

    @Test("Errors fail, warnings and what is unknown are neutral, notes succeed")
    func conclusions() throws {
        var right = try CheckFixture()
        right.addGoodBucket("acme")
        try right.addBucketEntry("gs://acme/logs/")
        try expectSnapshot(of: written(report(right.check)), named: "check-run/right.md")

        var doubtful = right
        doubtful.addFinding(
            "bucket-unknown-key", .warning, line: 3,
            ["name": "sequental", "key": "gs://acme/logs/", "suggestion": "sequential"])
        let warned = try report(doubtful.check)
        #expect(warned.conclusion == .neutral)
        #expect(warned.statusState == .success)
        #expect(warned.title == "Works, and something could be better: 1 warning")

        var unknown = try CheckFixture()
        unknown.addGoodBucket("acme")
        unknown.world.buckets["acme"]?.outage = "HTTP 503"
        try unknown.addBucketEntry("gs://acme/logs/")
        let unclear = try report(unknown.check)
        #expect(unclear.conclusion == .neutral)
        #expect(unclear.statusState == .pending)
        #expect(unknown.check.failsOnlyByAccess)

        var wrong = doubtful
        wrong.world.buckets["acme"]?.listRefusal = .denied
        wrong.world.buckets["acme"]?.getRefusal = .denied
        try wrong.addBucketEntry("gs://acme/more/", line: 20)
        let refused = try report(wrong.check)
        #expect(refused.conclusion == .failure)
        #expect(wrong.check.failsOnlyByAccess)
        try expectSnapshot(of: written(refused), named: "check-run/wrong.md")
        #expect(!right.check.failsOnlyByAccess)
    }

    @Test("An entry without a contact does not fail only by access")
    func otherErrors() throws {
        var fixture = try CheckFixture()
        try fixture.addBucketEntry("gs://acme/logs/", contact: nil)
        #expect(!fixture.check.failsOnlyByAccess)
    }

    @Test("Annotations are bounded in number and size, and the rest is counted")
    func annotations() throws {
        var fixture = try CheckFixture()
        for line in 1...600 {
            fixture.addFinding(
                "bucket-prefix-colon", line < 600 ? .warning : .error, line: line,
                ["prefix": String(repeating: "p\n", count: 9_000), "key": CheckFixture.hostile, "suggestion": "a:"])
        }
        fixture.check.findings.append(Finding(rule: "access-inconclusive", severity: .warning, place: nil))
        let report = try report(fixture.check)
        #expect(report.annotations.count == CheckAnnotation.limit)
        #expect(report.annotations.first?.level == .failure)
        #expect(report.annotations.first?.startLine == 600)
        #expect(report.annotations.allSatisfy { $0.message.count <= CheckAnnotation.messageLimit + 1 })
        #expect(report.summary.contains("There are 100 more findings that have no annotation."))
        #expect(report.description.count <= CheckRunReport.descriptionLimit)
    }
}
