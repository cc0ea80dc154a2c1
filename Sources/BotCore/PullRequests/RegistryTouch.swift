/// What the paths that a pull request changes have to do with the registry.
public struct RegistryTouch: Hashable, Sendable {
    /// The changed files of the registry itself, old names of renamed files included, in order.
    ///
    /// OWNERS files and Prow's own configuration are read with the registry, and a change of them alone is none of it.
    public let registryPaths: [String]
    /// Whether the repository's policy for the bot is changed.
    public let isPolicyChanged: Bool
    /// Whether every changed file of the registry is written by a generator.
    public let isGeneratedOnly: Bool

    /// Looks at what a pull request changes.
    ///
    /// - Parameters:
    ///   - changes: Every changed file.
    ///   - policy: The policy of the base branch.
    public init(_ changes: [ChangedFile], policy: Policy) {
        let sorter = RegistryFileSorter(paths: policy.paths)
        let generated = policy.generated.map { Glob($0) }
        var found: Set<String> = []
        for path in changes.lazy.flatMap(\.paths) {
            switch sorter.kind(of: path) {
            case .buckets, .testgrid, .testgridDefaults, .jobs: found.insert(path)
            case .prowConfig, .owners, .ownersAliases, .dashboardPrefixes, nil: break
            }
        }
        registryPaths = found.sorted()
        isPolicyChanged = changes.contains { $0.paths.contains(PolicyFile.path) }
        isGeneratedOnly =
            !registryPaths.isEmpty
            && registryPaths.allSatisfy { path in generated.contains { $0.matches(path) } }
    }

    /// Whether there is anything to judge.
    public var isAny: Bool { isPolicyChanged || !registryPaths.isEmpty }
}
