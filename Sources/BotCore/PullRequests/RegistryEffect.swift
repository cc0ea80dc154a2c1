/// What people will see when a change of the registry is merged: what appears in TestGrid and in kettle, what moves, what
/// vanishes, and which tests of the registry's own repository would fail.
public struct RegistryEffect: Hashable, Sendable {
    /// What something is, in the order in which it is told.
    public enum Kind: Int, Hashable, Sendable, CaseIterable {
        /// A row of dashboards in TestGrid.
        case dashboardGroup
        /// A page of TestGrid.
        case dashboard
        /// One table on such a page, be it written or added by the annotation of a Prow job.
        case tab
        /// The jobs whose results kettle collects from one bucket location.
        case kettleJobs
    }

    /// What becomes of it.
    public enum Change: Hashable, Sendable {
        case appears
        /// Its name or its place is another one than before; nil for none.
        case moves(from: String?)
        case vanishes
    }

    /// One thing that people will see another way.
    public struct Item: Hashable, Sendable {
        /// What it is.
        public let kind: Kind
        /// Its name; `DASHBOARD#TAB` of a tab, the job prefix of kettle's jobs.
        public let name: String
        /// Where it is now: the dashboard group of a dashboard, the bucket location of kettle's jobs; nil for none.
        public let place: String?
        /// What becomes of it.
        public let change: Change
    }

    /// A test of the registry's own repository that would fail.
    public struct Failure: Hashable, Sendable {
        /// Which.
        public let test: UpstreamTest
        /// Why.
        public let finding: Finding
    }

    /// Everything that people will see another way, in the order of kinds and names.
    public let items: [Item]
    /// What would fail, in the order in which it was found.
    public let failures: [Failure]

    /// Whether there is nothing to tell.
    public var isEmpty: Bool { items.isEmpty && failures.isEmpty }

    /// The effect of a change.
    ///
    /// - Parameters:
    ///   - base: The registry before.
    ///   - head: The registry after.
    ///   - findings: What is wrong with it and was not before.
    public init(from base: Registry, to head: Registry, findings: [Finding]) {
        var items = Self.dashboardGroups(base, head) + Self.dashboards(base, head)
        items += Self.tabs(base, head) + Self.kettleJobs(base, head)
        self.items = items
        failures = findings.compactMap { finding in
            UpstreamTest(failingFor: finding).map { Failure(test: $0, finding: finding) }
        }
    }

    // MARK: - TestGrid

    private static func dashboardGroups(_ base: Registry, _ head: Registry) -> [Item] {
        let (old, new) = (Set(base.dashboardGroups.map(\.name)), Set(head.dashboardGroups.map(\.name)))
        return items(.dashboardGroup, appearing: new.subtracting(old), vanishing: old.subtracting(new))
    }

    private static func dashboards(_ base: Registry, _ head: Registry) -> [Item] {
        let (old, new) = (Set(base.dashboards.map(\.name)), Set(head.dashboards.map(\.name)))
        let (oldHomes, newHomes) = (homes(base), homes(head))
        let moved = old.intersection(new).filter { oldHomes[$0] != newHomes[$0] }.sorted().map { name in
            Item(kind: .dashboard, name: name, place: newHomes[name], change: .moves(from: oldHomes[name]))
        }
        let came = new.subtracting(old).sorted().map {
            Item(kind: .dashboard, name: $0, place: newHomes[$0], change: .appears)
        }
        return came + moved + items(.dashboard, appearing: [], vanishing: old.subtracting(new))
    }

    /// The dashboard group of each dashboard that is in one.
    private static func homes(_ registry: Registry) -> [String: String] {
        var homes: [String: String] = [:]
        for group in registry.dashboardGroups {
            for member in group.members where homes[member.name] == nil { homes[member.name] = group.name }
        }
        return homes
    }

    /// A tab as people see it.
    private struct Tab: Hashable {
        let dashboard: String
        let name: String
        let group: String

        var text: String { "\(dashboard)#\(name)" }
    }

    private static func tabs(in registry: Registry) -> Set<Tab> {
        let written = registry.dashboards.flatMap(\.tabs).map {
            Tab(dashboard: $0.dashboard, name: $0.name, group: $0.testGroupName)
        }
        let annotated = registry.annotatedTabs.map {
            Tab(dashboard: $0.dashboard, name: $0.name, group: $0.testGroupName)
        }
        return Set(written + annotated)
    }

    private static func tabs(_ base: Registry, _ head: Registry) -> [Item] {
        let (old, new) = (tabs(in: base), tabs(in: head))
        // A tab that shows another test group under its old name is neither gone nor new.
        let oldNames = Set(old.map(\.text))
        let newNames = Set(new.map(\.text))
        let came = new.filter { !oldNames.contains($0.text) }.sorted { $0.text < $1.text }
        let gone = old.filter { !newNames.contains($0.text) }.sorted { $0.text < $1.text }
        var left = Dictionary(grouping: gone, by: \.group)
        var moved: [Item] = []
        var appearing: Set<String> = []
        for tab in came {
            // The same results under the same name elsewhere, or in the same place under another name.
            let match = left[tab.group]?.firstIndex { $0.name == tab.name || $0.dashboard == tab.dashboard }
            if let match, let before = left[tab.group]?.remove(at: match) {
                moved.append(Item(kind: .tab, name: tab.text, place: nil, change: .moves(from: before.text)))
            } else {
                appearing.insert(tab.text)
            }
        }
        return items(.tab, appearing: appearing, vanishing: []) + moved
            + items(.tab, appearing: [], vanishing: Set(left.values.joined().map(\.text)))
    }

    private static func items(_ kind: Kind, appearing: Set<String>, vanishing: Set<String>) -> [Item] {
        appearing.sorted().map { Item(kind: kind, name: $0, place: nil, change: .appears) }
            + vanishing.sorted().map { Item(kind: kind, name: $0, place: nil, change: .vanishes) }
    }

    // MARK: - Kettle

    /// Kettle names jobs by the prefix of their bucket: another prefix is another job to whoever asks BigQuery.
    private static func kettleJobs(_ base: Registry, _ head: Registry) -> [Item] {
        let (old, new) = (prefixes(base), prefixes(head))
        var came: [Item] = []
        var moved: [Item] = []
        var left = old.filter { new[$0.key] == nil }
        for (key, prefix) in new.sorted(by: { $0.key < $1.key }) {
            if let before = old[key] {
                guard before != prefix else { continue }
                moved.append(Item(kind: .kettleJobs, name: prefix, place: key, change: .moves(from: before)))
            } else if !prefix.isEmpty, let before = left.filter({ $0.value == prefix }).keys.sorted().first {
                left[before] = nil
                moved.append(Item(kind: .kettleJobs, name: prefix, place: key, change: .moves(from: before)))
            } else {
                came.append(Item(kind: .kettleJobs, name: prefix, place: key, change: .appears))
            }
        }
        let gone = left.sorted { $0.key < $1.key }.map {
            Item(kind: .kettleJobs, name: $0.value, place: $0.key, change: .vanishes)
        }
        return came + moved + gone
    }

    /// The job prefix of each location, empty where none is written.
    private static func prefixes(_ registry: Registry) -> [String: String] {
        Dictionary(registry.buckets.map { ($0.key, $0.jobPrefix ?? "") }, uniquingKeysWith: { $1 })
    }
}
