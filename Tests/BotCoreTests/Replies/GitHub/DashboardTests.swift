import Foundation
import TestSupport
import Testing

@testable import BotCore

@Suite("The dashboard issue")
struct DashboardTests {
    private static let ours = AccountID(rawValue: 7)

    private func text(_ report: SweepReport, pulls: [Selector: Int] = [:]) throws -> String {
        let repository = try #require(RepositoryName("kubernetes/test-infra"))
        var content = DashboardContent(
            repository: repository, report: report, proposals: [], opened: [:], links: CheckLinks())
        content.pullRequests = pulls
        return try DashboardText(templates: Templates(), texts: RuleTexts()).text(of: content)
    }

    private func report(
        _ entries: [SweptEntry], outage: SweepOutage? = nil, findings: [Finding] = [], asOf: Date = probeNow
    ) -> SweepReport {
        var report = SweepReport(
            asOf: asOf, commit: nil, entries: entries, outage: outage, requestCount: 0, fileCount: 1)
        report.findings = findings
        return report
    }

    private func entry(
        _ name: String, _ verdict: Verdict, daysAgo: Double? = 200, _ reasons: [SuspensionReason] = [],
        evidence: Evidence? = nil
    ) -> SweptEntry {
        let newest = daysAgo.map { days in
            NewestFact(
                fact: Fact(
                    kind: .finished, at: probeNow.addingTimeInterval(-86_400 * days), build: "17",
                    url: "https://storage.googleapis.com/acme/logs/e2e/17/finished.json"), isExact: true)
        }
        return SweptEntry(
            selector: .testGroup(name), place: SourcePlace(path: "config/testgrids/acme/acme.yaml", line: 3),
            locations: [],
            freshness: Freshness(
                verdict: verdict, newest: newest, ageDays: daysAgo.map { Int($0) }, staleAfterDays: 90,
                unknownReason: verdict == .unknown ? evidence?.detail : nil),
            suspensions: reasons, confirmations: Confirmations(seen: 2, needed: 2), evidence: evidence)
    }

    private func finding(_ contact: String, standing: ContactStanding = .gone) -> Finding? {
        var asked = AskedContact(
            entry: .bucket("gs://acme/logs/"),
            contact: Contact(
                kind: .login, value: contact, source: .bucketsYAML,
                place: SourcePlace(path: "kettle/buckets.yaml", line: 12)),
            standing: .seen(standing))
        asked.organization = "kubernetes"
        asked.candidates = ContactCandidates(path: "kettle/OWNERS", names: ["spiffxp", "sam"])
        return ContactRules.findings(on: asked).first
    }

    @Test("every kind of entry has its table, and what is fresh is counted alone")
    func everything() throws {
        let entries = [
            entry("fresh", .fresh, daysAgo: 1), entry("new", .new, daysAgo: nil), entry("stale", .stale),
            entry("later", .never, daysAgo: nil),
            entry("snoozed", .stale, [SuspensionReason(.snoozed, words: "It is left alone until 2027-03-01.")]),
            entry(
                "blocking", .gone, daysAgo: nil,
                [SuspensionReason(.protected, words: "The dashboard \"sig-release-master-blocking\" shows it.")]),
            entry(
                "private", .unreadable, daysAgo: nil,
                evidence: Evidence(
                    request: "GET https://storage.googleapis.com/acme?prefix=logs/", status: 403, observedAt: probeNow,
                    detail: "x")),
            entry(
                "odd", .unknown, daysAgo: 3,
                evidence: Evidence(
                    request: "GET https://storage.googleapis.com/acme", status: 503, observedAt: probeNow,
                    detail: "HTTP 503 for https://storage.googleapis.com/acme")),
            entry("old", .ageing, daysAgo: 70),
            entry("generated", .stale, [SuspensionReason(.generated, words: "A generator writes the file.")]),
        ]
        let findings = [
            finding("casey"), finding("kim", standing: .departed),
            finding("lee", standing: .renamed(to: "li")),
        ]
        let text = try text(
            report(entries, findings: findings.compactMap { $0 }), pulls: [.testGroup("stale"): 12])
        try expectSnapshot(of: text, named: "dashboard/everything.md")
    }

    @Test("an outage stands on top, and nothing is left where all is well")
    func outage() throws {
        let stopped = SweepOutage(cause: .massFlip(flipped: 200, judged: 300), isNew: true)
        let waiting = SweepOutage(cause: .unacknowledged(entries: 2), isNew: false)
        let texts = [
            try text(report([entry("old", .ageing, daysAgo: 70)], outage: stopped)),
            try text(report([entry("old", .ageing, daysAgo: 70)], outage: waiting)),
            try text(report([entry("fresh", .fresh, daysAgo: 1)])), try text(report([])),
        ]
        try expectSnapshot(of: texts.joined(separator: "=====\n"), named: "dashboard/outage.md")
    }

    @Test("what others wrote stays dead: names, paths, reasons, addresses")
    func hostile() throws {
        let name = "a|b `c` @kubernetes/everyone <!-- bucketbot:dashboard --> #12 [x](http://evil)\n| x |"
        let evidence = Evidence(request: "GET javascript:\(name)", status: 403, observedAt: nil, detail: name)
        var entry = entry("x", .unknown, daysAgo: nil, evidence: evidence)
        entry = SweptEntry(
            selector: .testGroup(name), place: SourcePlace(path: name, line: 3), locations: [],
            freshness: entry.freshness, suspensions: [SuspensionReason(.kept, words: name)],
            confirmations: entry.confirmations,
            evidence: evidence)
        let text = try text(report([entry], findings: [finding(name)].compactMap { $0 }))
        try expectSnapshot(of: text, named: "dashboard/hostile.md")
    }

    @Test("thousands of entries are cut at whole rows below GitHub's limit, and it is said how many are left out")
    func long() throws {
        let entries = (0..<3_000).map { entry("a-group-with-a-long-name-\($0)-|-", .ageing, daysAgo: 70) }
        let text = try text(report(entries))
        #expect(text.utf8.count <= DashboardText.byteLimit)
        #expect(text.utf8.count > DashboardText.byteLimit - 3_000)
        let shown = text.split(separator: "\n").count { $0.hasPrefix("| `test-group:") }
        #expect(text.contains("no room here for \(3_000 - shown) more"))
        #expect(text.split(separator: "\n").filter { $0.hasPrefix("| ") }.allSatisfy { $0.hasSuffix(" |") })
        #expect(text.contains("</details>"))
    }

    @Test("the same seen on another day reads the same, but for the day")
    func sameLater() throws {
        let first = try text(report([entry("old", .ageing, daysAgo: 70)]))
        let later = try text(report([entry("old", .ageing, daysAgo: 70)], asOf: probeNow.addingTimeInterval(86_400)))
        #expect(first != later)
        #expect(Marker(startOf: first) == Marker(startOf: later))
        let other = try text(report([entry("old", .ageing, daysAgo: 71)]))
        #expect(Marker(startOf: other) != Marker(startOf: later))
    }

    // MARK: - The step

    private func issue(
        _ number: Int, _ body: String, by author: AccountID? = ours, isOpen: Bool = true, isRemembered: Bool = false
    ) -> ExistingIssue {
        ExistingIssue(number: number, authorID: author, isOpen: isOpen, body: body, isRemembered: isRemembered)
    }

    @Test("it is opened once, changed only where it says something else, and left alone where somebody has closed it")
    func steps() throws {
        let now = try text(report([entry("old", .ageing, daysAgo: 70)]))
        let before = try text(report([]))
        func step(_ existing: [ExistingIssue]) -> DashboardIssue.Step {
            DashboardIssue.step(for: now, existing: existing, ours: Self.ours)
        }
        #expect(step([]) == .create)
        #expect(step([issue(3, now)]) == .nothing)
        #expect(step([issue(3, before)]) == .update(number: 3))
        #expect(step([issue(3, before, isOpen: false)]) == .nothing)
        #expect(step([issue(9, before), issue(3, before)]) == .update(number: 3))
        #expect(step([issue(3, before, by: AccountID(rawValue: 8)), issue(4, "words", by: nil)]) == .create)
        #expect(step([issue(3, "words of mine")]) == .create)
        #expect(step([issue(3, "somebody's words", isRemembered: true)]) == .update(number: 3))
        #expect(step([issue(3, now, by: AccountID(rawValue: 8), isRemembered: true)]) == .create)
    }
}
