internal import struct Foundation.Date

/// What the rules that judge a probe have in common.
extension ProbeRule {
    /// A finding of this rule about a probed location.
    ///
    /// - Parameters:
    ///   - probed: The location.
    ///   - severity: How bad it is here; nil for as bad as the rule.
    ///   - arguments: What the words fill in beside the location, its bucket and its job.
    ///   - evidence: What was asked and answered; nils are left out.
    ///   - fix: The lines that mend it; nil where that needs judgment.
    /// - Returns: The finding.
    static func finding(
        on probed: ProbedEntry, as severity: Severity? = nil, _ arguments: [String: String] = [:],
        evidence: [Evidence?], fix: Fix? = nil
    ) -> Finding {
        let common = [
            "location": probed.report.location.description, "bucket": probed.report.location.bucket,
            "job": probed.report.jobLocation.description,
        ]
        return Finding(
            rule: id, severity: severity ?? self.severity, place: probed.place, entry: probed.entry,
            arguments: common.merging(arguments) { $1 }, evidence: evidence.compactMap { $0 }, fix: fix)
    }

    /// Where builds are, the first three by name.
    static func paths(of builds: [InspectedBuild]) -> String {
        let names = builds.prefix(3).map(\.location.description)
        return names.joined(separator: ", ") + (builds.count > names.count ? " and others" : "")
    }

    /// The places near an empty location, as a list.
    static func nearNamesText(of report: ProbeReport) -> String {
        let names = report.nearNames.prefix(3).map { "\($0.location) (\($0.difference))" }
        return names.isEmpty ? "nothing that looks alike" : names.joined(separator: ", ")
    }

    /// A time as people read it.
    static func readable(_ date: Date) -> String { CivilTime(date)?.readable ?? "a time out of the calendar" }
}

extension ProbedEntry {
    /// The builds that were looked into, where they are builds.
    var inspectedBuilds: [InspectedBuild] { report.builds.filter { $0.contents != nil } }

    /// The newest three of them.
    var newestBuilds: ArraySlice<InspectedBuild> { inspectedBuilds.prefix(3) }

    /// The newest one that is over.
    var newestFinishedBuild: InspectedBuild? { inspectedBuilds.first { $0.contents?.finished != nil } }
}

extension FactKind {
    /// What tells the time, as a message names it.
    var words: String {
        switch self {
        case .finished: "the time in finished.json"
        case .started: "the time in started.json"
        case .object: "the time an object was stored"
        case .buildID: "the time in the build's number"
        case .alias: "the time an alias was stored"
        case .latestBuild: "the time latest-build.txt was stored"
        }
    }
}
