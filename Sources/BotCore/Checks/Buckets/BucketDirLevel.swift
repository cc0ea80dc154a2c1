/// A key of buckets.yaml is the folder whose directories are jobs.
enum BucketDirLevel: ProbeRule {
    static let id: RuleID = "bucket-dir-level"
    static let severity = Severity.error
    static let source = "header of kettle/buckets.yaml; kettle/make_db.py in kubernetes/test-infra"
    static let example = "gs://acme/logs/e2e/ where e2e is a job, or gs://acme/ that holds only logs/"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let report = probed.report
        guard report.expectation == .jobs else { return [] }
        let names = report.directoryNames
        let holdsFolders =
            report.kind == .jobs && !names.isEmpty && names.allSatisfy { ["logs", "pr-logs"].contains($0) }
        let holdsBuilds = report.kind == .job || report.kind == .build
        guard holdsFolders || holdsBuilds else { return [] }
        let found = holdsFolders ? names : report.tally.newest(3).map(\.id.text)
        let parts = LayoutPath(report.location).parts
        let suggestion =
            holdsFolders
            ? report.location.description + (names.first ?? "logs") + "/"
            : BucketLocation(bucket: report.location.bucket, prefix: parts.dropLast().joined(separator: "/"))
                .description
        return [
            finding(
                on: probed, ["names": found.joined(separator: ", "), "suggestion": suggestion],
                evidence: [report.access.listEvidence])
        ]
    }
}
