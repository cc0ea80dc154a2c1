/// Anyone may read the objects of the bucket without credentials.
///
/// Only the newest objects show it: a default that was changed later does not reach older ones.
enum AccessGetDenied: ProbeRule {
    static let id: RuleID = "access-get-denied"
    static let severity = Severity.error
    static let source = "docs/contributing-test-results.md in kubernetes/test-infra"
    static let example = "listing answers 200, and reading started.json of the newest build answers 401"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let access = probed.report.access
        guard access.list == .allowed, access.get == .refused(.denied) else { return [] }
        return [
            finding(on: probed, ["object": access.object ?? ""], evidence: [access.listEvidence, access.getEvidence])
        ]
    }
}
