/// A report as a person reads it in a terminal.
public struct TextReport {
    private let templates: Templates
    private let style: TextStyle
    /// Columns of the terminal; longer sentences are wrapped.
    private let width: Int

    /// Findings of one rule in one file that are shown one by one; more become one line with the count.
    static let foldAbove = 10

    /// Answers that are shown for one finding; JSON has all.
    static let evidenceShown = 2

    /// How to write reports.
    ///
    /// - Parameters:
    ///   - templates: The words around findings.
    ///   - style: Colors or none.
    ///   - width: Columns of the terminal.
    public init(templates: Templates, style: TextStyle, width: Int = 100) {
        self.templates = templates
        self.style = style
        self.width = max(40, width)
    }

    /// The text of a report, with a final newline.
    public func text(of report: CheckReport) -> String {
        templates.text(
            "check/text",
            [
                "files": files(report),
                "locations": report.command == "check" ? [] : report.locations.map(location),
                "summary": summary(report),
            ])
    }

    // MARK: - Findings

    private func files(_ report: CheckReport) -> [[String: any Sendable]] {
        var order: [String] = []
        var byPath: [String: [ReportedFinding]] = [:]
        for reported in report.findings {
            let path = reported.finding.place?.path ?? ""
            if byPath[path] == nil { order.append(path) }
            byPath[path, default: []].append(reported)
        }
        return order.map { path in
            let findings = byPath[path] ?? []
            return [
                "path": style.bold(path.isEmpty ? "Named on the command line" : path.printable),
                "findings": blocks(findings),
            ]
        }
    }

    private func blocks(_ findings: [ReportedFinding]) -> [[String: any Sendable]] {
        var counts: [RuleID: Int] = [:]
        for reported in findings { counts[reported.finding.rule, default: 0] += 1 }
        var folded: Set<RuleID> = []
        return findings.compactMap { reported in
            let count = counts[reported.finding.rule] ?? 0
            guard count > Self.foldAbove else { return block(reported) }
            return folded.insert(reported.finding.rule).inserted ? foldedBlock(reported, count: count) : nil
        }
    }

    private func block(_ reported: ReportedFinding) -> [String: any Sendable] {
        let finding = reported.finding
        var details = sentences(reported.words)
        if let fix = finding.fix { details += replacement(fix) }
        for evidence in finding.evidence.prefix(Self.evidenceShown) { details += labeled("saw", sentence(evidence)) }
        let rest = finding.evidence.count - Self.evidenceShown
        if rest > 0 { details += labeled("", "and \(counted(rest, "more answer")); --format json has them all") }
        return ["head": head(finding), "details": details]
    }

    private func foldedBlock(_ first: ReportedFinding, count: Int) -> [String: any Sendable] {
        let head = head(first.finding) + ", \(count) times in this file, the first time here:"
        return ["head": head, "details": sentences(first.words)]
    }

    private func head(_ finding: Finding) -> String {
        "  \(place(finding.place))\(style.word(for: finding.severity))  \(style.dim(finding.rule.name))"
    }

    private func sentences(_ words: RuleWords) -> [String] {
        words.what.printableLines.flatMap { $0.wrapped(to: width - 6) }.map { "      " + $0 }
            + labeled("why", words.why) + labeled("fix", words.fix)
    }

    private func place(_ place: SourcePlace?) -> String {
        guard let place else { return "" }
        return "\(place.line):\(place.column ?? 1)  "
    }

    private func replacement(_ fix: Fix) -> [String] {
        let lines = fix.startLine == fix.endLine ? "line \(fix.startLine)" : "lines \(fix.startLine)-\(fix.endLine)"
        if fix.replacement.isEmpty { return [label("edit") + "delete \(lines)"] }
        let new = fix.replacement.split(separator: "\n", omittingEmptySubsequences: false)
        return [label("edit") + "\(lines) becomes"] + new.map { "            \(String($0).printable)" }
    }

    private func sentence(_ evidence: Evidence) -> String {
        let status = evidence.status.map { " answered \($0)" } ?? ""
        let time = evidence.observedAt.map { " at \($0.rfc3339)" } ?? ""
        return "\(evidence.request)\(status)\(time)\(evidence.detail.isEmpty ? "" : ": " + evidence.detail)"
    }

    // MARK: - Locations

    private func location(_ reported: ReportedLocation) -> [String: any Sendable] {
        let report = reported.report
        let words = LocationWords(reported)
        var lines = [
            label("access") + words.access,
            label("layout") + words.layout + (report.idForm.map { ", build ids: \($0.rawValue)" } ?? ""),
        ]
        if let newest = reported.freshness.newest {
            let age = reported.freshness.ageDays.map { ", \($0) days old" } ?? ""
            let bound = newest.isExact ? "" : "at least "
            lines.append(label("newest") + "\(bound)\(newest.at.rfc3339)\(age), by \(newest.fact.kind.rawValue)")
            lines += labeled("", newest.fact.url)
        }
        let verdict = reported.freshness.verdict.rawValue
        let reason = reported.freshness.unknownReason.map { ": \($0)" } ?? ""
        lines.append(label("verdict") + verdict + reason.printable)
        for build in report.builds {
            let result = build.finished.value?.result.map { ", \($0)" } ?? ""
            let time = build.time.map { ", \($0.rfc3339)" } ?? ""
            lines.append(label("build") + "\(build.id.text)\(time)\(result)".printable)
        }
        return ["title": style.bold(reported.name.printable), "lines": lines]
    }

    // MARK: - Lines

    private func label(_ name: String) -> String {
        "      " + style.dim(name.padded(to: 7)) + " "
    }

    private func labeled(_ name: String, _ text: String) -> [String] {
        guard !text.isEmpty else { return [] }
        let lines = text.printableLines.flatMap { $0.wrapped(to: width - 14) }
        return lines.enumerated().map { (($0 == 0) ? label(name) : "              ") + $1 }
    }

    private func summary(_ report: CheckReport) -> String {
        let errors = counted(report.count(.error), "error")
        let warnings = counted(report.count(.warning), "warning")
        let notes = counted(report.count(.note), "note")
        let found = report.findings.isEmpty ? "Nothing to say against it" : "\(errors), \(warnings), \(notes)"
        let files = report.summary.fileCount == 0 ? "" : " in \(counted(report.summary.fileCount, "file"))"
        var looked = ""
        if report.summary.isOffline {
            looked = "; buckets were not looked at (--offline)"
        } else if report.summary.locationCount > 0 {
            let locations = counted(report.summary.locationCount, "location")
            looked = "; \(locations) probed with \(counted(report.summary.requestCount, "request"))"
        }
        let unknown =
            report.summary.unknownCount == 0
            ? "" : "\nCould not tell for \(counted(report.summary.unknownCount, "location")): try again later."
        return style.bold("\(found)\(files)") + looked + "." + unknown
    }

    private func counted(_ count: Int, _ noun: String) -> String { count == 1 ? "1 \(noun)" : "\(count) \(noun)s" }
}

extension String {
    func padded(to width: Int) -> String {
        count < width ? self + String(repeating: " ", count: width - count) : self
    }

    /// A line in lines of at most some columns, broken at spaces; words longer than a line keep it to themselves.
    ///
    /// An indented line is something to copy, and stays as it is.
    func wrapped(to width: Int) -> [String] {
        if hasPrefix(" ") { return [self] }
        var lines: [String] = []
        var line = ""
        for word in split(separator: " ") {
            if !line.isEmpty, line.count + 1 + word.count > width {
                lines.append(line)
                line = ""
            }
            line += line.isEmpty ? String(word) : " " + word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
