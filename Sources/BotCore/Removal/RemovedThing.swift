/// One thing of a registry that goes, by its place in the registry's lists.
enum RemovedThing: Hashable {
    case bucket(Int)
    case group(Int)
    case tab(dashboard: Int, tab: Int)
    case dashboard(Int)
    /// The tabs of a dashboard that stays because jobs fill it.
    case tabList(dashboard: Int)
    /// `default_tab` of a dashboard that stays.
    case defaultTab(dashboard: Int)
    case member(group: Int, member: Int)
    case dashboardGroup(Int)
}

extension Registry {
    /// The file that a thing stands in.
    func path(of thing: RemovedThing) -> String {
        switch thing {
        case .bucket(let index): buckets[index].path
        case .group(let index): groups[index].path
        case .tab(let index, _), .dashboard(let index), .tabList(let index), .defaultTab(let index):
            dashboards[index].path
        case .member(let index, _), .dashboardGroup(let index): dashboardGroups[index].path
        }
    }

    /// Where a thing stands.
    func span(of thing: RemovedThing) -> SourceSpan {
        switch thing {
        case .bucket(let index): buckets[index].span
        case .group(let index): groups[index].span
        case .tab(let dashboard, let tab): dashboards[dashboard].tabs[tab].span
        case .dashboard(let index): dashboards[index].span
        case .tabList(let index): dashboards[index].node.field("dashboard_tab")?.span ?? dashboards[index].span
        case .defaultTab(let index): dashboards[index].node.field("default_tab")?.span ?? dashboards[index].span
        case .member(let group, let member): dashboardGroups[group].members[member].span
        case .dashboardGroup(let index): dashboardGroups[index].span
        }
    }

    /// The selector of a thing; nil for what has none.
    func selector(of thing: RemovedThing) -> Selector? {
        switch thing {
        case .bucket(let index): buckets[index].selector
        case .group(let index): groups[index].selector
        case .tab(let dashboard, let tab): dashboards[dashboard].tabs[tab].selector
        case .dashboard(let index): dashboards[index].selector
        case .dashboardGroup(let index): dashboardGroups[index].selector
        case .tabList, .defaultTab, .member: nil
        }
    }
}
