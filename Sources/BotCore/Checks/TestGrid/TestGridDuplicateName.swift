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
        let (groups, implied) = (registry.groups, registry.impliedGroups { _ in true })
        var pairs = repeated(groups.map(\.name) + implied.map(\.name)) { index in
            index < groups.count ? .group(groups[index]) : .job(implied[index - groups.count])
        }
        // Dashboards and dashboard groups share one space of names.
        let (boards, gatherings) = (registry.dashboards, registry.dashboardGroups)
        pairs += repeated(boards.map(\.name) + gatherings.map(\.name)) { index in
            index < boards.count ? .dashboard(boards[index]) : .dashboardGroup(gatherings[index - boards.count])
        }
        for dashboard in boards {
            let (tabs, annotated) = (dashboard.tabs, registry.annotatedTabs(on: dashboard.name))
            guard tabs.count + annotated.count > 1 else { continue }
            pairs += repeated(tabs.map(\.name) + annotated.map(\.name)) { index in
                index < tabs.count ? .tab(tabs[index]) : .annotatedTab(annotated[index - tabs.count])
            }
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
    ///
    /// Of thousands of names hardly one comes twice, so that a thing is made only where its name does.
    private static func repeated(
        _ names: [String], _ thing: (Int) -> NamedThing
    ) -> [(NamedThing, NamedThing)] {
        var first: [String: Int] = [:]
        first.reserveCapacity(names.count)
        var pairs: [(NamedThing, NamedThing)] = []
        for (index, name) in names.enumerated() {
            let name = NormalizedName.text(name)
            // What has no name at all is reported as such, not as a repetition of the next such thing.
            guard !name.isEmpty else { continue }
            if let earlier = first[name] { pairs.append((thing(earlier), thing(index))) } else { first[name] = index }
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
