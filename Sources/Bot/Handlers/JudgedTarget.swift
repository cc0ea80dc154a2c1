internal import BotCore
internal import Foundation
internal import GoogleCloudStorage

/// What the probes of one target come to.
struct JudgedTarget: Sendable {
    /// How its locations break the rules.
    var findings: [Finding] = []
    /// Its locations with their verdicts.
    var locations: [ReportedLocation] = []
    /// Requests that were sent to Google Cloud Storage.
    var requestCount = 0

    /// Judges what was found of a target.
    ///
    /// - Parameters:
    ///   - target: What was probed.
    ///   - reports: What was found, a report for each of its locations.
    ///   - ageDays: Whole days since the entry was added; nil where nobody knows.
    ///   - now: The one clock that the verdicts see.
    ///   - policy: The thresholds.
    init(_ target: ProbeTarget, _ reports: [ProbeReport], ageDays: Int?, now: Date, policy: Policy) {
        var history = EntryHistory(isUnbackedPresubmit: target.isUnbackedPresubmit)
        history.ageDays = ageDays
        for report in reports {
            let probed = ProbedEntry(
                report: report, entry: target.entry, place: target.place, isSequential: target.isSequential,
                sequentialFix: target.sequentialFix, linksJobHistory: target.linksJobHistory,
                disablesProwJobAnalysis: target.disablesProwJobAnalysis, history: history, now: now)
            let found = ProbeRules.findings(in: probed, policy: policy)
            findings += found
            let freshness = freshness(of: [report], history: history, now: now, policy: policy)
            locations.append(ReportedLocation(report: report, freshness: freshness))
            requestCount += report.counts.requests
        }
    }
}

extension LocationProber {
    /// Probes targets to their ends, as many at once as the storage takes.
    ///
    /// - Parameters:
    ///   - targets: What to probe.
    ///   - now: The clock that plausibility is judged by.
    /// - Returns: The reports of each target, in the order of the targets.
    /// - Throws: `CancellationError`.
    func reports(on targets: [ProbeTarget], now: Date) async throws -> [[ProbeReport]] {
        var probed: [Int: [ProbeReport]] = [:]
        try await withThrowingTaskGroup(of: (Int, [ProbeReport]).self) { group in
            var next = targets.enumerated().makeIterator()
            func startOne() {
                guard let (index, target) = next.next() else { return }
                group.addTask {
                    var reports: [ProbeReport] = []
                    for location in target.locations {
                        reports.append(
                            try await report(on: location, expecting: target.expectation, depth: .full, now: now))
                    }
                    return (index, reports)
                }
            }
            for _ in 0..<targetsAtOnce { startOne() }
            while let (index, reports) = try await group.next() {
                probed[index] = reports
                startOne()
            }
        }
        return targets.indices.map { probed[$0] ?? [] }
    }
}

/// More than the requests that may be under way, so that none of them waits for a target to start.
private let targetsAtOnce = 128
