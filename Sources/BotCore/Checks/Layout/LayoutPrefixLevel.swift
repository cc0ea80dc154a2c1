/// A test group's prefix is the directory of one job: what lies right below it are builds.
enum LayoutPrefixLevel: ProbeRule {
    static let id: RuleID = "layout-prefix-level"
    static let severity = Severity.error
    static let source = "'GCS Layout' in gubernator/README.md of kubernetes/test-infra"
    static let example = "gcs_prefix: acme/logs where gs://acme/logs/ holds e2e/ and unit/"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let report = probed.report
        guard report.expectation == .job else { return [] }
        let path = LayoutPath(report.location)
        let builds = report.builds.compactMap(\.contents)
        let areNoBuilds = !builds.isEmpty && builds.allSatisfy { !$0.isBuild }
        let areJobs = areNoBuilds && (path.isBelowPulls || builds.allSatisfy { !$0.buildLikeDirectories.isEmpty })
        guard report.kind == .jobs || report.kind == .build || areJobs else { return [] }
        let names =
            report.kind == .jobs
            ? Array(report.directoryNames.prefix(5))
            : report.builds.prefix(5).map { report.kind == .build ? "files of one build" : $0.id.text }
        return [finding(on: probed, ["names": names.joined(separator: ", ")], evidence: report.evidence)]
    }
}
