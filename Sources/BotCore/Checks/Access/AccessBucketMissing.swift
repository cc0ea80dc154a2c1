/// The bucket exists.
enum AccessBucketMissing: ProbeRule {
    static let id: RuleID = "access-bucket-missing"
    static let severity = Severity.error
    static let source = "https://cloud.google.com/storage/docs/json_api/v1/status-codes"
    static let example = "listing answers 404 with the reason notFound"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let access = probed.report.access
        guard access.refusal == .noSuchBucket else { return [] }
        let near = nearNamesText(of: probed.report)
        return [finding(on: probed, ["near": near], evidence: [access.listEvidence])]
    }
}
