/// Names one thing of the registry, on the command line, in JSON and in slash commands.
///
/// Shape: kind, colon, name to its end, taken literally: `bucket:gs://k8s-conformance-acme/logs/`,
/// `test-group:NAME`, `dashboard:NAME`, `tab:DASHBOARD#TAB` (split at the first `#`), `dashboard-group:NAME`.
public enum Selector: Hashable, Sendable, CustomStringConvertible {
    /// A key of `buckets.yaml`, as written.
    case bucket(String)
    /// A TestGrid test group.
    case testGroup(String)
    /// A TestGrid dashboard.
    case dashboard(String)
    /// A tab of a dashboard.
    case tab(dashboard: String, tab: String)
    /// A TestGrid dashboard group.
    case dashboardGroup(String)

    /// The selector as it is written.
    public var description: String {
        switch self {
        case .bucket(let key): "bucket:\(key)"
        case .testGroup(let name): "test-group:\(name)"
        case .dashboard(let name): "dashboard:\(name)"
        case .tab(let dashboard, let tab): "tab:\(dashboard)#\(tab)"
        case .dashboardGroup(let name): "dashboard-group:\(name)"
        }
    }

    /// The name alone: what a person calls it.
    public var name: String {
        switch self {
        case .bucket(let name), .testGroup(let name), .dashboard(let name), .dashboardGroup(let name): name
        case .tab(_, let tab): tab
        }
    }
}

/// Why a text is not a selector.
public enum SelectorError: Error, Equatable {
    /// There is no colon, or what stands before it is no kind.
    case unknownKind(String)
    /// Nothing stands after the colon.
    case emptyName(kind: String)
    /// A tab's selector has no `#` between dashboard and tab.
    case tabWithoutDashboard(String)
}

extension Selector {
    /// The kinds, as they are written before the colon.
    public static let kinds = ["bucket", "test-group", "dashboard", "tab", "dashboard-group"]

    /// Reads a selector.
    ///
    /// - Parameter text: The selector as one argument, without quotes.
    /// - Throws: `SelectorError` naming the first thing that is wrong.
    public init(_ text: String) throws(SelectorError) {
        guard let colon = text.firstIndex(of: ":") else { throw .unknownKind(text) }
        let kind = String(text[..<colon])
        let name = String(text[text.index(after: colon)...])
        guard Self.kinds.contains(kind) else { throw .unknownKind(text) }
        guard !name.isEmpty else { throw .emptyName(kind: kind) }
        switch kind {
        case "bucket": self = .bucket(name)
        case "test-group": self = .testGroup(name)
        case "dashboard": self = .dashboard(name)
        case "dashboard-group": self = .dashboardGroup(name)
        default:
            guard let hash = name.firstIndex(of: "#") else { throw .tabWithoutDashboard(name) }
            let dashboard = String(name[..<hash])
            let tab = String(name[name.index(after: hash)...])
            guard !dashboard.isEmpty, !tab.isEmpty else { throw .tabWithoutDashboard(name) }
            self = .tab(dashboard: dashboard, tab: tab)
        }
    }
}
