/// Writes the one comment of a pull request.
public struct CheckComment {
    /// Bytes of a comment: GitHub says that it takes 65,536 characters.
    public static let byteLimit = 60_000

    /// Bytes that are kept free for what stands below the blocks.
    static let tailByteLimit = 4_000

    /// Rules that judge a probe, and are told with the location that was probed.
    static let probeRules = Set(ProbeRules.all.map { $0.id })

    /// Rules that judge whether somebody can be asked, and are told with the entry.
    static let contactRules = ContactRules.ids.union([BucketContactMissing.id, BucketContactForm.id])

    private let templates: Templates
    private let texts: RuleTexts

    /// How to write comments.
    public init(templates: Templates, texts: RuleTexts) {
        self.templates = templates
        self.texts = texts
    }

    /// The comment, its marker first.
    ///
    /// The marker names what the comment says apart from times, so that it need not be sent again only because the
    /// same was seen later.
    public func text(of check: PullRequestCheck) -> String {
        let print = TextPrint(of: body(of: check, isTimeShown: false))
        let marker = Marker(kind: "check", fields: ["head": check.headSHA.text, "print": print.text])
        return marker.text + "\n" + body(of: check, isTimeShown: true)
    }

    private func body(of check: PullRequestCheck, isTimeShown: Bool) -> String {
        let words = CheckWords(of: check, templates: templates)
        let blocks = CheckBlocks(of: check, templates: templates, texts: texts, isTimeShown: isTimeShown).all()
        let effect = EffectText(templates: templates, texts: texts).text(of: check)
        return words.assembled(
            head: words.head, blocks: blocks + effect.map { CheckBlock(text: $0) },
            isTimeShown: isTimeShown, byteLimit: Self.byteLimit - 200)
    }
}

/// The sentences around the blocks of a check.
struct CheckWords {
    private let check: PullRequestCheck
    private let templates: Templates

    /// Sentences for a check.
    init(of check: PullRequestCheck, templates: Templates) {
        self.check = check
        self.templates = templates
    }

    /// The heading and the sentence below it.
    var head: String {
        var value = outcome
        let count = check.entries.reduce(0) { $0 + $1.locations.count }
        value["hasEntries"] = count > 0
        value["locations"] = count == 1 ? "the place" : "the \(count) places"
        return templates.text("github/head", value).trimmingWhitespace()
    }

    /// The outcome in a few words of plain text.
    var title: String {
        var value = outcome
        value["hasEntries"] = !check.entries.isEmpty
        value["findings"] = findings
        value["hasFindings"] = !findings.isEmpty
        return Markdown.oneLine(templates.text("github/title", value))
    }

    private var outcome: [String: any Sendable] {
        switch check.outcome {
        case .wrong: ["isWrong": true]
        case .unknown: ["isUnknown": true]
        case .doubtful: ["isDoubtful": true]
        case .right: ["isRight": true]
        }
    }

    /// `2 errors, 1 warning`; empty where there is nothing.
    private var findings: String {
        [(Severity.error, "error"), (.warning, "warning"), (.note, "note")].compactMap { severity, noun in
            let count = check.count(severity)
            return count == 0 ? nil : counted(count, noun, noun + "s")
        }.joined(separator: ", ")
    }

    /// What to do next, and the line for reviewers.
    ///
    /// - Parameters:
    ///   - omitted: Entries and findings that there was no room for.
    ///   - isTimeShown: Whether it is said when the check was made.
    ///   - hasNextSteps: Whether it is said what to do next.
    /// - Returns: What stands below the blocks.
    func tail(omitted: (entries: Int, findings: Int), isTimeShown: Bool, hasNextSteps: Bool = true) -> String {
        let probed = check.entries.reduce(0) { $0 + $1.locations.count }
        let counts = check.counts
        let changes = [(counts.added, "added"), (counts.edited, "edited"), (counts.removed, "removed")]
            .filter { $0.0 > 0 }.map { "\(counted($0.0, "entry", "entries")) \($0.1)" }
        let mustAct = check.outcome == .wrong || check.outcome == .unknown || check.outcome == .doubtful
        let value: [String: any Sendable] = [
            "isCut": omitted.entries + omitted.findings > 0,
            "cut": [(omitted.entries, "place", "places"), (omitted.findings, "finding", "findings")]
                .filter { $0.0 > 0 }.map { counted($0.0, $0.1, $0.2) }.joined(separator: " and "),
            "hasNextSteps": hasNextSteps && mustAct && probed > 0,
            "hasNextProbe": check.nextProbeAt != nil,
            "nextProbe": check.nextProbeAt.flatMap { CivilTime($0)?.readable.dropLast(7) }.map { "\($0) UTC" } ?? "",
            "hasLeftOut": counts.locationsLeftOut > 0,
            "leftOut": counted(counts.locationsLeftOut, "more place was", "more places were"),
            "isThankful": check.outcome == .right && counts.added > 0, "process": check.links.process,
            "staleAfterDays": "\(check.entries.first?.locations.first?.freshness.staleAfterDays ?? 90)",
            "hasChanges": !changes.isEmpty, "changes": changes.joined(separator: ", "),
            "hasProbed": probed > 0, "probed": counted(probed, "place", "places"),
            "requests": counted(counts.requests, "request", "requests"),
            "findings": findings.isEmpty ? "nothing to say against it" : findings,
            "commit": String(check.headSHA.text.prefix(10)), "hasTime": isTimeShown,
            "time": CivilTime(check.asOf)?.readable ?? "",
        ]
        return templates.text("github/tail", value).trimmingWhitespace()
    }

    /// Head, as many whole blocks as there is room for, and tail; the tail says what was left out.
    func assembled(
        head: String, blocks: [CheckBlock], isTimeShown: Bool, byteLimit: Int, hasNextSteps: Bool = true
    ) -> String {
        var shown = [head]
        var size = head.utf8.count + CheckComment.tailByteLimit
        var omitted = (entries: 0, findings: 0)
        for block in blocks {
            // What comes after a block that does not fit may be small; but an order with gaps would mislead.
            let fits = omitted == (0, 0) && size + block.text.utf8.count + 2 <= byteLimit
            if fits {
                shown.append(block.text)
                size += block.text.utf8.count + 2
            } else {
                omitted.entries += block.entryCount
                omitted.findings += block.findingCount
            }
        }
        let tail = tail(omitted: omitted, isTimeShown: isTimeShown, hasNextSteps: hasNextSteps)
        return (shown + [tail]).filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
    }
}
