/// The newest finished build has a file whose name TestGrid takes for JUnit.
enum LayoutJUnitMissing: ProbeRule {
    static let id: RuleID = "layout-junit-missing"
    static let severity = Severity.warning
    static let source = "https://github.com/GoogleCloudPlatform/testgrid/blob/main/util/gcs/read.go"
    static let example = "artifacts/results.xml"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        guard let build = probed.newestFinishedBuild, let contents = build.contents, contents.isComplete,
            contents.junitFiles.isEmpty
        else { return [] }
        return [
            finding(
                on: probed,
                ["path": build.location.description, "names": contents.sampleNames.joined(separator: ", ")],
                evidence: [build.evidence])
        ]
    }
}
