/// Something of the TestGrid configuration that has a name.
enum NamedThing {
    case group(TestGroup)
    /// A Prow job, whose name is that of the test group that it makes.
    case job(ProwJob)
    case dashboard(Dashboard)
    case tab(DashboardTab)
    case annotatedTab(AnnotatedTab)
    case dashboardGroup(DashboardGroup)

    /// The name.
    var name: String {
        switch self {
        case .group(let group): group.name
        case .job(let job): job.name
        case .dashboard(let dashboard): dashboard.name
        case .tab(let tab): tab.name
        case .annotatedTab(let tab): tab.name
        case .dashboardGroup(let group): group.name
        }
    }

    /// What it is, in words.
    var kind: String {
        switch self {
        case .group: "test group"
        case .job: "Prow job"
        case .dashboard: "dashboard"
        case .tab, .annotatedTab: "tab"
        case .dashboardGroup: "dashboard group"
        }
    }

    /// Where the name stands.
    var place: SourcePlace {
        switch self {
        case .group(let group): group.place(of: "name")
        case .job(let job): SourcePlace(path: job.path, line: job.line)
        case .dashboard(let dashboard): dashboard.place(of: "name")
        case .tab(let tab): tab.place(of: "name")
        case .annotatedTab(let tab): SourcePlace(path: tab.path, line: tab.nameLine)
        case .dashboardGroup(let group): group.place(of: "name")
        }
    }

    /// The selector that names it.
    var selector: Selector {
        switch self {
        case .group(let group): group.selector
        case .job(let job): .testGroup(job.name)
        case .dashboard(let dashboard): dashboard.selector
        case .tab(let tab): tab.selector
        case .annotatedTab(let tab): .tab(dashboard: tab.dashboard, tab: tab.name)
        case .dashboardGroup(let group): group.selector
        }
    }
}

extension RegistryContext {
    /// The things to be judged whose name is as wanted: those written in YAML, then those that Prow's jobs bring.
    func namedThings(where isWanted: (String) -> Bool) -> [NamedThing] {
        var found: [NamedThing] = []
        for group in registry.groups where isWanted(group.name) && judges(group.path) { found.append(.group(group)) }
        for dashboard in registry.dashboards where judges(dashboard.path) {
            if isWanted(dashboard.name) { found.append(.dashboard(dashboard)) }
            for tab in dashboard.tabs where isWanted(tab.name) { found.append(.tab(tab)) }
        }
        for group in registry.dashboardGroups where isWanted(group.name) && judges(group.path) {
            found.append(.dashboardGroup(group))
        }
        return found + registry.namedByJobs(where: isWanted)
    }
}

extension Registry {
    /// The test groups and tabs that Prow's jobs bring whose name is as wanted.
    ///
    /// A job that annotates several dashboards counts once.
    fileprivate func namedByJobs(where isWanted: (String) -> Bool) -> [NamedThing] {
        var found: [NamedThing] = []
        for job in jobs where isWanted(job.name) && job.createsTestGroup && group(named: job.name) == nil {
            found.append(.job(job))
        }
        var last: AnnotatedTab?
        for tab in annotatedTabs where tab.name != tab.testGroupName && isWanted(tab.name) {
            if let last, last.path == tab.path, last.nameLine == tab.nameLine { continue }
            found.append(.annotatedTab(tab))
            last = tab
        }
        return found
    }

    /// The jobs that make a test group of their name, where none is written in YAML, each name once.
    func impliedGroups(where isWanted: (String) -> Bool) -> [ProwJob] {
        var seen: Set<ExactText> = []
        return jobs.filter { job in
            isWanted(job.name) && group(named: job.name) == nil && job.createsTestGroup
                && seen.insert(ExactText(job.name)).inserted
        }
    }
}
