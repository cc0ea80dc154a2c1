/// At most 1,000 builds of a job in 24 hours, and at most 10 MB in one JUnit file of the newest build.
enum LayoutFlood: ProbeRule {
    static let id: RuleID = "layout-flood"
    static let severity = Severity.warning
    static let source = "docs/contributing-test-results.md in kubernetes/test-infra"
    static let example = "a job that runs every minute"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let report = probed.report
        let large = (report.builds.first?.junitFiles ?? []).filter { ($0.size ?? 0) > Self.junitByteLimit }
        var reasons: [String] = []
        if report.tally.countOfLastDay > Self.buildsPerDay {
            reasons.append("at least \(report.tally.countOfLastDay) builds in 24 hours")
        }
        if let file = large.first, let size = file.size { reasons.append("\(file.name) has \(size) bytes") }
        guard !reasons.isEmpty else { return [] }
        return [
            finding(
                on: probed, ["reasons": reasons.joined(separator: "; ")], evidence: Array(report.evidence.suffix(2)))
        ]
    }

    /// Builds of one job in 24 hours that are normal.
    static let buildsPerDay = 1000
    /// Bytes of one JUnit file that are normal.
    static let junitByteLimit: Int64 = 10_000_000
}
