import TestSupport
import Testing

@testable import BotCore

@Suite("What bucketbot sweep prints of contacts")
struct SweepTextTests {
    @Test("who was renamed, is gone or has left stands below the entries, in JSON as findings")
    func contacts() throws {
        let standings: [ContactStanding] = [.gone, .renamed(to: "casey-jones"), .departed]
        let findings = standings.enumerated().flatMap { index, standing in
            var asked = AskedContact(
                entry: .bucket("gs://acme/logs/"),
                contact: Contact(
                    kind: .login, value: "casey\u{1B}[31m", source: .bucketsYAML,
                    place: SourcePlace(path: "kettle/buckets.yaml", line: 3 + index)),
                standing: .seen(standing))
            asked.organization = "kubernetes"
            if standing != .gone { asked.candidates = ContactCandidates(path: "kettle/OWNERS", names: ["sam"]) }
            return ContactRules.findings(on: asked)
        }
        var report = SweepReport(
            asOf: probeNow, commit: nil, entries: [], outage: nil, requestCount: 0, fileCount: 1)
        report.findings = findings
        let texts = try RuleTexts()
        let style = TextStyle(isColored: false)
        try expectSnapshot(
            of: SweepText(templates: try Templates(), rules: texts, style: style).text(of: report, []),
            named: "contacts.txt")
        try expectSnapshot(of: try JSONSweepReport.text(of: report, [], rules: texts), named: "contacts.json")
    }
}
