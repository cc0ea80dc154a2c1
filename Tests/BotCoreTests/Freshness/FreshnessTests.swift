import BotCore
import Foundation
import TestSupport
import Testing

@Suite("The verdict on an entry")
struct FreshnessTests {
    /// A report of a location that could be listed, with facts at some ages in days.
    private func report(_ facts: [(FactKind, Double)], change: (inout ProbeReport) -> Void = { _ in }) -> ProbeReport {
        var report = ProbeReport(
            location: BucketLocation(bucket: "acme", prefix: "logs/e2e"), expectation: .job, depth: .freshness)
        report.access.list = .allowed
        report.kind = facts.isEmpty ? .empty : .job
        report.facts = facts.map { Fact(kind: $0.0, at: daysAgo($0.1), build: "1", url: "https://storage.test/") }
        change(&report)
        return report
    }

    private func verdict(
        _ reports: ProbeReport..., history: EntryHistory = EntryHistory(), now: Date = probeNow
    ) -> Verdict {
        freshness(of: reports, history: history, now: now, policy: Policy()).verdict
    }

    @Test(
        "age is whole days rounded down: 60 is fresh, 61 ageing, 90 not stale, 91 stale",
        arguments: [
            (0, Verdict.fresh), (60.99, .fresh), (61, .ageing), (90.99, .ageing), (91, .stale), (4000, .stale),
            (-0.9, .fresh),
        ])
    func boundaries(days: Double, expected: Verdict) {
        #expect(verdict(report([(.finished, days)])) == expected)
    }

    @Test("edge 1: with no object at all an entry is new, and once it is known to be older than 90 days, never")
    func edge1Empty() {
        #expect(verdict(report([])) == .new)
        #expect(verdict(report([]), history: EntryHistory(ageDays: 90)) == .new)
        #expect(verdict(report([]), history: EntryHistory(ageDays: 91)) == .never)
    }

    @Test("edge 2: times in milliseconds or to come are no facts, and storage's time counts")
    func edge2FutureTimes() {
        let milliseconds = report([(.object, 3)]) {
            $0.facts.append(
                Fact(kind: .finished, at: Date(timeIntervalSince1970: 1_787_400_000_000), build: "1", url: ""))
        }
        let newest = milliseconds.newest(now: probeNow)
        #expect(newest?.fact.kind == .object)
        #expect(newest?.at == daysAgo(3))
        #expect(report([(.finished, -2), (.started, 5)]).newest(now: probeNow)?.fact.kind == .started)
        #expect(report([(.finished, 20_000)]).newest(now: probeNow) == nil)
    }

    @Test("edge 3: builds that never finish are results all the same")
    func edge3NeverFinished() {
        #expect(verdict(report([(.started, 1)])) == .fresh)
    }

    @Test("edge 4: without a started.json storage's time counts")
    func edge4NoStarted() { #expect(verdict(report([(.object, 1)])) == .fresh) }

    @Test("edge 5: where a build's objects are older than its id says, or newer, storage's time wins")
    func edge5Reuploaded() {
        #expect(report([(.buildID, 1), (.object, 200)]).newest(now: probeNow)?.at == daysAgo(200))
        #expect(report([(.buildID, 200), (.object, 1)]).newest(now: probeNow)?.at == daysAgo(1))
    }

    @Test("edge 6: presubmits that no Prow job backs have 180 days")
    func edge6Presubmits() {
        let history = EntryHistory(isUnbackedPresubmit: true)
        #expect(verdict(report([(.alias, 180)]), history: history) == .ageing)
        #expect(verdict(report([(.alias, 181)]), history: history) == .stale)
        #expect(verdict(report([]), history: EntryHistory(ageDays: 120, isUnbackedPresubmit: true)) == .new)
    }

    @Test("edge 8: a job that runs once a quarter is not stale")
    func edge8LowFrequency() { #expect(verdict(report([(.finished, 90)])) == .ageing) }

    @Test("edge 9: a frozen latest-build.txt alone proves nothing, and a recent one is believed")
    func edge9FrozenLatestBuild() {
        #expect(verdict(report([(.latestBuild, 400)])) == .unknown)
        #expect(verdict(report([(.latestBuild, 4)])) == .fresh)
        #expect(verdict(report([(.latestBuild, 400), (.finished, 401)])) == .stale)
    }

    @Test("edge 10: an entry with several prefixes is fresh if one of them is")
    func edge10SeveralPrefixes() {
        let fresh = report([(.finished, 1)])
        let stale = report([(.finished, 300)])
        let unknown = report([]) { $0.access.list = .unknown(reason: "503") }
        let missing = report([]) { $0.access.list = .refused(.noSuchBucket) }
        #expect(verdict(stale, fresh) == .fresh)
        #expect(verdict(fresh, unknown) == .fresh)
        #expect(verdict(stale, unknown) == .unknown)
        #expect(verdict(stale, missing) == .unknown)
        #expect(verdict(stale, report([(.finished, 200)])) == .stale)
    }

    @Test("edge 11: an uploader's clock that is a year off is overruled by storage's, whichever way it is off")
    func edge11WrongYear() {
        #expect(report([(.finished, 365), (.object, 0.5)]).newest(now: probeNow)?.at == daysAgo(0.5))
        #expect(report([(.finished, 0), (.started, 0), (.object, 365)]).newest(now: probeNow)?.at == daysAgo(365))
    }

    @Test(
        "edge 12: what cannot be read is unreadable or unknown, never stale",
        arguments: [
            (AccessState.refused(.denied), Verdict.unreadable), (.refused(.requesterPays), .unreadable),
            (.refused(.billingDisabled(message: "")), .unreadable), (.unknown(reason: "503"), .unknown),
            (.notAsked, .unknown), (.refused(.noSuchBucket), .unknown),
        ])
    func edge12Unreadable(access: AccessState, expected: Verdict) {
        #expect(verdict(report([(.finished, 300)]) { $0.access.list = access }) == expected)
    }

    @Test(
        "edge 12: a missing bucket is gone on the third sweep, seven days after the first",
        arguments: [
            (1, 30.0, Verdict.unknown), (2, 6.9, .unknown), (2, 7, .gone), (9, 60, .gone), (0, 0, .unknown),
        ])
    func edge12Gone(sweeps: Int, days: Double, expected: Verdict) {
        let missing = report([]) { $0.access.list = .refused(.noSuchBucket) }
        let history = EntryHistory(missingSweeps: sweeps, missingSince: daysAgo(days))
        #expect(verdict(missing, history: history) == expected)
    }

    @Test("edge 14: a job that is fresh in another bucket is found")
    func edge14MovedBucket() {
        let old = BucketLocation(bucket: "old", prefix: "logs/e2e")
        let places = ["new/logs/e2e", "other/logs/unit", "old/logs/e2e"].map { text in
            BucketLocation(
                bucket: String(text.prefix { $0 != "/" }), prefix: String(text.drop { $0 != "/" }.dropFirst()))
        }
        #expect(movedLocations(of: old, among: places).map(\.description) == ["gs://new/logs/e2e/"])
    }

    @Test("a lower bound makes an entry fresh or ageing, and never stale")
    func lowerBound() {
        for (days, expected) in [(1.0, Verdict.fresh), (70, .ageing), (300, .unknown)] {
            #expect(verdict(report([(.finished, days)]) { $0.isExact = false }) == expected)
        }
        #expect(verdict(report([]) { $0.isExact = false }, history: EntryHistory(ageDays: 400)) == .unknown)
    }

    @Test("a question that got no answer keeps an entry from being stale, not from being fresh")
    func unanswered() {
        #expect(verdict(report([(.finished, 300)]) { $0.unknownReason = "503" }) == .unknown)
        #expect(verdict(report([(.finished, 3)]) { $0.unknownReason = "503" }) == .fresh)
        #expect(verdict(report([]) { $0.unknownReason = "503" }, history: EntryHistory(ageDays: 400)) == .unknown)
    }

    @Test("of facts at one time, the strongest is named")
    func strongestFact() {
        let facts: [(FactKind, Double)] = [(.latestBuild, 1), (.object, 1), (.finished, 1), (.started, 1)]
        #expect(report(facts).newest(now: probeNow)?.fact.kind == .finished)
    }

    @Test("as time goes by nothing becomes fresher", arguments: 0..<200)
    func monotoneInNow(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        let facts = (0..<Int.random(in: 0...6, using: &random)).map { _ in
            (FactKind.allCases.randomElement(using: &random) ?? .object, Double.random(in: 0...400, using: &random))
        }
        let report = report(facts) { $0.isExact = Bool.random(using: &random) }
        let order: [Verdict] = [.fresh, .ageing, .stale]
        var last = 0
        for days in stride(from: 0.0, through: 300, by: 7.3) {
            let now = probeNow.addingTimeInterval(days * 86_400)
            let verdict = verdict(report, now: now)
            guard let rank = order.firstIndex(of: verdict) else {
                #expect([.new, .unknown].contains(verdict), "seed \(seed)")
                last = max(last, verdict == .unknown ? 2 : last)
                continue
            }
            #expect(rank >= last, "seed \(seed), day \(days)")
            last = rank
        }
    }
}
