/// Writes the title and the text of the dashboard issue.
///
/// No age is in it, only days: what has not changed reads the same the next day. Nobody is mentioned, and what others
/// wrote comes in only through `Markdown`.
public struct DashboardText {
    /// Bytes of the text: GitHub takes 65,536 characters.
    public static let byteLimit = 60_000
    /// Bytes that are kept free for the marker and what stands below the tables.
    private static let tailByteLimit = 2_000
    /// Rows above which a table is folded.
    static let foldAbove = 20

    private let templates: Templates
    private let rows: DashboardRows

    /// How to write it.
    ///
    /// - Parameters:
    ///   - templates: The words around entries.
    ///   - texts: The words of findings.
    public init(templates: Templates, texts: RuleTexts) {
        self.templates = templates
        rows = DashboardRows(texts: texts)
    }

    /// The title, which is no Markdown.
    public var title: String { Markdown.oneLine(templates.text("github/dashboard-title", [:])) }

    /// The text, its marker first.
    ///
    /// The marker names what the text says apart from times, so that it need not be sent again only because the same was
    /// seen later.
    public func text(of content: DashboardContent) -> String {
        let sections = rows.sections(of: content)
        let print = TextPrint(of: body(of: content, sections, isTimeShown: false))
        let marker = Marker(kind: DashboardIssue.kind, fields: ["print": print.text])
        return marker.text + "\n" + body(of: content, sections, isTimeShown: true)
    }

    /// As many rows as there is room for, in the order of the sections, and how many more there are.
    private func body(
        of content: DashboardContent, _ sections: [DashboardRows.Section], isTimeShown: Bool
    ) -> String {
        var parts = [head(of: content, hasSections: !sections.isEmpty, isTimeShown: isTimeShown)]
        var room = Self.byteLimit - Self.tailByteLimit - (parts.first?.utf8.count ?? 0)
        var omitted = 0
        for section in sections {
            room -= text(of: section, []).utf8.count + 2
            var shown: [String] = []
            for row in section.rows {
                // What comes after a row that does not fit may be short; but an order with gaps would mislead.
                guard omitted == 0, room >= row.utf8.count + 1 else {
                    omitted += 1
                    continue
                }
                room -= row.utf8.count + 1
                shown.append(row)
            }
            if !shown.isEmpty { parts.append(text(of: section, shown)) }
        }
        parts.append(tail(of: content, hasSections: !sections.isEmpty, omitted: omitted))
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }

    private func head(of content: DashboardContent, hasSections: Bool, isTimeShown: Bool) -> String {
        let report = content.report
        let outage = report.outage.map { [Markdown.prose($0.words)] } ?? []
        let isStopped = report.outage?.stopsEverything == true
        let verdicts = Verdict.allCases.map { ($0, report.count($0)) }.filter { $0.1 > 0 }
        let counts = verdicts.map { "\($1) \($0.rawValue)" }.joined(separator: ", ")
        return templates.text(
            "github/dashboard",
            [
                "outage": isStopped ? outage : [], "waiting": isStopped ? [] : outage, "hasTime": isTimeShown,
                "time": CivilTime(report.asOf)?.readable ?? "", "hasSections": hasSections,
                "counts": counted(report.entries.count, "entry", "entries")
                    + (counts.isEmpty ? "" : ", of which \(counts)"),
            ]
        ).trimmingWhitespace()
    }

    private func text(of section: DashboardRows.Section, _ shown: [String]) -> String {
        templates.text(
            "github/dashboard-section",
            [
                section.topic.rawValue: true, "count": "\(section.rows.count)",
                "isFolded": section.rows.count > Self.foldAbove, "rows": shown,
            ]
        ).trimmingWhitespace()
    }

    private func tail(of content: DashboardContent, hasSections: Bool, omitted: Int) -> String {
        templates.text(
            "github/dashboard-tail",
            [
                "isCut": omitted > 0, "cut": "\(omitted)", "hasSections": hasSections,
                "command": "bucketbot sweep --repo \(content.repository) --format json",
                "process": content.links.process,
            ]
        ).trimmingWhitespace()
    }
}
