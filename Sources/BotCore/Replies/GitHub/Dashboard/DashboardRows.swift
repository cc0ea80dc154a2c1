/// Sorts what a sweep found into the tables of the dashboard issue, and writes their rows.
struct DashboardRows {
    /// One table.
    struct Section {
        /// What it is about; the template has the words for each.
        enum Topic: String {
            case proposed = "isProposed"
            case leftAlone = "isLeftAlone"
            case unreadable = "isUnreadable"
            case unknown = "isUnknown"
            case people = "isOfPeople"
            case ageing = "isAgeing"
            case generated = "isGenerated"
        }

        let topic: Topic
        /// Its rows, as lines of Markdown.
        let rows: [String]
    }

    private let advice: AdviceText

    /// How to write rows.
    init(texts: RuleTexts) { advice = AdviceText(texts: texts) }

    /// The tables that have a row, what somebody should act on first.
    func sections(of content: DashboardContent) -> [Section] {
        let entries = content.report.entries
        func of(_ verdict: Verdict) -> [SweptEntry] { entries.filter { $0.freshness.verdict == verdict } }
        let held = entries.filter { $0.freshness.verdict.isRemovable && !$0.suspensions.isEmpty }
        let generated = held.filter { $0.suspensions.first?.suspension == .generated }
        let byHand = held.filter { $0.suspensions.first?.suspension != .generated }
        return [
            Section(
                topic: .proposed, rows: entries.filter(\.isProposed).map { row($0, pullRequest(of: $0, in: content)) }),
            Section(topic: .leftAlone, rows: byHand.map { row($0, reason($0)) }),
            Section(topic: .unreadable, rows: of(.unreadable).map { row($0, answer($0)) }),
            Section(
                topic: .unknown,
                rows: of(.unknown).map { row($0, Markdown.prose($0.freshness.unknownReason ?? "")) }),
            Section(topic: .people, rows: content.report.contactFindings.map(row)),
            Section(topic: .ageing, rows: of(.ageing).map { row($0, $0.freshness.verdict.rawValue) }),
            Section(topic: .generated, rows: generated.map { row($0, $0.freshness.verdict.rawValue) }),
        ].filter { !$0.rows.isEmpty }
    }

    // MARK: - Rows

    private func row(_ entry: SweptEntry, _ last: String) -> String {
        let cells = [Markdown.code(entry.selector.description), place(entry.place), newest(entry), last]
        return "| \(cells.map(Markdown.cell).joined(separator: " | ")) |"
    }

    private func row(_ finding: Finding) -> String {
        let who = finding.arguments["contact"] ?? ""
        let cells = [Markdown.code(who), finding.place.map(place) ?? "", advice.sentences(finding)]
        return "| \(cells.map(Markdown.cell).joined(separator: " | ")) |"
    }

    private func place(_ place: SourcePlace) -> String { Markdown.code("\(place.path):\(place.line)") }

    /// The day of the newest result, with the place where it can be seen.
    private func newest(_ entry: SweptEntry) -> String {
        guard let newest = entry.freshness.newest, let day = CivilTime(newest.at)?.readableDay else {
            return entry.freshness.verdict == .never ? "never" : ""
        }
        return (newest.isExact ? "" : "at least ") + (Markdown.link(day, to: newest.fact.url) ?? day)
    }

    private func pullRequest(of entry: SweptEntry, in content: DashboardContent) -> String {
        content.pullRequests[entry.selector].map { "#\($0)" } ?? "waits for its turn"
    }

    private func reason(_ entry: SweptEntry) -> String {
        entry.suspensions.map { Markdown.prose($0.words) }.joined(separator: " ")
    }

    /// What an anonymous reader is told, with the place to see it.
    private func answer(_ entry: SweptEntry) -> String {
        guard let evidence = entry.evidence else { return "refused" }
        let words = evidence.status.map { "answered \($0)" } ?? "refused"
        let url = evidence.request.split(separator: " ").last.map { String($0) } ?? ""
        return Markdown.link(words, to: url) ?? words
    }
}
