/// What a check run of GitHub shows, or a commit status where the bot is no App.
///
/// Source: https://docs.github.com/en/rest/checks/runs#create-a-check-run
public struct CheckRunReport: Sendable {
    /// Bytes of the summary and of the text: GitHub takes 65,535 characters of each.
    public static let byteLimit = 60_000
    /// Characters of a title and of an annotation's title.
    public static let titleLimit = 250
    /// Characters of a commit status's description: GitHub takes 140.
    public static let descriptionLimit = 140

    /// The end of a check run.
    public enum Conclusion: String, Hashable, Sendable {
        /// At least one error.
        case failure
        /// Not everything could be looked at, or there is a warning.
        case neutral
        /// Nothing but notes.
        case success
    }

    /// The state of a commit status, which knows no `neutral`.
    public enum StatusState: String, Hashable, Sendable {
        /// At least one error.
        case failure
        /// Not everything could be looked at: nobody knows yet.
        case pending
        /// Everything else; warnings stand in the description.
        case success
    }

    /// How it ends.
    public let conclusion: Conclusion
    /// The state of a commit status.
    public let statusState: StatusState
    /// What it comes to, in plain text of at most 250 characters.
    public let title: String
    /// What it comes to, in Markdown.
    public let summary: String
    /// Every entry and finding, in Markdown.
    public let text: String
    /// What is shown on lines of files, the worst first.
    public let annotations: [CheckAnnotation]

    /// The report on a pull request.
    public init(of check: PullRequestCheck, templates: Templates, texts: RuleTexts) {
        switch check.outcome {
        case .wrong: (conclusion, statusState) = (.failure, .failure)
        case .unknown: (conclusion, statusState) = (.neutral, .pending)
        case .doubtful: (conclusion, statusState) = (.neutral, .success)
        case .right: (conclusion, statusState) = (.success, .success)
        }
        let words = CheckWords(of: check, templates: templates)
        let annotations = CheckAnnotation.all(of: check, texts: texts)
        title = Markdown.cut(words.title, Self.titleLimit)
        let blocks = CheckBlocks(of: check, templates: templates, texts: texts, isTimeShown: true).all()
        let left = annotations.omittedCount
        let more =
            left == 0
            ? ""
            : templates.text("github/annotations-cut", ["count": counted(left, "more finding", "more findings")])
        let tail = words.tail(omitted: (0, 0), isTimeShown: true)
        let effect = EffectText(templates: templates, texts: texts).text(of: check)
        summary = ([words.head] + effect + [tail, more.trimmingWhitespace()]).filter { !$0.isEmpty }.joined(
            separator: "\n\n")
        text = Self.cut(blocks, templates: templates)
        self.annotations = annotations.annotations
    }

    /// The title as a commit status shows it.
    public var description: String { Markdown.cut(title, Self.descriptionLimit - 1) }

    /// As many whole blocks as there is room for, and how many are left out.
    private static func cut(_ blocks: [CheckBlock], templates: Templates) -> String {
        var shown: [String] = []
        var size = 0
        for block in blocks {
            guard size + block.text.utf8.count + 2 <= byteLimit - 500 else { break }
            shown.append(block.text)
            size += block.text.utf8.count + 2
        }
        let rest = blocks.dropFirst(shown.count)
        if !rest.isEmpty {
            let entries = rest.reduce(0) { $0 + $1.entryCount }
            let findings = rest.reduce(0) { $0 + $1.findingCount }
            let value = [
                "entries": counted(entries, "place", "places"), "findings": counted(findings, "finding", "findings"),
            ]
            shown.append(templates.text("github/text-cut", value).trimmingWhitespace())
        }
        return shown.joined(separator: "\n\n")
    }
}

/// A finding on lines of a file, as the pull request's page shows it.
///
/// Source: https://docs.github.com/en/rest/checks/runs#create-a-check-run, `output.annotations`.
public struct CheckAnnotation: Hashable, Sendable {
    /// Annotations that GitHub takes in one request.
    public static let perRequest = 50
    /// Annotations of one check run; the rest is counted.
    public static let limit = 500
    /// Characters of a message: GitHub takes 64 kB.
    public static let messageLimit = 4_000

    /// How GitHub marks it.
    public enum Level: String, Hashable, Sendable {
        case failure, warning, notice
    }

    /// The file, relative to the root of the repository.
    public let path: String
    /// The first line, from 1, in the file at the head.
    public let startLine: Int
    /// The last line.
    public let endLine: Int
    /// How GitHub marks it.
    public let level: Level
    /// The rule's name, in plain text.
    public let title: String
    /// What is wrong, why, and what to do, in plain text.
    public let message: String

    /// The annotations of a check, the worst first, and how many findings are left out.
    ///
    /// What stands in no file, and what is wrong with a file that the pull request deleted, is in the text alone.
    static func all(
        of check: PullRequestCheck, texts: RuleTexts
    ) -> (annotations: [CheckAnnotation], omittedCount: Int) {
        let advice = AdviceText(texts: texts)
        let placed = check.findings.filter { $0.place != nil }.sorted { $0.severity > $1.severity }
        let issues = check.policyIssues.map { issue in
            let words = issue.words
            return CheckAnnotation(
                at: issue.place, level: .failure, title: "policy", message: "\(words.what): \(words.fix)")
        }
        let shown = placed.prefix(max(0, limit - issues.count)).compactMap { finding in
            finding.place.map {
                CheckAnnotation(
                    at: $0, level: Level(finding.severity), title: finding.rule.name, message: advice.plain(finding))
            }
        }
        return (Array(issues.prefix(limit)) + shown, placed.count - shown.count + max(0, issues.count - limit))
    }

    private init(at place: SourcePlace, level: Level, title: String, message: String) {
        path = place.path
        startLine = max(1, place.line)
        endLine = max(startLine, place.endLine)
        self.level = level
        self.title = Markdown.cut(title, CheckRunReport.titleLimit)
        self.message = Markdown.cut(message.printableText, Self.messageLimit)
    }
}

extension CheckAnnotation.Level {
    init(_ severity: Severity) {
        switch severity {
        case .error: self = .failure
        case .warning: self = .warning
        case .note: self = .notice
        }
    }
}
