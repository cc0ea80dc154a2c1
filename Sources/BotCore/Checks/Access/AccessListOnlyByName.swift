/// Who may read objects may also list them.
enum AccessListOnlyByName: ProbeRule {
    static let id: RuleID = "access-list-only-by-name"
    static let severity = Severity.warning
    static let source = "https://cloud.google.com/storage/docs/json_api/v1/status-codes"
    static let implies: [RuleID] = ["access-list-denied"]
    static let example = "listing answers 401, and reading latest-build.txt answers 200"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let access = probed.report.access
        guard access.isOnlyByName else { return [] }
        return [
            finding(on: probed, ["object": access.object ?? ""], evidence: [access.listEvidence, access.getEvidence])
        ]
    }
}
