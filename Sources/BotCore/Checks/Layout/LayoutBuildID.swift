/// Builds are named by numbers that grow, all of one form.
///
/// Known forms: 1, 2, 3; Prow's 19 digits; Unix seconds; bootstrap's date and time. A job that changed its numbering has two
/// of them, which is legal and sorts badly.
enum LayoutBuildID: ProbeRule {
    static let id: RuleID = "layout-build-id"
    static let severity = Severity.warning
    static let source = "https://github.com/GoogleCloudPlatform/testgrid/blob/main/util/gcs/read.go"
    static let implies: [RuleID] = ["layout-latest-build"]
    static let example = "logs/e2e/nightly-a/, logs/e2e/nightly-b/"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        let report = probed.report
        let forms = report.tally.countByForm
        guard !report.builds.isEmpty, report.kind != .build, (forms[.free] ?? 0) > 0 || forms.count > 1 else {
            return []
        }
        let histogram = BuildIDForm.allCases.compactMap { form in forms[form].map { "\($0) \(Self.words(for: form))" } }
        let samples = report.tally.newest(3).map(\.id.text)
        return [
            finding(
                on: probed,
                ["histogram": histogram.joined(separator: ", "), "samples": samples.joined(separator: ", ")],
                evidence: report.builds.prefix(1).map(\.evidence))
        ]
    }

    private static func words(for form: BuildIDForm) -> String {
        switch form {
        case .sequential: "counted from 1"
        case .snowflake: "with Prow's 19 digits"
        case .unixSeconds: "in Unix seconds"
        case .bootstrap: "by date and time"
        case .free: "with other names"
        }
    }
}
