/// The newest finished build has a build-log.txt.
enum LayoutBuildLogMissing: ProbeRule {
    static let id: RuleID = "layout-build-log-missing"
    static let severity = Severity.note
    static let source = "'GCS Layout' in gubernator/README.md of kubernetes/test-infra"
    static let example = "logs/e2e/17/ without build-log.txt"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        guard let build = probed.newestFinishedBuild, let contents = build.contents, !contents.hasBuildLog else {
            return []
        }
        return [
            finding(
                on: probed,
                ["path": build.location.description, "names": contents.sampleNames.joined(separator: ", ")],
                evidence: [build.evidence])
        ]
    }
}
