/// Readers do not have to pay.
enum AccessRequesterPays: ProbeRule {
    static let id: RuleID = "access-requester-pays"
    static let severity = Severity.error
    static let source = "https://cloud.google.com/storage/docs/requester-pays"
    static let example = "listing answers 400 with the reason required"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let access = probed.report.access
        guard access.refusal == .requesterPays else { return [] }
        return [finding(on: probed, evidence: [access.listEvidence, access.getEvidence])]
    }
}
