/// What has to be probed for one entry, or for a location that a person named.
public struct ProbeTarget: Sendable {
    /// The entry; nil for a location named on the command line.
    public let entry: Selector?
    /// Where the entry stands; nil for a location named on the command line.
    public let place: SourcePlace?
    /// Where its results lie; several for a `gcs_prefix` with commas, none for one that is no location.
    public let locations: [BucketLocation]
    /// What ought to be there.
    public let expectation: LocationExpectation
    /// What `sequential` comes to; nil for anything but an entry of `buckets.yaml`.
    public let isSequential: Bool?
    /// What makes `sequential` false in the entry's file; nil where nothing has to, or no line can.
    public let sequentialFix: Fix?
    /// Whether a tab links to Deck's job history.
    public let linksJobHistory: Bool
    /// Whether the group sets `disable_prowjob_analysis`; nil for anything but a group of others' results.
    public let disablesProwJobAnalysis: Bool?
    /// Whether it is a presubmit's group that no Prow job backs, which goes longer without results.
    public let isUnbackedPresubmit: Bool

    /// A location that a person named.
    public init(location: BucketLocation) {
        entry = nil
        place = nil
        locations = [location]
        expectation = .any
        isSequential = nil
        sequentialFix = nil
        linksJobHistory = false
        disablesProwJobAnalysis = nil
        isUnbackedPresubmit = false
    }

    /// An entry of `buckets.yaml`.
    init(_ entry: BucketEntry, in registry: Registry) {
        self.entry = entry.selector
        place = entry.keyPlace
        locations = entry.location.map { [$0] } ?? []
        expectation = .jobs
        isSequential = entry.isSequential
        sequentialFix = registry.replacement(in: entry.path).flatMap { entry.sequentialFix(with: $0) }
        linksJobHistory = false
        disablesProwJobAnalysis = nil
        isUnbackedPresubmit = false
    }

    /// A test group.
    init(_ group: TestGroup, in registry: Registry) {
        entry = group.selector
        place = group.place(of: "gcs_prefix")
        locations = group.gcsPrefix?.locations ?? []
        expectation = .job
        isSequential = nil
        sequentialFix = nil
        linksJobHistory = registry.tabs(showing: group.name).contains { tab in
            let defaults = registry.defaults(forFile: tab.path)
            let template =
                defaults?.value("results_url_template", ofTab: tab.node)
                ?? tab.node.field("results_url_template")?.value
            return template?.fieldText("url")?.contains("job-history") == true
        }
        let isAnalysisOff = group.node.field("disable_prowjob_analysis")?.value.scalar?.value == .bool(true)
        disablesProwJobAnalysis = group.gcsPrefix?.isExternal == true ? isAnalysisOff : nil
        isUnbackedPresubmit = group.gcsPrefix?.isPresubmit == true && registry.jobs(named: group.name).isEmpty
    }
}

extension Registry {
    /// What has to be probed for an entry; nil for what is no entry, or is not here.
    public func probeTarget(for selector: Selector) -> ProbeTarget? {
        switch selector {
        case .bucket(let key): buckets.first { $0.key.isExactly(key) }.map { ProbeTarget($0, in: self) }
        case .testGroup(let name): group(named: name).map { ProbeTarget($0, in: self) }
        case .dashboard, .tab, .dashboardGroup: nil
        }
    }

    /// Every entry: the keys of `buckets.yaml`, then the test groups, each once.
    public var entries: [Selector] {
        var seen: Set<Selector> = []
        return (buckets.map(\.selector) + groups.map(\.selector)).filter { seen.insert($0).inserted }
    }
}
