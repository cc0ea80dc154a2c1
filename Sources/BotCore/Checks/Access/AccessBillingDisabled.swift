/// The bucket's project has working billing.
enum AccessBillingDisabled: ProbeRule {
    static let id: RuleID = "access-billing-disabled"
    static let severity = Severity.error
    static let source = "https://cloud.google.com/storage/docs/json_api/v1/status-codes"
    static let example = "listing answers 403 with the reason accountDisabled"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let access = probed.report.access
        guard case .billingDisabled(let message) = access.refusal else { return [] }
        return [finding(on: probed, ["message": message], evidence: [access.listEvidence, access.getEvidence])]
    }
}
