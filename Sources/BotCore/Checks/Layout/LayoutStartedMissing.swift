/// The newest three builds have a started.json.
enum LayoutStartedMissing: ProbeRule {
    static let id: RuleID = "layout-started-missing"
    static let severity = Severity.error
    static let source = "https://github.com/GoogleCloudPlatform/testgrid/blob/main/metadata/job.go"
    static let example = "logs/e2e/17/ without started.json"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let builds = probed.newestBuilds.filter { $0.started == .missing }
        guard let first = builds.first else { return [] }
        return [
            finding(
                on: probed, ["paths": paths(of: builds), "path": first.location.description],
                evidence: builds.map(\.evidence))
        ]
    }
}
