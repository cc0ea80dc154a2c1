/// Anyone may list the bucket without credentials.
enum AccessListDenied: ProbeRule {
    static let id: RuleID = "access-list-denied"
    static let severity = Severity.error
    static let source = "docs/contributing-test-results.md in kubernetes/test-infra"
    static let example = "listing answers 401 in JSON, or 403 AccessDenied in XML"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let access = probed.report.access
        guard access.list == .refused(.denied) else { return [] }
        return [finding(on: probed, evidence: [access.listEvidence])]
    }
}
