/// Chooses what comes back of what a removal took.
struct RestoreSelection {
    /// One file of the removal.
    struct Part {
        let path: String
        let before: RegistryFile
        let after: RegistryFile?
        /// What the removal took out of it.
        let removed: FileDeletion
    }

    private let parts: [Part]
    private let current: Registry
    /// What was asked for; nil for everything.
    private let wanted: Set<Selector>?
    /// What must not come, as it would name what is not there.
    private let excluded: Set<Selector>
    private var groups: Set<String> = []
    private var dashboards: Set<String> = []
    private var dashboardGroups: Set<String> = []

    /// What comes back.
    private(set) var selectors: [Selector] = []
    /// What is there already, as it was.
    private(set) var present: [Selector] = []
    /// What is there again and is not as it was.
    private(set) var conflicts: [UneditedReference] = []

    /// A selection.
    ///
    /// - Parameters:
    ///   - wanted: What was asked for; nil for everything.
    ///   - parts: The files of the removal.
    ///   - current: The registry as it is.
    ///   - excluded: What must not come.
    init(_ wanted: [Selector]?, of parts: [Part], into current: Registry, excluding excluded: Set<Selector>) {
        self.wanted = wanted.map(Set.init)
        self.parts = parts
        self.current = current
        self.excluded = excluded
        chooseGroups()
        chooseDashboards()
    }

    /// What of a file before the removal does not come back, nor was left by it.
    mutating func unwanted(in part: Part) -> FileDeletion {
        var result = FileDeletion()
        guard let root = part.before.source.root else { return result }
        for pair in root.pairs ?? [] {
            if part.before.kind == .buckets {
                let isWanted = part.removed.removes(pair) && wants(bucket: pair, in: part)
                if part.removed.removes(pair), !isWanted { result.pairs.insert(NodePosition(pair.key.span)) }
                continue
            }
            let isRemoved = part.removed.removes(pair)
            let items = pair.value.items ?? []
            var keptCount = 0
            var left = FileDeletion()
            for item in items {
                let isItemRemoved = isRemoved || part.removed.removes(item: item)
                if choose(item, of: pair, in: part, isRemoved: isItemRemoved, &left) {
                    keptCount += 1
                } else {
                    left.items.insert(NodePosition(item.span))
                }
            }
            if keptCount == 0, isRemoved, !items.isEmpty || wanted != nil {
                result.pairs.insert(NodePosition(pair.key.span))
            } else {
                result.items.formUnion(left.items)
                result.pairs.formUnion(left.pairs)
            }
        }
        return result
    }

    // MARK: - Which names come

    private func removedItems(_ key: String) -> [(part: Part, item: YAMLNode, isWhole: Bool)] {
        parts.flatMap { part in
            (part.before.source.root?.pairs ?? []).filter { $0.key.scalar?.text.lowercased() == key }.flatMap { pair in
                (pair.value.items ?? []).map { item in
                    (part, item, part.removed.removes(pair) || part.removed.removes(item: item))
                }
            }
        }
    }

    /// The tabs that the removal took, with the names of their dashboards.
    private func removedTabs() -> [(dashboard: String, tab: YAMLNode)] {
        removedItems("dashboards").flatMap { entry -> [(dashboard: String, tab: YAMLNode)] in
            guard let pair = entry.item.field("dashboard_tab") else { return [] }
            let isWhole = entry.isWhole || entry.part.removed.removes(pair)
            let tabs = (pair.value.items ?? []).filter { isWhole || entry.part.removed.removes(item: $0) }
            return tabs.map { (entry.item.itemName ?? "", $0) }
        }
    }

    private mutating func chooseGroups() {
        let removed = Set(removedItems("test_groups").filter(\.isWhole).compactMap(\.item.itemName))
        guard let wanted else {
            groups = removed
            return
        }
        groups = removed.filter { wanted.contains(.testGroup($0)) }
        for (dashboard, tab) in removedTabs() {
            let isNamed =
                wanted.contains(.dashboard(dashboard))
                || wanted.contains(.tab(dashboard: dashboard, tab: tab.itemName ?? ""))
            if isNamed, let group = tab.fieldText("test_group_name"), removed.contains(group) { groups.insert(group) }
        }
    }

    private mutating func chooseDashboards() {
        for (_, item, isWhole) in removedItems("dashboards") where isWhole {
            guard let name = item.itemName else { continue }
            let tabs = item.fieldItems("dashboard_tab")
            if wanted == nil || wanted?.contains(.dashboard(name)) == true
                || tabs.contains(where: { wants(tab: $0, of: name) })
            {
                dashboards.insert(name)
            }
        }
        for (_, item, isWhole) in removedItems("dashboard_groups") where isWhole {
            guard let name = item.itemName else { continue }
            let members = item.fieldItems("dashboard_names").compactMap(\.text)
            if wanted == nil || wanted?.contains(.dashboardGroup(name)) == true
                || members.contains(where: dashboards.contains)
            {
                dashboardGroups.insert(name)
            }
        }
    }

    private func wants(tab: YAMLNode, of dashboard: String) -> Bool {
        let selector = Selector.tab(dashboard: dashboard, tab: tab.itemName ?? "")
        guard !excluded.contains(selector) else { return false }
        guard let wanted else { return true }
        return wanted.contains(selector) || wanted.contains(.dashboard(dashboard))
            || tab.fieldText("test_group_name").map(groups.contains) == true
    }

    // MARK: - Which values come

    /// Whether an item comes back or was never gone; what of it does not come is added to `left`.
    private mutating func choose(
        _ item: YAMLNode, of list: YAMLPair, in part: Part, isRemoved: Bool, _ left: inout FileDeletion
    ) -> Bool {
        let name = item.itemName ?? ""
        switch list.key.scalar?.text.lowercased() {
        case "test_groups":
            guard isRemoved else { return true }
            let known = current.group(named: name)
            return groups.contains(name) && !isThere(.testGroup(name), item, known?.node, known?.headPlace)
        case "dashboards":
            if isRemoved {
                let known = current.dashboard(named: name)
                guard dashboards.contains(name),
                    !isThere(.dashboard(name), item, known?.node, known?.headPlace)
                else { return false }
            }
            chooseParts(of: item, dashboard: name, in: part, isRemoved: isRemoved, &left)
            return true
        case "dashboard_groups":
            if isRemoved {
                let known = current.dashboardGroup(named: name)
                guard dashboardGroups.contains(name),
                    !isThere(.dashboardGroup(name), item, known?.node, known?.headPlace)
                else { return false }
            }
            for member in item.fieldItems("dashboard_names") where isRemoved || part.removed.removes(item: member) {
                if !wants(member: member.text ?? "", of: name, isWhole: isRemoved, in: part) {
                    left.items.insert(NodePosition(member.span))
                }
            }
            return true
        default:
            return wanted == nil || !isRemoved
        }
    }

    /// The tabs and other keys of a dashboard that do not come back.
    private mutating func chooseParts(
        of item: YAMLNode, dashboard: String, in part: Part, isRemoved: Bool, _ left: inout FileDeletion
    ) {
        for pair in item.pairs ?? [] {
            let isPairRemoved = part.removed.removes(pair)
            guard pair.key.scalar?.text.lowercased() == "dashboard_tab", let tabs = pair.value.items else {
                let isDefault = pair.key.scalar?.text.lowercased() == "default_tab"
                let shown = item.fieldItems("dashboard_tab").first { $0.itemName == pair.value.text }
                let isWanted = wanted == nil || (isDefault && shown.map { wants(tab: $0, of: dashboard) } == true)
                if isPairRemoved, !isWanted { left.pairs.insert(NodePosition(pair.key.span)) }
                continue
            }
            let gone = tabs.filter { isRemoved || isPairRemoved || part.removed.removes(item: $0) }
            let unwanted = gone.filter { !wantsNow(tab: $0, of: dashboard, isWhole: isRemoved) }
            if unwanted.count == tabs.count, !tabs.isEmpty {
                left.pairs.insert(NodePosition(pair.key.span))
            } else {
                left.items.formUnion(unwanted.map { NodePosition($0.span) })
            }
        }
    }

    /// Whether a tab is wanted and not there already; notes it.
    private mutating func wantsNow(tab: YAMLNode, of dashboard: String, isWhole: Bool) -> Bool {
        guard wants(tab: tab, of: dashboard) else { return false }
        let selector = Selector.tab(dashboard: dashboard, tab: tab.itemName ?? "")
        let known = isWhole ? nil : current.dashboard(named: dashboard)?.tabs.first { $0.name == tab.itemName }
        return !isThere(selector, tab, known?.node, known?.headPlace)
    }

    private mutating func wants(member: String, of group: String, isWhole: Bool, in part: Part) -> Bool {
        guard !excluded.contains(.dashboard(member)) else { return false }
        let isWanted =
            wanted == nil || dashboards.contains(member) || wanted?.contains(.dashboardGroup(group)) == true
        guard isWanted else { return false }
        guard let known = current.dashboardGroups.first(where: { $0.members.contains { $0.name == member } }) else {
            return true
        }
        if known.name != group {
            conflicts.append(
                UneditedReference(
                    path: known.path, line: known.span.startLine,
                    reason: "The dashboard \"\(member)\" is in the dashboard group \"\(known.name)\" now, "
                        + "and can be in one only; it was in \"\(group)\"."))
        }
        return false
    }

    private mutating func wants(bucket pair: YAMLPair, in part: Part) -> Bool {
        guard let key = pair.key.scalar?.text else { return false }
        if let wanted, !wanted.contains(.bucket(key)) {
            guard let location = location(key) else { return false }
            let readers = removedItems("test_groups").filter { entry in
                guard entry.isWhole, groups.contains(entry.item.itemName ?? "") else { return false }
                let prefix = entry.item.fieldText("gcs_prefix").map(GCSPrefix.init)
                return prefix?.locations.contains(where: location.covers) == true
            }
            guard !readers.isEmpty else { return false }
        }
        let known = current.buckets.first { $0.key.isExactly(key) }
        return !isThere(.bucket(key), pair.value, known?.node, known?.keyPlace)
    }

    private func location(_ key: String) -> BucketLocation? {
        do { return try BucketLocation(key) } catch { return nil }
    }

    /// Whether something of this name is there again; notes whether it is as it was, or that it comes back.
    private mutating func isThere(
        _ selector: Selector, _ old: YAMLNode, _ known: YAMLNode?, _ place: SourcePlace?
    ) -> Bool {
        guard let known, let place else {
            selectors.append(selector)
            return false
        }
        if MeaningProof.isSame(old, known) {
            present.append(selector)
        } else {
            conflicts.append(
                UneditedReference(
                    path: place.path, line: place.line,
                    reason: "\(selector) is there again, with other content; nothing is put in its place."))
        }
        return true
    }
}
