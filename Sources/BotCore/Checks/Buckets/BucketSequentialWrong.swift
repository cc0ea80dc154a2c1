/// Builds that kettle counts down are numbered 1, 2, 3 without large gaps.
///
/// Unless the entry says otherwise, kettle starts at latest-build.txt and asks for every number below it.
enum BucketSequentialWrong: ProbeRule {
    static let id: RuleID = "bucket-sequential-wrong"
    static let severity = Severity.error
    static let source =
        "kettle/make_db.py in kubernetes/test-infra; https://github.com/kubernetes/test-infra/issues/24946"
    static let example = "no `sequential: false` for builds with 19 digits"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        guard probed.isSequential == true else { return [] }
        let tally = probed.report.tally
        var latest = tally.sequentialRange?.upperBound
        if case .read(_, .some(let number)) = probed.report.latestBuild { latest = number }
        let reason: String
        if let newest = tally.newest(1).first?.id, newest.form == .snowflake || newest.form == .unixSeconds {
            reason = "build \(newest.text) is named by its time"
        } else if let latest, latest >= 1_000_000 {
            reason = "the latest build is number \(latest)"
        } else if let latest, tally.isComplete, tally.count > 0, UInt64(tally.count) < latest / 2 {
            reason = "only \(tally.count) of \(latest) builds are there"
        } else {
            return []
        }
        return [
            finding(
                on: probed, ["reason": reason], evidence: probed.report.evidence.prefix(3).map { $0 },
                fix: probed.sequentialFix)
        ]
    }
}
