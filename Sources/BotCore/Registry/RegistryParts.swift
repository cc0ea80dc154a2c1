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
    private(set) var files: [String: Int] = [:]
    private(set) var groups: [String: Int] = [:]
    private(set) var dashboards: [String: Int] = [:]
    private(set) var tabs: [String: [(dashboard: Int, tab: Int)]] = [:]
    private(set) var jobs: [String: [Int]] = [:]
    private(set) var groupJobs: [String: [Int]] = [:]
    private(set) var annotatedTabs: [String: [Int]] = [:]
    private(set) var annotatedGroups: Set<String> = []
    private(set) var bucketGroups: [String: [Int]] = [:]
    private(set) var bucketEntries: [String: [(index: Int, location: BucketLocation)]] = [:]
    private(set) var owners: [String: OwnersFile] = [:]
    private(set) var defaults: [String: TestGridDefaults] = [:]
    /// The defaults of the outermost folder that has any.
    private(set) var globalDefaults: TestGridDefaults?

    init(_ parts: RegistryParts) {
        for (index, path) in parts.files.enumerated() { files[path] = index }
        for (index, group) in parts.groups.enumerated() {
            if groups[group.name] == nil { groups[group.name] = index }
            for bucket in group.gcsPrefix?.buckets ?? [] { bucketGroups[bucket, default: []].append(index) }
        }
        for (index, dashboard) in parts.dashboards.enumerated() {
            if dashboards[dashboard.name] == nil { dashboards[dashboard.name] = index }
            for (place, tab) in dashboard.tabs.enumerated() {
                tabs[tab.testGroupName, default: []].append((index, place))
            }
        }
        for (index, entry) in parts.buckets.enumerated() {
            guard let location = entry.location else { continue }
            bucketEntries[location.bucket, default: []].append((index, location))
        }
        for (index, job) in parts.jobs.enumerated() {
            jobs[job.name, default: []].append(index)
            if job.createsTestGroup { groupJobs[job.name, default: []].append(index) }
        }
        for (index, tab) in parts.annotatedTabs.enumerated() {
            annotatedTabs[tab.dashboard, default: []].append(index)
            annotatedGroups.insert(tab.testGroupName)
        }
        for file in parts.owners { owners[folder(of: file.path)] = file }
        for file in parts.defaults { defaults[folder(of: file.path)] = file }
        globalDefaults = parts.defaults.min { folder(of: $0.path).utf8.count < folder(of: $1.path).utf8.count }
    }
}
