/// What a sweep looks at: the entries of a registry, and what has to be asked for each.
public struct SweepTargets: Sendable {
    /// One entry, and where its results lie.
    struct Target: Sendable {
        let selector: Selector
        let place: SourcePlace
        let keys: [LookKey]
        let isUnbackedPresubmit: Bool
    }

    /// The entries, in the order of the registry.
    let entries: [Target]
    /// The test groups that read below each entry of `buckets.yaml`.
    let readers: [Selector: [Selector]]
    /// The control locations that the policy names.
    let controls: [LookKey]

    /// The entries of a registry.
    ///
    /// - Parameters:
    ///   - registry: The registry.
    ///   - policy: The repository's policy.
    public init(_ registry: Registry, policy: Policy) {
        entries = registry.entries.compactMap { selector in
            guard let target = registry.probeTarget(for: selector), let place = target.place else { return nil }
            return Target(
                selector: selector, place: place, keys: target.locations.map { LookKey($0, target.expectation) },
                isUnbackedPresubmit: target.isUnbackedPresubmit)
        }
        var readers: [Selector: [Selector]] = [:]
        for entry in registry.buckets {
            guard let location = entry.location else { continue }
            readers[entry.selector] = registry.groups(below: location).map(\.selector)
        }
        self.readers = readers
        controls = policy.controlLocations.compactMap { text in
            do { return LookKey(try BucketLocation(text), .any) } catch { return nil }
        }
    }

    /// How many entries there are.
    public var count: Int { entries.count }

    /// What is looked at first: the locations of all test groups, and the control locations; each once.
    public var first: [LookKey] {
        let groups = entries.filter { if case .testGroup = $0.selector { true } else { false } }
        return unique(groups.flatMap(\.keys) + controls)
    }

    /// What is looked at after that: the entries of `buckets.yaml` of which no test group tells that they are fresh.
    ///
    /// A folder may hold thousands of jobs, and one of them that is fresh tells all that is asked.
    ///
    /// - Parameter freshGroups: The test groups that are fresh.
    /// - Returns: What to look at, each once.
    public func second(freshGroups: Set<Selector>) -> [LookKey] {
        let open = entries.filter { target in
            guard case .bucket = target.selector else { return false }
            return readers[target.selector]?.contains(where: freshGroups.contains) != true
        }
        return unique(open.flatMap(\.keys))
    }

    /// Where the results lie of everything that some proposals take out, each once.
    public func keys(of proposals: [RemovalProposal]) -> [LookKey] {
        let proposed = Set(proposals.flatMap(\.selectors))
        return unique(entries.filter { proposed.contains($0.selector) }.flatMap(\.keys))
    }

    private func unique(_ keys: [LookKey]) -> [LookKey] {
        var seen: Set<LookKey> = []
        return keys.filter { seen.insert($0).inserted }
    }
}
