internal import BotCore
internal import Foundation
internal import GoogleCloudStorage

/// Gathers what a check finds until it is reported.
struct CheckRun {
    private let command: String
    private let now: Date
    private let policy: Policy
    private let texts: RuleTexts
    /// What is looked at where it is no bucket.
    private let folder: LocalFolder?
    private var findings: [Finding] = []
    private var locations: [ReportedLocation] = []
    /// What was looked at.
    var summary = ReportSummary()

    init(command: String, now: Date, policy: Policy, texts: RuleTexts, folder: LocalFolder? = nil) {
        self.folder = folder
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
            progress.show(0, of: targets.count, "entries probed")
            for _ in 0..<Self.targetsAtOnce { startOne() }
            while let (index, reports) = try await group.next() {
                probed.append((index, reports))
                progress.show(probed.count, of: targets.count, "entries probed")
                startOne()
            }
        }
        progress.clear()
        let days = try await entryDays(targets, probed, ages)
        for (index, reports) in probed.sorted(by: { $0.index < $1.index }) {
            judge(targets[index], reports, days: days)
        }
    }

    /// Since when those entries are there under which nothing was found.
    private func entryDays(
        _ targets: [ProbeTarget], _ probed: [(index: Int, reports: [ProbeReport])], _ ages: EntryAges?
    ) async throws -> [Selector: Int] {
        let empty = probed.filter { $0.reports.contains { $0.kind == .empty } }.map { targets[$0.index] }
        guard let ages, !empty.isEmpty else { return [:] }
        let days = try await ages.days(of: empty)
        if days.unreadFiles > 0 {
            StandardStreams.note(
                """
                bucketbot: since when entries stand in \(days.unreadFiles) more files was not looked up, and they \
                count as young: at most \(EntryAges.filesReadAtMost) histories are read in one run.
                """)
        }
        return days.known
    }

    /// More than the requests that may be under way, so that none of them waits for a target to start.
    private static let targetsAtOnce = 128

    private mutating func judge(_ target: ProbeTarget, _ reports: [ProbeReport], days: [Selector: Int]) {
        let history = EntryHistory(
            ageDays: target.entry.flatMap { days[$0] }, isUnbackedPresubmit: target.isUnbackedPresubmit)
        for report in reports {
            let probed = ProbedEntry(
                report: report, entry: target.entry, place: target.place, isSequential: target.isSequential,
                sequentialFix: target.sequentialFix, linksJobHistory: target.linksJobHistory,
                disablesProwJobAnalysis: target.disablesProwJobAnalysis,
                history: history, now: now)
            let found = ProbeRules.findings(in: probed, policy: policy)
            // What is not uploaded yet is in no registry, and nobody removes it.
            findings += folder == nil ? found : found.filter { $0.rule != StaleEntry.id }
            let freshness = freshness(of: [report], history: history, now: now, policy: policy)
            locations.append(
                ReportedLocation(report: report, freshness: freshness, naming: { folder?.named($0) ?? $0 }))
            summary.locationCount += 1
            summary.requestCount += report.counts.requests
            // What is known to be wrong is told as an error; trying again would not help.
            let isTold = found.contains { $0.severity == .error }
            let isUnanswered = found.contains { $0.rule == AccessInconclusive.id }
            // When what is not uploaded yet will have come is no question.
            let isOpen = folder == nil && freshness.verdict == .unknown && !isTold
            if isUnanswered || isOpen { summary.unknownCount += 1 }
        }
    }

    /// All that was found.
    var report: CheckReport {
        let reported = findings.sortedByPlace().map {
            guard let folder else { return ReportedFinding($0, words: texts.words(for: $0, escaping: { $0 })) }
            return ReportedFinding($0, words: folder.local(texts.words(for: $0, escaping: folder.named)))
        }
        return CheckReport(command: command, asOf: now, findings: reported, locations: locations, summary: summary)
    }
}
