/// A job has a latest-build.txt that holds the number of its newest build.
///
/// It is a warning where a tab links to Prow's job history, which needs it.
enum LayoutLatestBuild: ProbeRule {
    static let id: RuleID = "layout-latest-build"
    static let severity = Severity.note
    static let source = "https://github.com/kubernetes-sigs/prow/blob/main/cmd/deck/job_history.go"
    static let example = "logs/e2e/latest-build.txt with the text 16 beside logs/e2e/17/"

    static func findings(in probed: ProbedEntry, policy: Policy) -> [Finding] {
        guard let file = probed.report.latestBuild, !probed.report.builds.isEmpty, probed.report.kind != .build else {
            return []
        }
        let newest = probed.report.tally.newest(1).first?.id
        let problem: String
        switch file {
        case .unreadable: return []
        case .missing: problem = "it is missing"
        case .read(let text, nil): problem = "it says \"\(text.prefix(40))\", which is no number"
        case .read(_, .some(let number)):
            guard let newestNumber = newest?.number, number < newestNumber else { return [] }
            problem = "it says \(number), and build \(newestNumber) is newer"
        }
        let path = probed.report.jobLocation.description + "latest-build.txt"
        return [
            finding(
                on: probed, as: probed.linksJobHistory ? .warning : .note,
                ["path": path, "problem": problem, "newest": newest?.text ?? ""],
                evidence: probed.report.evidence.filter { $0.request.contains("latest-build.txt") })
        ]
    }
}
