/// A group whose builds have no podinfo.json switches Prow's analysis off.
///
/// Only Prow writes that file; for others a row named Pod stays in the way.
enum TGProwJobAnalysis: ProbeRule {
    static let id: RuleID = "tg-prowjob-analysis"
    static let severity = Severity.note
    static let source =
        "disable_prowjob_analysis in https://github.com/GoogleCloudPlatform/testgrid/blob/main/pb/config/config.proto"
    static let example = "an outside group without disable_prowjob_analysis"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let contents = probed.inspectedBuilds.prefix(3).compactMap(\.contents)
        guard probed.disablesProwJobAnalysis == false, !contents.isEmpty,
            contents.allSatisfy({ $0.isBuild && $0.isComplete && !$0.hasPodInfo })
        else { return [] }
        return [finding(on: probed, evidence: probed.inspectedBuilds.prefix(1).map(\.evidence))]
    }
}
