/// Two names that are one to TestGrid, which compares only letters and digits and ignores their case.
enum TestGridDuplicateName: RegistryRule {
    static let id: RuleID = "tg-duplicate-name"
    static let severity = Severity.error
    static let source = "validateAllUnique in config/config.go of GoogleCloudPlatform/testgrid"
    static let isUpstreamEnforced = true
    static let example = """
        test_groups:
        - name: ci-acme-e2e
          gcs_prefix: kubernetes-ci-logs/logs/ci-acme-e2e
        - name: ci-acme_e2e
          gcs_prefix: kubernetes-ci-logs/logs/ci-acme_e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let registry = context.registry
        var pairs = repeated(
            registry.groups.map(NamedThing.group) + registry.impliedGroups { _ in true }.map(NamedThing.job))
        // Dashboards and dashboard groups share one space of names.
        pairs += repeated(
            registry.dashboards.map(NamedThing.dashboard) + registry.dashboardGroups.map(NamedThing.dashboardGroup))
        for dashboard in registry.dashboards {
            let annotated = registry.annotatedTabs(on: dashboard.name)
            guard dashboard.tabs.count + annotated.count > 1 else { continue }
            pairs += repeated(dashboard.tabs.map(NamedThing.tab) + annotated.map(NamedThing.annotatedTab))
        }
        return pairs.map { first, second in
            let (kept, judged) = context.order(first, second)
            return finding(
                at: judged.place, about: judged.selector,
                [
                    "kind": judged.kind, "name": judged.name, "otherKind": kept.kind, "otherName": kept.name,
                    "otherPath": kept.place.path, "otherLine": String(kept.place.line),
                ])
        }
    }

    /// Each thing whose name came before, with the one that had it first.
    private static func repeated(_ things: [NamedThing]) -> [(NamedThing, NamedThing)] {
        var first: [String: Int] = [:]
        first.reserveCapacity(things.count)
        var pairs: [(NamedThing, NamedThing)] = []
        for (index, thing) in things.enumerated() {
            let name = NormalizedName.text(thing.name)
            // What has no name at all is reported as such, not as a repetition of the next such thing.
            guard !name.isEmpty else { continue }
            if let earlier = first[name] { pairs.append((things[earlier], thing)) } else { first[name] = index }
        }
        return pairs
    }
}

extension RegistryContext {
    /// Two things of which one must give way: the one that stays, and the one to be judged.
    ///
    /// That is the later one, unless only the earlier one was added or edited by the change.
    func order(_ first: NamedThing, _ second: NamedThing) -> (kept: NamedThing, judged: NamedThing) {
        guard let change, change.touches(first.place), !change.touches(second.place) else { return (first, second) }
        return (second, first)
    }
}
