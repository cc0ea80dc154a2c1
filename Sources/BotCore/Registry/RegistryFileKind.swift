/// What a file of the checkout is to the registry.
public enum RegistryFileKind: Hashable, Sendable {
    /// Kettle's list of buckets.
    case buckets
    /// TestGrid's configuration.
    case testgrid
    /// `default.yaml` or `default.yml` of a folder of TestGrid's configuration, which is never configuration itself.
    case testgridDefaults
    /// Prow's jobs.
    case jobs
    /// Prow's own configuration, which says where jobs without a bucket of their own upload to.
    case prowConfig
    /// Who approves changes below a folder.
    case owners
    /// What the groups in OWNERS files stand for.
    case ownersAliases
    /// The Go test that lists what dashboards may be called.
    case dashboardPrefixes
}

/// Sorts paths into the kinds of registry files, by a repository's globs.
public struct RegistryFileSorter: Sendable {
    private let buckets: [Glob]
    private let testgrid: [Glob]
    private let jobs: [Glob]

    /// A sorter for the paths of a policy.
    public init(paths: RegistryPaths) {
        buckets = paths.buckets.map(Glob.init)
        testgrid = paths.testgrid.map(Glob.init)
        jobs = paths.jobs.map(Glob.init)
    }

    /// What the file at a path is; nil where the registry does not read it.
    ///
    /// - Parameter path: Relative to the root of the checkout, with `/` between its parts.
    /// - Returns: The kind of file, by its name and the policy's globs.
    public func kind(of path: String) -> RegistryFileKind? {
        let name = path.split(separator: "/").last.map(String.init) ?? ""
        switch name {
        case "OWNERS": return .owners
        case "OWNERS_ALIASES": return path == name ? .ownersAliases : nil
        default: break
        }
        if Self.dashboardPrefixTests.contains(path) { return .dashboardPrefixes }
        if path == Self.prowConfig { return .prowConfig }
        if buckets.contains(where: { $0.matches(path) }) { return .buckets }
        if testgrid.contains(where: { $0.matches(path) }) {
            return Self.isDefaults(name) ? .testgridDefaults : .testgrid
        }
        if jobs.contains(where: { $0.matches(path) }) { return .jobs }
        return nil
    }

    /// Whether a file other than OWNERS may lie in or below a folder that the registry reads.
    ///
    /// - Parameter folder: Relative to the root of the checkout; empty for the root itself.
    /// - Returns: Yes where the globs of the policy, or a fixed path, may fit something below it.
    public func mayHoldConfiguration(below folder: String) -> Bool {
        let fixed = (Self.dashboardPrefixTests + [Self.prowConfig]).map(Glob.init)
        return (buckets + testgrid + jobs + fixed).contains { $0.mayMatch(below: folder) }
    }

    private static let prowConfig = "config/prow/config.yaml"

    /// Where kubernetes/test-infra keeps the Go test, today and in 2018.
    static let dashboardPrefixTests = [
        "config/tests/testgrids/config_test.go", "testgrid/cmd/configurator/config_test.go",
    ]

    private static func isDefaults(_ name: String) -> Bool { name == "default.yaml" || name == "default.yml" }
}

/// The folder of a path; empty for a file at the root.
func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return String(path[..<slash])
}
