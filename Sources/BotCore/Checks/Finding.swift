public import struct Foundation.Date

/// One rule broken: where, by what, on which evidence, and how to mend it.
public struct Finding: Hashable, Sendable {
    /// The rule.
    public let rule: RuleID
    /// How bad it is here; a rule may be milder in some cases.
    public let severity: Severity
    /// Where; nil where no file is at fault, as for a location that was named on the command line.
    public let place: SourcePlace?
    /// The entry that it is about; nil where it concerns a file or the whole registry.
    public let entry: Selector?
    /// What the rule's template fills in, by the names that the template uses.
    ///
    /// Values are other people's text as it was found: whoever renders them escapes them for the medium.
    public let arguments: [String: String]
    /// What was asked and what answered; empty for rules that only read files.
    public let evidence: [Evidence]
    /// The lines that mend it, where that needs no judgment.
    public let fix: Fix?

    /// A finding.
    public init(
        rule: RuleID, severity: Severity, place: SourcePlace?, entry: Selector? = nil,
        arguments: [String: String] = [:], evidence: [Evidence] = [], fix: Fix? = nil
    ) {
        self.rule = rule
        self.severity = severity
        self.place = place
        self.entry = entry
        self.arguments = arguments
        self.evidence = evidence
        self.fix = fix
    }
}

/// One question that was asked of the outside, and its answer.
public struct Evidence: Hashable, Sendable, Codable {
    /// The request as a person can repeat it, as in `GET https://storage.googleapis.com/...`.
    public let request: String
    /// The HTTP status; nil where no answer came or no HTTP was spoken.
    public let status: Int?
    /// When the answer came; nil where no clock was at hand.
    public let observedAt: Date?
    /// What the answer said, in its own words.
    public let detail: String

    /// A piece of evidence.
    public init(request: String, status: Int?, observedAt: Date?, detail: String) {
        self.request = request
        self.status = status
        self.observedAt = observedAt
        self.detail = detail
    }
}

/// A mechanical correction: whole lines of the finding's file that take the place of others.
public struct Fix: Hashable, Sendable {
    /// The first line that goes, counted from 1.
    public let startLine: Int
    /// The last line that goes.
    public let endLine: Int
    /// The new lines, joined by `\n`, without a final one; empty to delete the lines.
    public let replacement: String

    /// A correction.
    public init(startLine: Int, endLine: Int, replacement: String) {
        self.startLine = startLine
        self.endLine = endLine
        self.replacement = replacement
    }
}
