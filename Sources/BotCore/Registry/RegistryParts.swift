/// The contents of the files, side by side.
struct RegistryParts {
    private(set) var files: [String] = []
    private(set) var buckets: [BucketEntry] = []
    private(set) var groups: [TestGroup] = []
    private(set) var dashboards: [Dashboard] = []
    private(set) var dashboardGroups: [DashboardGroup] = []
    private(set) var jobs: [ProwJob] = []
    private(set) var annotatedTabs: [AnnotatedTab] = []
    private(set) var defaults: [TestGridDefaults] = []
    private(set) var owners: [OwnersFile] = []
    private(set) var ownersAliases: [String: [String]] = [:]
    private(set) var dashboardPrefixes: [String]?
    private(set) var uploads = ProwUploads.unknown

    /// Adds what one more file says.
    mutating func add(_ file: RegistryFile) {
        files.append(file.path)
        switch file.content {
        case .buckets(let entries): buckets += entries
        case .testgrid(let content):
            groups += content.groups
            dashboards += content.dashboards
            dashboardGroups += content.dashboardGroups
            if content.defaults.isPresent { defaults.append(content.defaults) }
        case .defaults(let content): defaults.append(content)
        case .jobs(let content):
            jobs += content
            for job in content { annotatedTabs += AnnotatedTab.tabs(of: job) }
        case .prowConfig(let content): uploads = content
        case .owners(let content): owners.append(content)
        case .ownersAliases(let content): ownersAliases = content
        case .dashboardPrefixes(let prefixes): dashboardPrefixes = prefixes ?? dashboardPrefixes
        }
    }
}

/// What finds things by name.
struct RegistryIndexes: Sendable {
    private(set) var files: [ExactText: Int] = [:]
    private(set) var groups: [ExactText: [Int]] = [:]
    private(set) var dashboards: [ExactText: Int] = [:]
    private(set) var tabs: [ExactText: [(dashboard: Int, tab: Int)]] = [:]
    private(set) var jobs: [ExactText: [Int]] = [:]
    private(set) var groupJobs: [ExactText: [Int]] = [:]
    private(set) var annotatedTabs: [ExactText: [Int]] = [:]
    private(set) var annotatedGroups: Set<ExactText> = []
    private(set) var bucketGroups: [ExactText: [Int]] = [:]
    private(set) var bucketEntries: [ExactText: [(index: Int, location: BucketLocation)]] = [:]
    private(set) var owners: [ExactText: OwnersFile] = [:]
    private(set) var defaults: [ExactText: TestGridDefaults] = [:]
    /// The defaults of the outermost folder that has any.
    private(set) var globalDefaults: TestGridDefaults?

    init(_ parts: RegistryParts) {
        for (index, path) in parts.files.enumerated() { files[ExactText(path)] = index }
        for (index, group) in parts.groups.enumerated() {
            groups[ExactText(group.name), default: []].append(index)
            for bucket in group.gcsPrefix?.buckets ?? [] { bucketGroups[ExactText(bucket), default: []].append(index) }
        }
        for (index, dashboard) in parts.dashboards.enumerated() {
            let name = ExactText(dashboard.name)
            if dashboards[name] == nil { dashboards[name] = index }
            for (place, tab) in dashboard.tabs.enumerated() {
                tabs[ExactText(tab.testGroupName), default: []].append((index, place))
            }
        }
        for (index, entry) in parts.buckets.enumerated() {
            guard let location = entry.location else { continue }
            bucketEntries[ExactText(location.bucket), default: []].append((index, location))
        }
        for (index, job) in parts.jobs.enumerated() {
            let name = ExactText(job.name)
            jobs[name, default: []].append(index)
            if job.createsTestGroup { groupJobs[name, default: []].append(index) }
        }
        for (index, tab) in parts.annotatedTabs.enumerated() {
            annotatedTabs[ExactText(tab.dashboard), default: []].append(index)
            annotatedGroups.insert(ExactText(tab.testGroupName))
        }
        for file in parts.owners { owners[ExactText(folder(of: file.path))] = file }
        for file in parts.defaults { defaults[ExactText(folder(of: file.path))] = file }
        globalDefaults = parts.defaults.min { folder(of: $0.path).utf8.count < folder(of: $1.path).utf8.count }
    }
}
