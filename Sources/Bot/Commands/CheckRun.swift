internal import BotCore
internal import Foundation
internal import GoogleCloudStorage

/// Gathers what a check finds until it is reported.
struct CheckRun {
    private let command: String
    private let now: Date
    private let policy: Policy
    private let texts: RuleTexts
    /// Writes addresses as the person knows them; a local folder is no bucket.
    private let naming: @Sendable (String) -> String
    private var findings: [Finding] = []
    private var locations: [ReportedLocation] = []
    private var askedAgesCount = 0
    /// What was looked at.
    var summary = ReportSummary()

    init(
        command: String, now: Date, policy: Policy, texts: RuleTexts,
        naming: @escaping @Sendable (String) -> String = { $0 }
    ) {
        self.naming = naming
        self.command = command
        self.now = now
        self.policy = policy
        self.texts = texts
    }

    /// Takes findings of rules that read files.
    mutating func add(_ found: [Finding]) { findings += found }

    /// Probes targets, as many at once as the prober's storage takes, and judges what they give.
    ///
    /// - Parameters:
    ///   - targets: What to probe.
    ///   - prober: Who asks.
    ///   - ages: Tells how old an entry is; nil where there is no checkout.
    ///   - progress: Where to say how far it is.
    /// - Throws: `CancellationError`.
    mutating func probe(
        _ targets: [ProbeTarget], with prober: LocationProber, ages: EntryAges?, progress: Progress
    ) async throws {
        let now = now
        var probed: [(index: Int, reports: [ProbeReport])] = []
        try await withThrowingTaskGroup(of: (Int, [ProbeReport]).self) { group in
            var next = targets.enumerated().makeIterator()
            func startOne() {
                guard let (index, target) = next.next() else { return }
                group.addTask {
                    var reports: [ProbeReport] = []
                    for location in target.locations {
                        reports.append(
                            try await prober.report(on: location, expecting: target.expectation, depth: .full, now: now)
                        )
                    }
                    return (index, reports)
                }
            }
            for _ in 0..<Self.targetsAtOnce { startOne() }
            while let (index, reports) = try await group.next() {
                probed.append((index, reports))
                progress.show(probed.count, of: targets.count, "entries probed")
                startOne()
            }
        }
        progress.clear()
        for (index, reports) in probed.sorted(by: { $0.index < $1.index }) {
            try await judge(targets[index], reports, ages: ages)
        }
    }

    /// More than the requests that may be under way, so that none of them waits for a target to start.
    private static let targetsAtOnce = 128

    private mutating func judge(_ target: ProbeTarget, _ reports: [ProbeReport], ages: EntryAges?) async throws {
        var history = EntryHistory(isUnbackedPresubmit: target.isUnbackedPresubmit)
        if reports.contains(where: { $0.kind == .empty }), askedAgesCount < EntryAges.askedAtMost {
            askedAgesCount += 1
            history.ageDays = try await ages?.ageDays(of: target)
        }
        for report in reports {
            let probed = ProbedEntry(
                report: report, entry: target.entry, place: target.place, isSequential: target.isSequential,
                linksJobHistory: target.linksJobHistory, disablesProwJobAnalysis: target.disablesProwJobAnalysis,
                history: history, now: now)
            let found = ProbeRules.findings(in: probed, policy: policy)
            findings += found
            let freshness = freshness(of: [report], history: history, now: now, policy: policy)
            locations.append(
                ReportedLocation(name: naming(report.location.description), report: report, freshness: freshness))
            summary.locationCount += 1
            summary.requestCount += report.counts.requests
            // What is known to be wrong is told as an error; trying again would not help.
            let isTold = found.contains { $0.severity == .error }
            let isUnanswered = found.contains { $0.rule == AccessInconclusive.id }
            if isUnanswered || (freshness.verdict == .unknown && !isTold) { summary.unknownCount += 1 }
        }
    }

    /// All that was found.
    var report: CheckReport {
        let reported = findings.sortedByPlace().map {
            ReportedFinding($0, words: texts.words(for: $0, escaping: naming))
        }
        return CheckReport(command: command, asOf: now, findings: reported, locations: locations, summary: summary)
    }
}
