/// The JUnit files of the newest finished builds can be read: XML in UTF-8, rooted in testsuites or testsuite, at most 100 MB.
enum LayoutJUnitInvalid: ProbeRule {
    static let id: RuleID = "layout-junit-invalid"
    static let severity = Severity.warning
    static let source = "https://github.com/GoogleCloudPlatform/testgrid/blob/main/metadata/junit/junit.go"
    static let example = "<html>404 Not Found</html>"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let bad = probed.inspectedBuilds.flatMap(\.junit).compactMap { file in
            file.summary.value?.problem.map { (file, $0) }
        }
        guard let (file, problem) = bad.first else { return [] }
        let others = bad.count == 1 ? "" : " Of the files that were read, \(bad.count) have such a problem."
        return [
            finding(
                on: probed,
                [
                    "object": file.object, "problem": problem.description, "repair": problem.repair, "others": others,
                ],
                evidence: bad.map(\.0.evidence))
        ]
    }
}
