/// Something that a change left behind when it took something else away.
struct Leftover {
    /// What was taken away.
    enum Cause: Hashable {
        case entry(Selector)
        /// The annotation of a Prow job.
        case annotation(job: String)
        /// The last content of a file, or the file itself.
        case content(path: String)

        /// The removed thing as the subject of a sentence.
        var words: String {
            switch self {
            case .entry(.testGroup(let name)): "The test group \"\(name)\""
            case .entry(.dashboard(let name)): "The dashboard \"\(name)\""
            case .entry(.tab(let dashboard, let tab)): "The tab \"\(tab)\" of the dashboard \"\(dashboard)\""
            case .entry(.dashboardGroup(let name)): "The dashboard group \"\(name)\""
            case .entry(.bucket(let key)): "The entry \"\(key)\""
            case .annotation(let job): "The annotation of the Prow job \"\(job)\""
            case .content(let path): "What \(path) held"
            }
        }

        /// The selector of what was taken away.
        var selector: Selector? {
            if case .entry(let selector) = self { selector } else { nil }
        }
    }

    /// What was taken away.
    let cause: Cause
    /// What was left behind, in words, without its place.
    let what: String
    /// Where that stands.
    let place: SourcePlace
}

/// Finds what a change left behind.
///
/// Source: what maintainers have taken out together with a test group since 2017: its tabs in any file, dashboards
/// that are empty then and named by no annotation, their lines in dashboard groups, groups without members, files
/// with nothing left and the OWNERS file beside them.
struct LeftoverSearch {
    let base: Registry
    let head: Registry
    let change: RegistryChange

    /// Everything that was left behind, by what it is.
    func leftovers() -> [Leftover] {
        tabsWithoutGroup() + groupsWithoutTab() + emptyDashboards() + membersWithoutDashboard()
            + annotationsWithoutDashboard() + emptyDashboardGroups() + emptyFiles() + lonelyOwners()
    }

    private func tabsWithoutGroup() -> [Leftover] {
        head.dashboards.flatMap { dashboard in
            dashboard.tabs.filter { tab in
                !head.hasGroup(named: tab.testGroupName) && base.hasGroup(named: tab.testGroupName)
            }
        }.map { tab in
            Leftover(
                cause: .entry(.testGroup(tab.testGroupName)),
                what: "the tab \"\(tab.name)\" of \"\(tab.dashboard)\"", place: tab.place(of: "test_group_name"))
        }
    }

    private func groupsWithoutTab() -> [Leftover] {
        head.groups.filter { !head.isShown(group: $0.name) && base.isShown(group: $0.name) }.compactMap { group in
            causeOfUnshown(group.name).map { cause in
                Leftover(cause: cause, what: "the test group \"\(group.name)\"", place: group.place(of: "name"))
            }
        }
    }

    /// What was removed so that nothing shows a group; nil where its tab still stands and shows another group.
    private func causeOfUnshown(_ group: String) -> Leftover.Cause? {
        guard let tab = base.tabs(showing: group).first else { return .annotation(job: group) }
        guard let dashboard = head.dashboard(named: tab.dashboard) else { return .entry(.dashboard(tab.dashboard)) }
        return dashboard.tabs.contains { $0.name.isExactly(tab.name) } ? nil : .entry(tab.selector)
    }

    private func emptyDashboards() -> [Leftover] {
        head.dashboards.compactMap { dashboard in
            guard isEmpty(dashboard, in: head), let old = base.dashboard(named: dashboard.name), !isEmpty(old, in: base)
            else { return nil }
            return causeOfEmptiness(old).map { cause in
                Leftover(
                    cause: cause, what: "the dashboard \"\(dashboard.name)\" without a tab",
                    place: dashboard.place(of: "name"))
            }
        }
    }

    /// What was removed so that a dashboard shows nothing; nil where all it had stands on another dashboard now.
    private func causeOfEmptiness(_ old: Dashboard) -> Leftover.Cause? {
        if let tab = old.tabs.first(where: { !isShownElsewhere($0.testGroupName) }) ?? old.tabs.first {
            let isGroupGone = base.hasGroup(named: tab.testGroupName) && !head.hasGroup(named: tab.testGroupName)
            return .entry(isGroupGone ? .testGroup(tab.testGroupName) : tab.selector)
        }
        // An annotation that names another dashboard today was not removed.
        let annotated = base.annotatedTabs(on: old.name).first { !isShownElsewhere($0.testGroupName) }
        return annotated.map { .annotation(job: $0.testGroupName) }
    }

    private func isShownElsewhere(_ group: String) -> Bool { head.isShown(group: group) }

    private func isEmpty(_ dashboard: Dashboard, in registry: Registry) -> Bool {
        dashboard.tabs.isEmpty && registry.annotatedTabs(on: dashboard.name).isEmpty
    }

    private func membersWithoutDashboard() -> [Leftover] {
        head.dashboardGroups.flatMap { group in
            group.members.filter { isRemovedDashboard($0.name) }.map { member in
                Leftover(
                    cause: .entry(.dashboard(member.name)), what: "its line in the dashboard group \"\(group.name)\"",
                    place: group.place(of: member.span))
            }
        }
    }

    private func annotationsWithoutDashboard() -> [Leftover] {
        head.annotatedTabs.filter { isRemovedDashboard($0.dashboard) }.map { tab in
            Leftover(
                cause: .entry(.dashboard(tab.dashboard)),
                what: "the annotation of the Prow job \"\(tab.testGroupName)\"",
                place: SourcePlace(path: tab.path, line: tab.line))
        }
    }

    private func isRemovedDashboard(_ name: String) -> Bool {
        head.dashboard(named: name) == nil && base.dashboard(named: name) != nil
    }

    private func emptyDashboardGroups() -> [Leftover] {
        head.dashboardGroups.filter { $0.members.isEmpty }.compactMap { group in
            (base.dashboardGroup(named: group.name)?.members.first?.name).map { member in
                Leftover(
                    cause: .entry(.dashboard(member)), what: "the dashboard group \"\(group.name)\" without a member",
                    place: group.place(of: "name"))
            }
        }
    }

    private func emptyFiles() -> [Leftover] {
        head.files.compactMap { file in
            guard case .testgrid(let content) = file.content, isEmpty(content), !file.source.isUnreadable,
                case .testgrid(let old) = base.file(at: file.path)?.content, !isEmpty(old)
            else { return nil }
            return Leftover(
                cause: .content(path: file.path), what: "the file with nothing left in it",
                place: SourcePlace(path: file.path, line: 1))
        }
    }

    private func isEmpty(_ file: TestGridFile) -> Bool {
        file.groups.isEmpty && file.dashboards.isEmpty && file.dashboardGroups.isEmpty && !file.defaults.isPresent
    }

    /// OWNERS files whose folder has lost its configuration and has nothing of the registry left.
    private func lonelyOwners() -> [Leftover] {
        let emptied = Set(
            change.deletedFiles.map(\.text).filter { base.file(at: $0)?.kind == .testgrid }.map { folder(of: $0) })
        return emptied.sorted().compactMap { directory in
            guard !directory.isEmpty, let owners = head.ownersFile(inFolder: directory),
                !head.files.contains(where: { $0.path.hasPrefix(directory + "/") && $0.path != owners.path })
            else { return nil }
            return Leftover(
                cause: .content(path: directory + "/"), what: "the OWNERS file alone in its folder",
                place: SourcePlace(path: owners.path, line: 1))
        }
    }
}
