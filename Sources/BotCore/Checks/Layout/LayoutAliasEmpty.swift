/// An alias below pr-logs/directory leads to a build.
enum LayoutAliasEmpty: ProbeRule {
    static let id: RuleID = "layout-alias-empty"
    static let severity = Severity.warning
    static let source =
        "https://github.com/kubernetes/test-infra/issues/19961; https://github.com/GoogleCloudPlatform/testgrid/blob/main/util/gcs/read.go"
    static let example = "pr-logs/directory/e2e/17.txt of 0 bytes"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let aliases = probed.report.tally.brokenAliases
        guard let first = aliases.first else { return [] }
        let problem = first.problem == .empty ? "it is empty" : "neither its metadata nor its text is a gs:// address"
        return [
            finding(
                on: probed, ["object": first.object, "problem": problem, "count": "\(aliases.count)"],
                evidence: probed.report.evidence.prefix(2).map { $0 })
        ]
    }
}
