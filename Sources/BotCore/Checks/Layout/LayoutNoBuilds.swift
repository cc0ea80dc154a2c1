/// A location holds builds.
///
/// In the first 24 hours of an entry it is enough to warn.
enum LayoutNoBuilds: ProbeRule {
    static let id: RuleID = "layout-no-builds"
    static let severity = Severity.error
    static let source = "'GCS Layout' in gubernator/README.md of kubernetes/test-infra"
    static let example = "listing the prefix shows neither directories nor links"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let report = probed.report
        // A listing that was not seen to its end may hold builds further on.
        guard report.kind == .empty, report.cutShort == nil, report.unknownReason == nil else { return [] }
        let isYoung = probed.history.ageDays == 0
        let near = nearNamesText(of: report)
        return [
            finding(
                on: probed, as: isYoung ? .warning : severity,
                ["near": near, "staleAfterDays": "\(policy.staleAfterDays)"], evidence: report.evidence)
        ]
    }
}
