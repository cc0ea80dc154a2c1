/// A finished.json says whether the build passed.
enum LayoutPassedMissing: ProbeRule {
    static let id: RuleID = "layout-passed-missing"
    static let severity = Severity.note
    static let source = "https://github.com/GoogleCloudPlatform/testgrid/blob/main/metadata/job.go"
    static let example = "{\"timestamp\": 1787400000, \"result\": \"SUCCESS\"}"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let builds = probed.inspectedBuilds.filter { build in
            build.finished.value.map { $0.passed == nil } == true && build.finished.issues.isEmpty
        }
        guard let first = builds.first else { return [] }
        return [
            finding(
                on: probed,
                [
                    "path": first.location.description + "finished.json",
                    "result": first.finished.value?.result.map { "\"\($0)\"" } ?? "missing too",
                ],
                evidence: builds.map(\.finished.evidence))
        ]
    }
}
