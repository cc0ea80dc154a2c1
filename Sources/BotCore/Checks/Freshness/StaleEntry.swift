/// Results came in the last 90 days, or as many as the repository's policy says.
///
/// Of a group with several prefixes, each one that fell silent is named.
public enum StaleEntry: ProbeRule {
    /// The rule's name.
    public static let id: RuleID = "stale-entry"
    /// The entry still works, and may be removed.
    public static let severity = Severity.warning
    /// The process that says when results are stale.
    public static let source = "docs/contributing-test-results.md in kubernetes/test-infra"
    /// The smallest state that gives it.
    public static let example = "a newest finished.json of last year"

    /// One finding where the newest result is too old, or there has never been one.
    public static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let freshness = freshness(of: [probed.report], history: probed.history, now: probed.now, policy: policy)
        let newest: String
        switch freshness.verdict {
        case .stale:
            newest = freshness.newest.map { "the newest is of \(readable($0.at)), by \($0.fact.kind.words)" } ?? ""
        case .never: newest = "there has never been one"
        case .fresh, .ageing, .new, .gone, .unreadable, .unknown: return []
        }
        return [
            finding(
                on: probed,
                ["newest": newest, "days": "\(freshness.staleAfterDays)", "url": freshness.newest?.fact.url ?? ""],
                evidence: probed.report.evidence.prefix(3).map { $0 })
        ]
    }
}
