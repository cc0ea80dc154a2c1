public import struct Foundation.Date

/// All that `check`, `probe` or `layout` found, ready to be put into a format.
public struct CheckReport: Sendable {
    /// The command that was run.
    public let command: String
    /// The clock that the verdicts saw.
    public let asOf: Date
    /// The findings with their words, by file and line.
    public let findings: [ReportedFinding]
    /// The locations that were probed.
    public let locations: [ReportedLocation]
    /// What was looked at.
    public let summary: ReportSummary

    /// A report.
    public init(
        command: String, asOf: Date, findings: [ReportedFinding], locations: [ReportedLocation] = [],
        summary: ReportSummary
    ) {
        self.command = command
        self.asOf = asOf
        self.findings = findings
        self.locations = locations
        self.summary = summary
    }

    /// How many findings have a severity.
    public func count(_ severity: Severity) -> Int { findings.count { $0.finding.severity == severity } }

    /// What the process ends with: 1 for at least one error, 3 where something could not be told, else 0.
    public var exitStatus: Int32 {
        if count(.error) > 0 { return 1 }
        return summary.unknownCount > 0 ? 3 : 0
    }
}

/// A finding and what is said about it.
public struct ReportedFinding: Hashable, Sendable {
    /// The finding.
    public let finding: Finding
    /// What is wrong, why it matters and what to do, in plain text.
    public let words: RuleWords

    /// A finding with its words.
    public init(_ finding: Finding, words: RuleWords) {
        self.finding = finding
        self.words = words
    }

    /// All three as one message.
    public var message: String { [words.what, words.why, words.fix].filter { !$0.isEmpty }.joined(separator: " ") }
}

/// A probed location and its verdict.
public struct ReportedLocation: Sendable {
    /// What a person calls it: its address, or the path of a local folder.
    public let name: String
    /// What the probe found.
    public let report: ProbeReport
    /// What that means.
    public let freshness: Freshness
    /// What a person calls each of the report's builds.
    let buildNames: [String]

    /// A location with its verdict.
    ///
    /// - Parameters:
    ///   - report: What the probe found.
    ///   - freshness: What that means.
    ///   - naming: Writes an address as the person knows it; a local folder is no bucket.
    public init(report: ProbeReport, freshness: Freshness, naming: (String) -> String = { $0 }) {
        name = naming(report.location.description)
        buildNames = report.builds.map { naming($0.location.description) }
        self.report = report
        self.freshness = freshness
    }
}

/// What was looked at for a report.
public struct ReportSummary: Hashable, Sendable {
    /// Files of the registry that were read.
    public var fileCount = 0
    /// Entries that were checked.
    public var entryCount = 0
    /// Locations that were probed.
    public var locationCount = 0
    /// Requests that were sent to Google Cloud Storage.
    public var requestCount = 0
    /// Locations of which nothing can be told because a question got no answer.
    public var unknownCount = 0
    /// Whether Google Cloud Storage was left out.
    public var isOffline = false

    /// Nothing yet.
    public init() {}
}
