public import struct Foundation.Date

/// One entry, or a location that a person named, with what a probe of it found: what a `ProbeRule` judges.
public struct ProbedEntry: Sendable {
    /// What the probe found.
    public let report: ProbeReport
    /// The entry that points here; nil for a location named on the command line.
    public let entry: Selector?
    /// Where the entry stands; nil for a location named on the command line.
    public let place: SourcePlace?
    /// What `sequential` comes to for kettle: true unless the entry says false; nil where no entry of `buckets.yaml` points here.
    public let isSequential: Bool?
    /// What makes `sequential` false in the entry's file; nil where nothing has to, or no line can.
    public let sequentialFix: Fix?
    /// Whether a tab links to Deck's job history for it, which needs `latest-build.txt`.
    public let linksJobHistory: Bool
    /// Whether a test group sets `disable_prowjob_analysis`; nil where it is not the group of an outside contributor.
    public let disablesProwJobAnalysis: Bool?
    /// What was known of the entry before this probe.
    public let history: EntryHistory
    /// The one clock that the verdict sees.
    public let now: Date

    /// A probed entry.
    public init(
        report: ProbeReport, entry: Selector?, place: SourcePlace?, isSequential: Bool?,
        sequentialFix: Fix? = nil, linksJobHistory: Bool, disablesProwJobAnalysis: Bool? = nil,
        history: EntryHistory = EntryHistory(), now: Date
    ) {
        self.report = report
        self.entry = entry
        self.place = place
        self.isSequential = isSequential
        self.sequentialFix = sequentialFix
        self.linksJobHistory = linksJobHistory
        self.disablesProwJobAnalysis = disablesProwJobAnalysis
        self.history = history
        self.now = now
    }
}
