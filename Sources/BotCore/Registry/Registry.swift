/// Everything that the files of a registry say together, with what is needed to look it up.
public struct Registry: Sendable {
    /// The files, in the order of their paths.
    public let files: [RegistryFile]
    /// The entries of `buckets.yaml`.
    public let buckets: [BucketEntry]
    /// The test groups written in YAML.
    public let groups: [TestGroup]
    /// The dashboards written in YAML.
    public let dashboards: [Dashboard]
    /// The dashboard groups.
    public let dashboardGroups: [DashboardGroup]
    /// Prow's jobs.
    public let jobs: [ProwJob]
    /// The tabs that annotations of Prow jobs add, in the order of the files.
    public let annotatedTabs: [AnnotatedTab]
    /// What the names of dashboards and dashboard groups may start with; nil where nobody says.
    public let dashboardPrefixes: [String]?
    /// What the groups in OWNERS files stand for, by their names in lower case.
    public let ownersAliases: [String: [String]]
    /// Where jobs without a bucket of their own upload to.
    public let uploads: ProwUploads

    /// What finds things by name.
    let indexes: RegistryIndexes
    /// The prefixes that the Go file lists.
    private let listedPrefixes: [String]?

    /// Puts files together.
    ///
    /// - Parameters:
    ///   - files: The files in any order; of two with one path the last counts.
    ///   - policy: The repository's policy; its `dashboardPrefixes` overrule the Go file's.
    public init(files: [RegistryFile], policy: Policy) {
        let unique = Dictionary(files.map { (ExactText($0.path), $0) }, uniquingKeysWith: { $1 })
        let sorted = unique.values.sorted { $0.path.isBefore($1.path) }
        self.files = sorted
        var parts = RegistryParts()
        for file in sorted { parts.add(file) }
        buckets = parts.buckets
        groups = parts.groups
        dashboards = parts.dashboards
        dashboardGroups = parts.dashboardGroups
        jobs = parts.jobs
        annotatedTabs = parts.annotatedTabs
        listedPrefixes = parts.dashboardPrefixes
        dashboardPrefixes = Self.dashboardPrefixes(parts.dashboardPrefixes, under: policy)
        ownersAliases = parts.ownersAliases
        uploads = parts.uploads
        indexes = RegistryIndexes(parts)
    }

    /// What the names of dashboards and dashboard groups may start with under another policy; nil where nobody says.
    func dashboardPrefixes(under policy: Policy) -> [String]? { Self.dashboardPrefixes(listedPrefixes, under: policy) }

    private static func dashboardPrefixes(_ listed: [String]?, under policy: Policy) -> [String]? {
        policy.dashboardPrefixes.isEmpty ? listed : policy.dashboardPrefixes
    }

    /// Whether the tree has no registry: neither a list of buckets nor any configuration of TestGrid.
    public var isEmpty: Bool {
        !files.contains { [.buckets, .testgrid, .testgridDefaults].contains($0.kind) }
    }

    /// The file at a path.
    public func file(at path: String) -> RegistryFile? { indexes.files[ExactText(path)].map { files[$0] } }

    /// The first test group of a name that is written in YAML.
    public func group(named name: String) -> TestGroup? { indexes.groups[ExactText(name)]?.first.map { groups[$0] } }

    /// The Prow jobs that make a test group of this name.
    public func jobsCreatingGroup(named name: String) -> [ProwJob] {
        (indexes.groupJobs[ExactText(name)] ?? []).map { jobs[$0] }
    }

    /// The dashboard group of a name.
    public func dashboardGroup(named name: String) -> DashboardGroup? {
        dashboardGroups.first { $0.name.isExactly(name) }
    }

    /// Whether a test group of this name is written or made by a job.
    public func hasGroup(named name: String) -> Bool {
        indexes.groups[ExactText(name)] != nil || indexes.groupJobs[ExactText(name)] != nil
    }

    /// The dashboard of a name.
    public func dashboard(named name: String) -> Dashboard? {
        indexes.dashboards[ExactText(name)].map { dashboards[$0] }
    }

    /// The tabs that annotations of Prow jobs add to a dashboard.
    public func annotatedTabs(on dashboard: String) -> [AnnotatedTab] {
        (indexes.annotatedTabs[ExactText(dashboard)] ?? []).map { annotatedTabs[$0] }
    }

    /// Whether any tab shows a test group, be it written or annotated.
    public func isShown(group: String) -> Bool {
        indexes.tabs[ExactText(group)] != nil || indexes.annotatedGroups.contains(ExactText(group))
    }

    /// The tabs in YAML that show a test group, in any file.
    public func tabs(showing group: String) -> [DashboardTab] {
        (indexes.tabs[ExactText(group)] ?? []).map { dashboards[$0.dashboard].tabs[$0.tab] }
    }

    /// The Prow jobs of this name.
    public func jobs(named name: String) -> [ProwJob] { (indexes.jobs[ExactText(name)] ?? []).map { jobs[$0] } }

    /// The OWNERS file of a folder; "" is the root.
    public func ownersFile(inFolder folder: String) -> OwnersFile? { indexes.owners[ExactText(folder)] }

    /// The groups that read a bucket.
    public func groups(inBucket bucket: String) -> [TestGroup] {
        (indexes.bucketGroups[ExactText(bucket)] ?? []).map { groups[$0] }
    }

    /// The groups that read below a location.
    func groups(below location: BucketLocation) -> [TestGroup] {
        groups(inBucket: location.bucket).filter { $0.reads(below: location) }
    }

    /// The groups that read below an entry of `buckets.yaml`; none for any other entry.
    public func readers(below entry: Selector) -> [Selector] {
        guard case .bucket(let key) = entry, let location = buckets.first(where: { $0.key.isExactly(key) })?.location
        else { return [] }
        return groups(below: location).map(\.selector)
    }

    /// The entry of `buckets.yaml` under which a location lies; the longest of several.
    public func bucketEntry(covering location: BucketLocation) -> BucketEntry? {
        let covering = (indexes.bucketEntries[ExactText(location.bucket)] ?? []).filter {
            location.prefix.utf8.starts(with: $0.location.prefix.utf8)
        }
        let longest = covering.max { $0.location.prefix.utf8.count < $1.location.prefix.utf8.count }
        return longest.map { buckets[$0.index] }
    }

    /// The defaults of a file: those of its own folder, else the global ones.
    public func defaults(forFile path: String) -> TestGridDefaults? {
        indexes.defaults[ExactText(folder(of: path))] ?? indexes.globalDefaults
    }

    /// The defaults that hold where a folder has none of its own.
    public var globalDefaults: TestGridDefaults? { indexes.globalDefaults }

    /// Whom to ask about a test group, strongest first.
    public func contacts(of group: TestGroup) -> [Contact] { ContactResolver(registry: self).contacts(of: group) }

    /// Whom to ask about an entry of `buckets.yaml`, strongest first.
    public func contacts(of entry: BucketEntry) -> [Contact] { ContactResolver(registry: self).contacts(of: entry) }

    /// The comments that a group stands under: those above its run of groups, within and behind its own lines, and
    /// directly above the dashboards and tabs that show it.
    ///
    /// A run goes from a comment, or a blank line, to the next.
    ///
    /// - Parameter group: A group of this registry.
    /// - Returns: The comments, each with its file.
    func sectionComments(of group: TestGroup) -> [(path: String, comment: YAMLComment)] {
        var found: [(path: String, comment: YAMLComment)] = []
        if let file = file(at: group.path), case .testgrid(let content) = file.content {
            let first = content.runHead(of: group)
            let own = file.source.comments(in: group.span.startLine..<group.span.endLine + 1)
            let comments = file.source.commentsDirectlyAbove(first.span.startLine) + own
            found += comments.map { (group.path, $0) }
        }
        for place in indexes.tabs[ExactText(group.name)] ?? [] {
            let dashboard = dashboards[place.dashboard]
            guard let source = file(at: dashboard.path)?.source else { continue }
            for line in [dashboard.span.startLine, dashboard.tabs[place.tab].span.startLine] {
                found += source.commentsDirectlyAbove(line).map { (dashboard.path, $0) }
            }
        }
        return found
    }
}
