/// The result in a finished.json is SUCCESS, FAILURE or ABORTED.
enum LayoutResultValue: ProbeRule {
    static let id: RuleID = "layout-result-value"
    static let severity = Severity.warning
    static let source =
        "kettle/make_json.py in kubernetes/test-infra; 'GCS Layout' in gubernator/README.md of kubernetes/test-infra"
    static let example = "{\"timestamp\": 1787400000, \"passed\": true, \"result\": \"success\"}"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let builds = probed.inspectedBuilds.filter { build in
            build.finished.value?.result.map { !["SUCCESS", "FAILURE", "ABORTED"].contains($0) } == true
        }
        guard let first = builds.first, let result = first.finished.value?.result else { return [] }
        let path = first.location.description + "finished.json"
        return [finding(on: probed, ["path": path, "result": result], evidence: builds.map(\.finished.evidence))]
    }
}
