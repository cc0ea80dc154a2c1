/// Every question that was needed got an answer.
///
/// What could not be looked at is neither right nor wrong.
enum AccessInconclusive: ProbeRule {
    static let id: RuleID = "access-inconclusive"
    static let severity = Severity.note
    static let source = "https://cloud.google.com/storage/docs/json_api/v1/status-codes"
    static let example = "listing answers 503 however often it is repeated"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let report = probed.report
        let reason = report.access.list.unknownReason ?? report.unknownReason ?? report.access.get.unknownReason
        guard let reason else { return [] }
        let isListing = report.access.list.unknownReason != nil
        let evidence = isListing ? report.access.listEvidence : report.access.getEvidence ?? report.evidence.last
        return [finding(on: probed, ["reason": reason], evidence: [evidence])]
    }
}
