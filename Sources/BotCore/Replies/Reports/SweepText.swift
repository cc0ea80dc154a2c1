/// What a sweep found, as a person reads it in a terminal.
public struct SweepText {
    private let templates: Templates
    private let rules: RuleTexts
    private let style: TextStyle

    /// Entries of one kind that are shown one by one; JSON has all.
    static let shownLimit = 10

    /// How to write it.
    ///
    /// - Parameters:
    ///   - templates: The words around entries.
    ///   - rules: The words of findings.
    ///   - style: Colors or none.
    public init(templates: Templates, rules: RuleTexts, style: TextStyle) {
        self.templates = templates
        self.rules = rules
        self.style = style
    }

    /// The text, with a final newline.
    ///
    /// - Parameters:
    ///   - report: What was found.
    ///   - proposals: What is proposed.
    /// - Returns: The text.
    public func text(of report: SweepReport, _ proposals: [RemovalProposal]) -> String {
        let outage = report.outage.map { [$0.words.printable] } ?? []
        let isStopped = report.outage?.stopsEverything == true
        return templates.text(
            "sweep/text",
            [
                "outage": isStopped ? outage : [], "waiting": isStopped ? [] : outage,
                "proposals": proposals.map(proposal),
                "held": Suspension.allCases.filter { $0 != .generated }.compactMap { held($0, report) },
                "generated": generated(report),
                "findings": lines(report.otherFindings.map(line)),
                "verdicts": [Verdict.unreadable, .unknown].compactMap { verdict($0, report) },
                "contacts": contacts(report),
                "summary": summary(of: report, proposals),
            ])
    }

    // MARK: - Proposals

    private func proposal(_ proposal: RemovalProposal) -> [String: any Sendable] {
        let entries = Dictionary(
            proposal.entries.map { ($0.selector, $0) }, uniquingKeysWith: { first, _ in first })
        let what = proposal.openPullRequest.map { "goes on as #\($0)" } ?? "would be a pull request"
        let title = "\(proposal.branch): \(counted(proposal.entries.count, "entry", "entries")), \(what)"
        return [
            "title": style.bold(title.printable),
            "commits": proposal.plans.map { plan -> [String: any Sendable] in
                let contribution = plan.contribution
                let area = contribution.area.isEmpty ? "the root" : contribution.area
                let bucket = contribution.bucket.map { ", in \($0)" } ?? ""
                let contact = contribution.contact.map { ", contact \($0.value)" } ?? ""
                let head = counted(contribution.selectors.count, "entry", "entries") + " of " + area + bucket + contact
                return [
                    "head": head.printable,
                    "entries": lines(contribution.selectors.map { line($0, entries[$0]) }),
                ]
            },
        ]
    }

    private func line(_ selector: Selector, _ entry: SweptEntry?) -> String {
        guard let entry else { return "\(selector), which nothing uses then".printable }
        let moved = entry.movedTo.first.map { "; the same job has fresh results at \($0)" } ?? ""
        return "\(selector): \(words(entry.freshness))\(moved)".printable
    }

    private func words(_ freshness: Freshness) -> String {
        let age = freshness.ageDays.map { ", newest \($0) days old" } ?? ""
        let reason = freshness.unknownReason.map { ", \($0)" } ?? ""
        return freshness.verdict.rawValue + age + reason
    }

    // MARK: - What is not proposed

    /// The entries of a reason, which is the first that each has.
    private func held(_ suspension: Suspension, _ report: SweepReport) -> [String: any Sendable]? {
        let entries = report.entries.filter { $0.suspensions.first?.suspension == suspension }
        guard !entries.isEmpty else { return nil }
        return [
            "title": style.bold("Held back as \(suspension.rawValue): \(entries.count)"),
            "lines": lines(
                entries.map { entry in
                    "\(entry.selector): \(words(entry.freshness)). \(entry.suspensions.first?.words ?? "")".printable
                }),
        ]
    }

    /// Entries that a generator writes, by the owners who have to stop it.
    private func generated(_ report: SweepReport) -> [[String: any Sendable]] {
        let entries = report.entries.filter { $0.suspensions.first?.suspension == .generated }
        guard !entries.isEmpty else { return [] }
        let groups = Dictionary(grouping: entries) { entry in
            entry.contacts.filter { $0.source == .owners }.map { "@\($0.value)" }.joined(separator: " ")
        }
        let owners = groups.sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }
        return [
            [
                "title": style.bold(
                    "Written by generators, for their owners to take out: \(entries.count)"),
                "owners": owners.map { owner, entries -> [String: any Sendable] in
                    let name = owner.isEmpty ? "nobody whom OWNERS names" : owner
                    return [
                        "head": "\(name): \(counted(entries.count, "entry", "entries"))".printable,
                        "entries": lines(entries.map { line($0.selector, $0) }),
                    ]
                },
            ]
        ]
    }

    private func verdict(_ verdict: Verdict, _ report: SweepReport) -> [String: any Sendable]? {
        let entries = report.entries.filter { $0.freshness.verdict == verdict }
        guard !entries.isEmpty else { return nil }
        let title = verdict == .unknown ? "Could not be told" : "Not world-readable"
        return [
            "title": style.bold("\(title): \(entries.count)"),
            "lines": lines(
                entries.map { entry in
                    "\(entry.selector)\(entry.freshness.unknownReason.map { ": \($0)" } ?? "")".printable
                }),
        ]
    }

    private func line(_ finding: Finding) -> String {
        let place = finding.place.map { "\($0.path):\($0.line): " } ?? ""
        let words = ReportedFinding(finding, words: rules.words(for: finding) { $0 })
        return "\(place)\(finding.severity.rawValue): \(words.message) [\(finding.rule.name)]".printable
    }

    /// Contacts of entries that stay, who were renamed, are gone or have left.
    private func contacts(_ report: SweepReport) -> [[String: any Sendable]] {
        let findings = report.contactFindings
        guard !findings.isEmpty else { return [] }
        let lines = findings.map { finding in
            let place = finding.place.map { "\($0.path):\($0.line): ".printable } ?? ""
            return place + rules.words(for: finding) { $0.printable }.sentences
        }
        let title = style.bold("Contacts who were renamed, are gone or have left: \(findings.count)")
        return [["title": title, "lines": self.lines(lines)]]
    }

    private func summary(of report: SweepReport, _ proposals: [RemovalProposal]) -> String {
        let counts = Verdict.allCases.map { ($0, report.count($0)) }.filter { $0.1 > 0 }
        let proposed = report.proposed.count
        let verdicts = counts.map { "\($1) \($0.rawValue)" }.joined(separator: ", ")
        return
            "\(counted(report.entries.count, "entry", "entries")) in \(counted(report.fileCount, "file", "files"))"
            + (verdicts.isEmpty ? "" : ": \(verdicts)") + ". "
            + "\(proposed) proposed in \(counted(proposals.count, "pull request", "pull requests")). "
            + "\(counted(report.requestCount, "request", "requests"))."
    }

    private func lines(_ all: [String]) -> [String] {
        let rest = all.count - Self.shownLimit
        return rest <= 1 ? all : all.prefix(Self.shownLimit) + ["and \(rest) more; --format json has them all"]
    }

    private func counted(_ count: Int, _ one: String, _ many: String) -> String {
        "\(count) \(count == 1 ? one : many)"
    }
}
