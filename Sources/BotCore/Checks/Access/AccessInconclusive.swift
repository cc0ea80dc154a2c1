/// Every question that was needed got an answer.
///
/// What could not be looked at is neither right nor wrong.
public enum AccessInconclusive: ProbeRule {
    /// The rule's name.
    public static let id: RuleID = "access-inconclusive"
    /// Nothing is wrong; nothing is right either.
    public static let severity = Severity.note
    /// What the statuses mean.
    public static let source = "https://cloud.google.com/storage/docs/json_api/v1/status-codes"
    /// The smallest state that gives it.
    public static let example = "listing answers 503 however often it is repeated"

    /// A note where a needed question got no answer.
    public static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let report = probed.report
        let reason =
            report.access.list.unknownReason ?? report.unknownReason ?? report.access.get.unknownReason
            // Where access is refused, files are not read, and that is told by the rule about the refusal.
            ?? (report.access.refusal == nil ? report.unansweredFileReason : nil)
        guard let reason else { return [] }
        let isListing = report.access.list.unknownReason != nil
        let evidence = isListing ? report.access.listEvidence : report.access.getEvidence ?? report.evidence.last
        return [finding(on: probed, ["reason": reason], evidence: [evidence])]
    }
}
