import BotCore
import Foundation
import TestSupport
import Testing

@Suite("A probe that is answered with anything")
struct HostileAnswersTests {
    @Test("ends within its bounds, and tells nothing that nobody said", arguments: 0..<200)
    func anyAnswers(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        var limits = ProbeLimits()
        limits.questions = Int.random(in: 1...300, using: &random)
        limits.pagesPerListing = Int.random(in: 1...6, using: &random)
        limits.jobs = 12
        let expectation = [LocationExpectation.job, .jobs, .any].randomElement(using: &random) ?? .any
        let prefix = ["logs/e2e", "", "pr-logs/directory/e2e", "logs"].randomElement(using: &random) ?? ""
        var probe = LocationProbe(
            location: BucketLocation(bucket: "acme", prefix: prefix), expectation: expectation,
            depth: Bool.random(using: &random) ? .full : .freshness,
            context: ProbeContext(now: probeNow, policy: Policy(), limits: limits))
        var asked = 0
        while case .ask(let questions) = probe.next() {
            #expect(!questions.isEmpty)
            asked += questions.count
            guard asked <= limits.questions else {
                Issue.record("seed \(seed): \(asked) questions")
                return
            }
            var replies: [StorageReply] = questions.map { reply(to: $0, &random) }
            if Int.random(in: 0..<20, using: &random) == 0 { replies = Array(replies.dropLast()) }
            probe.receive(replies)
        }
        guard case .done(let report) = probe.next() else {
            Issue.record("seed \(seed): it asks again")
            return
        }
        let probed = ProbedEntry(
            report: report, entry: nil, place: nil, isSequential: true, linksJobHistory: true, now: probeNow)
        let findings = ProbeRules.findings(in: probed, policy: Policy())
        if report.access.list.unknownReason != nil { #expect(findings.map(\.rule) == ["access-inconclusive"]) }
    }

    @Test("a listing that never ends is cut at the bound on pages, and said to be")
    func endlessListing() {
        for repeatsToken in [true, false] {
            var probe = LocationProbe(
                location: BucketLocation(bucket: "acme", prefix: "logs/e2e"), expectation: .job, depth: .freshness,
                context: ProbeContext(now: probeNow, policy: Policy()))
            var pages = 0
            while case .ask(let questions) = probe.next() {
                probe.receive(
                    questions.map { question in
                        guard case .list(let list) = question, list.isDelimited else { return page([], nil) }
                        pages += 1
                        return page(["logs/e2e/\(pages)/"], repeatsToken ? "again" : "page \(pages)")
                    })
            }
            guard case .done(let report) = probe.next() else { return }
            #expect(pages <= ProbeLimits().pagesPerListing)
            #expect(report.cutShort != nil)
            #expect(!report.isExact)
            #expect(
                freshness(of: [report], history: EntryHistory(ageDays: 900), now: probeNow, policy: Policy()).verdict
                    == .unknown)
        }
    }

    private let evidence = Evidence(request: "GET https://storage.test/", status: 200, observedAt: nil, detail: "")

    private func page(_ prefixes: [String], _ token: String?) -> StorageReply {
        let page = ListPage(objects: [], prefixes: prefixes, nextPageToken: token)
        return .page(StorageAnswer(outcome: .answered(page), evidence: evidence))
    }

    private func reply(to question: StorageQuestion, _ random: inout SplitMix64) -> StorageReply {
        switch Int.random(in: 0..<12, using: &random) {
        case 0: return .page(StorageAnswer(outcome: .unknown(reason: "503"), evidence: evidence))
        case 1: return .content(StorageAnswer(outcome: .refused(.denied), evidence: evidence))
        case 2: return .page(StorageAnswer(outcome: .noSuchObject, evidence: evidence))
        case 3: return .junit(StorageAnswer(outcome: .answered(JUnitSummary()), evidence: evidence))
        default: break
        }
        let prefix = if case .list(let list) = question { list.prefix } else { "" }
        switch question {
        case .list:
            let names = (0..<Int.random(in: 0..<8, using: &random)).map { _ in prefix + name(&random) }
            let token = Bool.random(using: &random) ? "\(Int.random(in: 0..<3, using: &random))" : nil
            let objects = names.map { name in
                StoredObject(
                    name: name, size: Int64.random(in: -1...3, using: &random), timeCreated: daysAgo(1),
                    updated: Date(timeIntervalSince1970: Double.random(in: -1e18...1e18, using: &random)),
                    metadata: Bool.random(using: &random) ? ["link": name] : [:])
            }
            let page = ListPage(objects: objects, prefixes: names.map { $0 + "/" }, nextPageToken: token)
            return .page(StorageAnswer(outcome: .answered(page), evidence: evidence))
        case .read:
            let texts = [
                "", "{", "{\"timestamp\": 9223372036854775807}", "{\"timestamp\": -9223372036854775808}",
                "gs://acme/logs/e2e/7", "gs://", "7",
            ]
            let bytes = Array((texts.randomElement(using: &random) ?? "").utf8)
            return .content(
                StorageAnswer(
                    outcome: .answered(ObjectContent(bytes: bytes, isComplete: Bool.random(using: &random))),
                    evidence: evidence))
        case .readJUnit:
            return .junit(StorageAnswer(outcome: .answered(JUnitSummary()), evidence: evidence))
        }
    }

    private func name(_ random: inout SplitMix64) -> String {
        let names = [
            "1", "18446744073709551615", "18446744073709551616", snowflake(daysAgo(1)), snowflake(daysAgo(300)),
            "1787000000", "x", "",
            "/", "//", "started.json", "finished.json", "artifacts/junit.xml", "latest-build.txt", "7.txt",
            "9223372036854775807",
            "20260101-101010-ab-1", "é", "logs", "\u{0}",
        ]
        return names.randomElement(using: &random) ?? ""
    }
}
