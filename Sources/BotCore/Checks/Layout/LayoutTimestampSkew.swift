internal import Foundation

/// A finished.json is uploaded within 24 hours of the time that it names.
enum LayoutTimestampSkew: ProbeRule {
    static let id: RuleID = "layout-timestamp-skew"
    static let severity = Severity.warning
    static let source = "https://github.com/kubernetes/test-infra/issues/12548"
    static let example = "a timestamp of Monday in an object created on Wednesday"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let late = probed.inspectedBuilds.compactMap { build -> (build: InspectedBuild, told: Date, stored: Date)? in
            guard let told = build.finished.value?.timestamp.flatMap(EpochSeconds.plausibleDate),
                let stored = build.contents?.finished?.timeCreated, stored.timeIntervalSince(told) > 86_400
            else { return nil }
            return (build, told, stored)
        }
        guard let first = late.first else { return [] }
        return [
            finding(
                on: probed,
                [
                    "path": first.build.location.description + "finished.json", "told": readable(first.told),
                    "stored": readable(first.stored),
                ],
                evidence: late.flatMap { [$0.build.finished.evidence, $0.build.evidence] })
        ]
    }
}
