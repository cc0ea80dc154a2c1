/// The bucket's name follows the naming rules.
enum AccessBadName: ProbeRule {
    static let id: RuleID = "access-bad-name"
    static let severity = Severity.error
    static let source = "https://cloud.google.com/storage/docs/buckets#naming"
    static let example = "listing answers 400 with the reason invalid"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let access = probed.report.access
        guard case .badBucketName(let message) = access.refusal else { return [] }
        return [finding(on: probed, ["message": message], evidence: [access.listEvidence])]
    }
}
