internal import Foundation

/// A build that began more than 24 hours ago has a finished.json.
///
/// It is an error when none of the last ten builds has one: then no build ever ends.
enum LayoutFinishedMissing: ProbeRule {
    static let id: RuleID = "layout-finished-missing"
    static let severity = Severity.warning
    static let source = "'GCS Layout' in gubernator/README.md of kubernetes/test-infra"
    static let example = "logs/e2e/17/ of last week without finished.json"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let builds = probed.inspectedBuilds
        let dayAgo = probed.now.addingTimeInterval(-86_400)
        let overdue = builds.filter { build in build.finished == .missing && (build.time ?? probed.now) < dayAgo }
        guard let first = overdue.first else { return [] }
        let isNever = builds.allSatisfy { $0.finished == .missing }
        return [
            finding(
                on: probed, as: isNever ? .error : .warning,
                [
                    "paths": paths(of: overdue), "path": first.location.description, "count": "\(overdue.count)",
                    "total": "\(builds.count)",
                ],
                evidence: overdue.prefix(3).map(\.evidence))
        ]
    }
}
