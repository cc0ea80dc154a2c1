/// Finds what goes with what was asked to go, over the whole registry.
///
/// Source: what maintainers of kubernetes/test-infra have taken out together with a test group since 2017, and
/// `Validate` in `config/config.go` of testgrid, which refuses what would be left.
struct CascadeSearch {
    private let registry: Registry
    private let requests: [Selector]
    private let generated: [Glob]
    private let protected: [Glob]
    private var membersByDashboard: [ExactText: [(group: Int, member: Int)]] = [:]
    private var queue: [RemovedThing] = []

    /// What goes, each with the requests because of which it does.
    private(set) var causes: [RemovedThing: Set<Int>] = [:]
    /// The requests that cannot be met, by their number, each with the first reason.
    private(set) var refusals: [Int: RemovalRefusal] = [:]

    /// Finds what goes with some selectors.
    ///
    /// - Parameters:
    ///   - requests: What was asked to go; each names something here.
    ///   - registry: The whole registry.
    ///   - policy: What is generated, and what is protected.
    init(_ requests: [Selector], in registry: Registry, policy: Policy) {
        self.registry = registry
        self.requests = requests
        generated = policy.generated.map(Glob.init)
        protected = policy.protected.map(Glob.init)
        for (group, dashboardGroup) in registry.dashboardGroups.enumerated() {
            for (member, name) in dashboardGroup.members.map(\.name).enumerated() {
                membersByDashboard[ExactText(name), default: []].append((group, member))
            }
        }
        for (request, selector) in requests.enumerated() { ask(for: selector, request) }
        while let thing = queue.popLast() {
            refuseIfKept(thing)
            follow(thing)
        }
    }

    // MARK: - What was asked for

    private mutating func ask(for selector: Selector, _ request: Int) {
        switch selector {
        case .bucket(let key):
            for index in registry.buckets.indices where registry.buckets[index].key.isExactly(key) {
                remove(.bucket(index), [request])
            }
        case .testGroup(let name):
            for index in registry.indexes.groups[ExactText(name)] ?? [] { remove(.group(index), [request]) }
        case .dashboard(let name):
            for index in registry.dashboards.indices where registry.dashboards[index].name.isExactly(name) {
                remove(.dashboard(index), [request])
            }
            if let tab = registry.annotatedTabs(on: name).first {
                refuse([request], .prowBacked, tab.path, tab.line, .annotation(job: tab.testGroupName, dashboard: name))
            }
        case .tab(let dashboard, let name):
            for index in registry.dashboards.indices where registry.dashboards[index].name.isExactly(dashboard) {
                for tab in registry.dashboards[index].tabs.indices
                where registry.dashboards[index].tabs[tab].name.isExactly(name) {
                    remove(.tab(dashboard: index, tab: tab), [request])
                }
            }
            if let tab = registry.annotatedTabs(on: dashboard).first(where: { $0.name.isExactly(name) }) {
                let reason = RefusalReason.annotation(job: tab.testGroupName, dashboard: dashboard)
                refuse([request], .prowBacked, tab.path, tab.line, reason)
            }
        case .dashboardGroup(let name):
            for index in registry.dashboardGroups.indices where registry.dashboardGroups[index].name.isExactly(name) {
                remove(.dashboardGroup(index), [request])
            }
        }
    }

    private mutating func remove(_ thing: RemovedThing, _ requests: Set<Int>) {
        let known = causes[thing]
        guard known?.isSuperset(of: requests) != true else { return }
        causes[thing] = (known ?? []).union(requests)
        queue.append(thing)
    }

    /// Takes along what is left over; what goes already goes because of what it was found with.
    private mutating func removeLeftover(_ thing: RemovedThing, _ requests: Set<Int>) {
        if causes[thing] == nil { remove(thing, requests) }
    }

    private mutating func refuse(
        _ requests: Set<Int>, _ suspension: Suspension, _ path: String, _ line: Int?, _ reason: RefusalReason
    ) {
        for request in requests where refusals[request] == nil {
            refusals[request] = RemovalRefusal(
                selector: self.requests[request], suspension: suspension,
                place: SourcePlace(path: path, line: line ?? 1), reason: reason)
        }
    }

    // MARK: - What stays whatever is asked

    private mutating func refuseIfKept(_ thing: RemovedThing) {
        guard let requests = causes[thing] else { return }
        let path = registry.path(of: thing)
        let line = registry.span(of: thing).startLine
        if generated.contains(where: { $0.matches(path) }) { refuse(requests, .generated, path, line, .generated) }
        switch thing {
        case .group(let index):
            let name = registry.groups[index].name
            guard let job = registry.jobs(named: name).first else { return }
            refuse(requests, .prowBacked, job.path, job.line, .job(name))
        case .tab(let index, _), .dashboard(let index), .tabList(let index), .defaultTab(let index):
            let name = registry.dashboards[index].name
            if protected.contains(where: { $0.matches(name) }) {
                refuse(requests, .protected, path, line, .protected(dashboard: name))
            }
        case .bucket, .member, .dashboardGroup: return
        }
    }

    // MARK: - What goes with it

    private mutating func follow(_ thing: RemovedThing) {
        guard let requests = causes[thing] else { return }
        switch thing {
        case .group(let index):
            for place in registry.indexes.tabs[ExactText(registry.groups[index].name)] ?? [] {
                remove(.tab(dashboard: place.dashboard, tab: place.tab), requests)
            }
            followToBuckets(registry.groups[index])
        case .tab(let dashboard, let tab):
            followToDashboard(dashboard)
            followToGroup(registry.dashboards[dashboard].tabs[tab].testGroupName)
        case .dashboard(let index):
            for tab in registry.dashboards[index].tabs.indices {
                removeLeftover(.tab(dashboard: index, tab: tab), requests)
            }
            for place in membersByDashboard[ExactText(registry.dashboards[index].name)] ?? [] {
                remove(.member(group: place.group, member: place.member), requests)
            }
        case .member(let group, _):
            let members = registry.dashboardGroups[group].members.indices.map {
                causes[.member(group: group, member: $0)]
            }
            if let all = union(members) { removeLeftover(.dashboardGroup(group), all) }
        case .bucket, .tabList, .defaultTab, .dashboardGroup: return
        }
    }

    /// A dashboard goes with its last tab, unless jobs fill it; then its empty list of tabs does.
    private mutating func followToDashboard(_ index: Int) {
        let dashboard = registry.dashboards[index]
        if let all = union(dashboard.tabs.indices.map { causes[.tab(dashboard: index, tab: $0)] }) {
            let isFilled = !registry.annotatedTabs(on: dashboard.name).isEmpty
            removeLeftover(isFilled ? .tabList(dashboard: index) : .dashboard(index), all)
        }
        guard let shown = dashboard.node.fieldText("default_tab") else { return }
        let named = dashboard.tabs.indices.filter { dashboard.tabs[$0].name.isExactly(shown) }
        let isAnnotated = registry.annotatedTabs(on: dashboard.name).contains { $0.name.isExactly(shown) }
        if !isAnnotated, let all = union(named.map { causes[.tab(dashboard: index, tab: $0)] }) {
            removeLeftover(.defaultTab(dashboard: index), all)
        }
    }

    /// A group goes with the last tab that shows it: TestGrid refuses one that no tab shows.
    private mutating func followToGroup(_ name: String) {
        let tabs = registry.indexes.tabs[ExactText(name)] ?? []
        guard !registry.indexes.annotatedGroups.contains(ExactText(name)),
            let all = union(tabs.map { causes[.tab(dashboard: $0.dashboard, tab: $0.tab)] })
        else { return }
        let written = registry.indexes.groups[ExactText(name)] ?? []
        for index in written { removeLeftover(.group(index), all) }
        if written.isEmpty, let job = registry.jobsCreatingGroup(named: name).first {
            refuse(all, .prowBacked, job.path, job.line, .job(name))
        }
    }

    /// An entry of `buckets.yaml` goes with the last group below its location.
    private mutating func followToBuckets(_ group: TestGroup) {
        for location in group.gcsPrefix?.locations ?? [] {
            let entries = registry.indexes.bucketEntries[ExactText(location.bucket)] ?? []
            for (index, entry) in entries where entry.covers(location) {
                guard !registry.buckets[index].isCanonicalRoot else { continue }
                let readers = (registry.indexes.bucketGroups[ExactText(location.bucket)] ?? []).filter { reader in
                    registry.groups[reader].reads(below: entry)
                }
                guard let all = union(readers.map { causes[.group($0)] }), !isFilledByJobs(entry) else { continue }
                removeLeftover(.bucket(index), all)
            }
        }
    }

    private func isFilledByJobs(_ location: BucketLocation) -> Bool {
        registry.jobs.contains { job in
            registry.uploads.gcsPrefix(of: job)?.locations.contains(where: location.covers) == true
        }
    }

    /// All requests together; nil where one thing stays, or there is none.
    private func union(_ causes: [Set<Int>?]) -> Set<Int>? {
        var all: Set<Int> = []
        for each in causes {
            guard let each else { return nil }
            all.formUnion(each)
        }
        return causes.isEmpty ? nil : all
    }
}
