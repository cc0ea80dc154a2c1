internal import Foundation

/// Timestamps are whole seconds since 1970, and lie between 2014 and tomorrow.
///
/// With milliseconds a column lies 50,000 years ahead and stays the newest for ever.
enum LayoutTimestampUnit: ProbeRule {
    static let id: RuleID = "layout-timestamp-unit"
    static let severity = Severity.error
    static let source = "https://github.com/GoogleCloudPlatform/testgrid/blob/main/metadata/job.go"
    static let example = "{\"timestamp\": 1787400000000}"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let wrong = probed.inspectedBuilds.flatMap { build in
            [
                ("started.json", build.started.value?.timestamp, build.started.evidence),
                ("finished.json", build.finished.value?.timestamp, build.finished.evidence),
            ].compactMap { name, timestamp, evidence in
                timestamp.flatMap { value in
                    Self.isWrong(value, now: probed.now) ? (build.location.description + name, value, evidence) : nil
                }
            }
        }
        guard let (path, value, _) = wrong.first else { return [] }
        let evidence = wrong.map(\.2)
        return [
            finding(
                on: probed, ["path": path, "value": "\(value)", "reading": Self.reading(value)], evidence: evidence)
        ]
    }

    private static func isWrong(_ timestamp: Int64, now: Date) -> Bool {
        guard timestamp != 0 else { return false }  // A missing time is another rule's.
        guard let date = EpochSeconds.plausibleDate(timestamp) else { return true }
        return date > now.addingTimeInterval(86_400)
    }

    /// What the number means as seconds, or in the unit that makes sense of it.
    private static func reading(_ timestamp: Int64) -> String {
        if let unit = EpochSeconds.likelyUnit(of: timestamp), unit != "seconds" { return "it seems to be in \(unit)" }
        guard let time = CivilTime(Date(timeIntervalSince1970: Double(timestamp))) else {
            return "as seconds it lies after the year 9999"
        }
        return "as seconds it is \(time.readable)"
    }
}
