/// The newest three builds' started.json can be decoded, and has a timestamp over zero.
enum LayoutStartedInvalid: ProbeRule {
    static let id: RuleID = "layout-started-invalid"
    static let severity = Severity.error
    static let source = "https://github.com/GoogleCloudPlatform/testgrid/blob/main/metadata/job.go"
    static let example = "{\"timestamp\": \"1787400000\"}"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let builds = probed.newestBuilds.filter { !$0.started.issues.isEmpty }
        guard let first = builds.first, let issue = first.started.issues.first else { return [] }
        let path = first.location.description + "started.json"
        return [
            finding(
                on: probed,
                [
                    "path": path, "issue": issue.description,
                    "others": builds.count == 1 ? "" : " Of the newest builds, \(builds.count) have this.",
                ],
                evidence: builds.map(\.started.evidence))
        ]
    }
}
