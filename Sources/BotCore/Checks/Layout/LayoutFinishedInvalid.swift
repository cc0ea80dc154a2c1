/// The newest builds' finished.json can be decoded, and has a timestamp.
enum LayoutFinishedInvalid: ProbeRule {
    static let id: RuleID = "layout-finished-invalid"
    static let severity = Severity.error
    static let source = "https://github.com/GoogleCloudPlatform/testgrid/blob/main/metadata/job.go"
    static let example = "{\"timestamp\": 1787400000.5, \"passed\": true}"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let builds = probed.inspectedBuilds.filter { !$0.finished.issues.isEmpty }
        guard let first = builds.first, let issue = first.finished.issues.first else { return [] }
        let path = first.location.description + "finished.json"
        return [
            finding(
                on: probed,
                [
                    "path": path, "issue": issue.description,
                    "others": builds.count == 1 ? "" : " Of the newest builds, \(builds.count) have this.",
                ],
                evidence: builds.map(\.finished.evidence))
        ]
    }
}
