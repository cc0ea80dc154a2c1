internal import struct Foundation.Date

/// A part of a comment that is shown whole or not at all.
struct CheckBlock: Hashable {
    /// Its Markdown, without line breaks around it.
    let text: String
    /// How many entries it speaks of.
    var entryCount = 0
    /// How many findings it speaks of.
    var findingCount = 0
}

/// Writes what was found as blocks: entries with something to mend, findings in files, entries that are right.
struct CheckBlocks {
    /// Findings that are shown below one entry.
    static let advicePerEntry = 12
    /// Answers that are shown below one entry.
    static let evidencePerEntry = 10
    /// Names that are listed for entries of which the same is said.
    static let namesListed = 50
    /// Findings of one rule in one file above which they become one.
    static let foldAbove = 10

    private let templates: Templates
    private let advice: AdviceText
    private let check: PullRequestCheck
    /// Whether it is said when something was seen.
    private let isTimeShown: Bool

    /// How to write the blocks of a check.
    init(of check: PullRequestCheck, templates: Templates, texts: RuleTexts, isTimeShown: Bool) {
        self.check = check
        self.templates = templates
        self.isTimeShown = isTimeShown
        advice = AdviceText(texts: texts)
    }

    /// All of them, the worst first.
    func all() -> [CheckBlock] {
        let (sheets, taken) = sheets()
        let silent = sheets.filter { $0.checklist.mark == .right && $0.checklist.advice.isEmpty }
        let grouped = groups(sheets.filter { $0.checklist.mark != .right || !$0.checklist.advice.isEmpty })
        let rest = check.findings.indices.filter { !taken.contains($0) }.map { check.findings[$0] }
        return grouped.map(block) + unread() + policy() + files(rest) + right(silent)
    }

    // MARK: - Entries

    /// One location of one entry.
    private struct Sheet {
        let entry: CheckedEntry
        let location: ReportedLocation
        let checklist: EntryChecklist
        /// The questions with their answers and the advice, as they are shown.
        let said: String
    }

    /// Every location of every entry, and which findings are told with them.
    private func sheets() -> (sheets: [Sheet], taken: Set<Int>) {
        var byEntry: [String: [Int]] = [:]
        for (index, finding) in check.findings.enumerated() where Self.isToldWithEntries(finding) {
            byEntry[Self.key(finding.entry, finding.arguments["location"]), default: []].append(index)
        }
        var sheets: [Sheet] = []
        var taken: Set<Int> = []
        for entry in check.entries {
            for location in entry.locations {
                let keys = [
                    Self.key(entry.selector, location.report.location.description), Self.key(entry.selector, nil),
                ]
                let indices = keys.flatMap { byEntry[$0] ?? [] }
                taken.formUnion(indices)
                let checklist = EntryChecklist(
                    location, contacts: entry.selector == nil ? nil : entry.contacts,
                    findings: indices.map { check.findings[$0] }, now: check.asOf)
                sheets.append(
                    Sheet(entry: entry, location: location, checklist: checklist, said: said(checklist)))
            }
        }
        return (sheets, taken)
    }

    private static func key(_ entry: Selector?, _ location: String?) -> String {
        "\(entry?.description ?? "")\n\(location ?? "")"
    }

    private static func isToldWithEntries(_ finding: Finding) -> Bool {
        CheckComment.probeRules.contains(finding.rule) || CheckComment.contactRules.contains(finding.rule)
    }

    private func said(_ checklist: EntryChecklist) -> String {
        let shown = checklist.advice.prefix(Self.advicePerEntry)
        var seen: Set<String> = []
        var given: Set<String> = []
        let instead = templates.text("github/same-command", [:]).trimmingWhitespace()
        let paragraphs = shown.filter { seen.insert(advice.paragraphs($0)).inserted }
            .map { advice.paragraphs($0, except: &given, instead: instead) }
        let value: [String: any Sendable] = [
            "steps": checklist.steps.map { ["sign": $0.mark.sign, "sentence": sentence($0)] },
            "advice": paragraphs.map { ["text": $0] },
            "isCut": checklist.advice.count > shown.count, "cut": "\(checklist.advice.count - shown.count)",
        ]
        return templates.text("github/checklist", value).trimmingWhitespace()
    }

    private func sentence(_ step: EntryChecklist.Step) -> String {
        var value: [String: any Sendable] = [step.question + step.mark.word: true]
        for (name, argument) in step.arguments {
            let isProse = ["reason"].contains(name)
            let parts = argument.split(separator: "\n").map {
                isProse ? Markdown.prose(String($0)) : Markdown.code(String($0))
            }
            let isOurs = ["age", "day", "limit", "builds", "more"].contains(name)
            value[name] = isOurs ? argument : parts.joined(separator: ", ")
            value["has" + name.prefix(1).uppercased() + name.dropFirst()] = true
        }
        return Markdown.oneLine(templates.text("github/steps", value))
    }

    /// Sheets that say the same, together, the worst first.
    private func groups(_ sheets: [Sheet]) -> [[Sheet]] {
        var order: [String] = []
        var bySaid: [String: [Sheet]] = [:]
        for sheet in sheets {
            if bySaid[sheet.said] == nil { order.append(sheet.said) }
            bySaid[sheet.said, default: []].append(sheet)
        }
        let rank: [EntryChecklist.Mark] = [.wrong, .unknown, .doubtful, .skipped, .right]
        return rank.flatMap { mark in
            order.compactMap { bySaid[$0] }.filter { $0.first?.checklist.mark == mark }
        }
    }

    private func block(_ group: [Sheet]) -> CheckBlock {
        guard let first = group.first else { return CheckBlock(text: "") }
        let others = group.dropFirst().prefix(Self.namesListed)
        var evidence: [String] = []
        for line in first.checklist.advice.flatMap({ advice.evidence($0, isTimeShown: isTimeShown) })
        where !evidence.contains(line) && evidence.count < Self.evidencePerEntry {
            evidence.append(line)
        }
        let address = addressToTry(first)
        let value: [String: any Sendable] = [
            "sign": first.checklist.mark.sign, "title": title(first), "place": place(first.entry.place) ?? "",
            "hasPlace": first.entry.place != nil, "said": first.said, "hasOthers": !others.isEmpty,
            "othersCount": counted(group.count - 1, "other place", "other places"),
            "others": others.map { ["title": title($0)] }, "isCut": group.count - 1 > others.count,
            "cut": "\(group.count - 1 - others.count)", "hasAddress": address != nil, "address": address ?? "",
            "hasEvidence": !evidence.isEmpty, "evidence": evidence.map { ["line": $0] },
        ]
        return CheckBlock(
            text: templates.text("github/entry", value).trimmingWhitespace(), entryCount: group.count,
            findingCount: group.reduce(0) { $0 + $1.checklist.advice.count })
    }

    private func title(_ sheet: Sheet) -> String {
        let location = Markdown.code(sheet.location.name)
        guard case .testGroup(let name) = sheet.entry.selector else { return location }
        return templates.text("github/group-title", ["name": Markdown.code(name), "location": location])
            .trimmingWhitespace()
    }

    /// What an anonymous reader is refused, for a browser; nil where nothing is refused.
    private func addressToTry(_ sheet: Sheet) -> String? {
        let report = sheet.location.report
        guard let refusal = report.access.refusal, refusal != .noSuchBucket else { return nil }
        if case .badBucketName = refusal { return nil }
        let bucket = "\(check.links.storage)/\(Markdown.encoded(report.location.bucket, keepsSlashes: false))"
        if report.access.list == .allowed, let object = report.access.object {
            return "\(bucket)/\(Markdown.encoded(object))"
        }
        return "\(bucket)?prefix=\(Markdown.encoded(report.location.prefix))&max-keys=5"
    }

    private func right(_ sheets: [Sheet]) -> [CheckBlock] {
        guard !sheets.isEmpty else { return [] }
        let listed = sheets.prefix(Self.namesListed)
        let value: [String: any Sendable] = [
            "count": counted(sheets.count, "place", "places"), "isOne": sheets.count == 1,
            "entries": listed.map { sheet in
                let fresh = sheet.checklist.steps.first { $0.question == "fresh" }
                return ["title": title(sheet), "fresh": fresh.map(sentence) ?? ""]
            },
            "isFolded": sheets.count > 5, "isCut": sheets.count > listed.count, "cut": "\(sheets.count - listed.count)",
        ]
        let text = templates.text("github/right", value).trimmingWhitespace()
        return [CheckBlock(text: text, entryCount: sheets.count)]
    }

    // MARK: - Files

    private func unread() -> [CheckBlock] {
        check.unreadFiles.map { file in
            let value = ["path": Markdown.code(file.path), "reason": Markdown.prose(file.reason)]
            return CheckBlock(text: templates.text("github/unread", value).trimmingWhitespace(), findingCount: 1)
        }
    }

    private func policy() -> [CheckBlock] {
        check.policyIssues.map { issue in
            let words = issue.words
            let value: [String: any Sendable] = [
                "place": place(issue.place) ?? "", "what": Markdown.prose(words.what),
                "fix": Markdown.prose(words.fix),
            ]
            return CheckBlock(text: templates.text("github/policy", value).trimmingWhitespace(), findingCount: 1)
        }
    }

    private func files(_ findings: [Finding]) -> [CheckBlock] {
        let (touched, others) = findings.reduce(into: ([Finding](), [Finding]())) { lists, finding in
            if isTouched(finding) { lists.0.append(finding) } else { lists.1.append(finding) }
        }
        var blocks = folded(touched)
        let elsewhere = folded(others)
        if let first = elsewhere.first {
            let head = templates.text("github/elsewhere", [:]).trimmingWhitespace()
            blocks.append(CheckBlock(text: "\(head)\n\n\(first.text)", findingCount: first.findingCount))
            blocks += elsewhere.dropFirst()
        }
        return blocks
    }

    private func isTouched(_ finding: Finding) -> Bool {
        guard let place = finding.place else { return true }
        return check.changedLines[place.path]?.intersects(place.line...place.endLine) == true
    }

    /// A block for each finding, or for all of one rule in one file where there are many, the worst first.
    private func folded(_ findings: [Finding]) -> [CheckBlock] {
        var counts: [String: Int] = [:]
        for finding in findings { counts[Self.fold(finding), default: 0] += 1 }
        var told: Set<String> = []
        return findings.sorted { $0.severity > $1.severity }.compactMap { finding in
            let key = Self.fold(finding)
            let count = counts[key] ?? 1
            guard count > Self.foldAbove else { return block(finding, count: 1) }
            return told.insert(key).inserted ? block(finding, count: count) : nil
        }
    }

    private static func fold(_ finding: Finding) -> String { "\(finding.rule)\n\(finding.place?.path ?? "")" }

    private func block(_ finding: Finding, count: Int) -> CheckBlock {
        let evidence = advice.evidence(finding, isTimeShown: isTimeShown).prefix(Self.evidencePerEntry)
        let value: [String: any Sendable] = [
            "sign": finding.severity == .note ? "ℹ️" : EntryChecklist.mark(for: finding.severity).sign,
            "place": place(finding.place) ?? "", "hasPlace": finding.place != nil,
            "paragraphs": advice.paragraphs(finding), "isFolded": count > 1, "count": "\(count - 1)",
            "hasEvidence": !evidence.isEmpty, "evidence": evidence.map { ["line": $0] },
        ]
        return CheckBlock(
            text: templates.text("github/finding", value).trimmingWhitespace(), findingCount: count)
    }

    /// The file and line as a link to them at the commit that was judged.
    private func place(_ place: SourcePlace?) -> String? {
        guard let place else { return nil }
        let lines = place.endLine > place.line ? "L\(place.line)-L\(place.endLine)" : "L\(place.line)"
        let address =
            "\(check.links.web)/\(check.repository)/blob/\(check.headSHA)/\(Markdown.encoded(place.path))#\(lines)"
        return "[\(Markdown.code(place.path)), line \(place.line)](\(address))"
    }
}

extension Markdown {
    /// A text of ours in one line.
    static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).map { $0.trimmingWhitespace() }.filter { !$0.isEmpty }
            .joined(separator: " ")
    }
}
