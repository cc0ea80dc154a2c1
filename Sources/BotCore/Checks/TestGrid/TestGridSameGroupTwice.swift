/// A dashboard with two tabs of one test group.
enum TestGridSameGroupTwice: RegistryRule {
    static let id: RuleID = "tg-same-group-twice"
    static let severity = Severity.error
    static let source = "config/tests/testgrids/config_test.go in kubernetes/test-infra"
    static let isUpstreamEnforced = true
    static let example = """
        dashboards:
        - name: sig-acme
          dashboard_tab:
          - name: e2e
            test_group_name: ci-acme-e2e
          - name: e2e-again
            test_group_name: ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        context.registry.dashboards.flatMap { dashboard -> [Finding] in
            let annotated = context.registry.annotatedTabs(on: dashboard.name)
            guard dashboard.tabs.count + annotated.count > 1 else { return [] }
            let tabs = dashboard.tabs
            func tab(at index: Int) -> NamedThing {
                index < tabs.count ? .tab(tabs[index]) : .annotatedTab(annotated[index - tabs.count])
            }
            var first: [ExactText: Int] = [:]
            var findings: [Finding] = []
            let groups = (tabs.map(\.testGroupName) + annotated.map(\.testGroupName)).map { ExactText($0) }
            for (index, group) in groups.enumerated() where !group.text.isEmpty {
                guard let earlier = first[group] else {
                    first[group] = index
                    continue
                }
                let (kept, judged) = context.order(tab(at: earlier), tab(at: index))
                findings.append(
                    finding(
                        at: judged.tabPlace, about: judged.selector,
                        [
                            "dashboard": dashboard.name, "group": group.text, "tab": judged.name, "otherTab": kept.name,
                            "otherPath": kept.tabPlace.path, "otherLine": String(kept.tabPlace.line),
                        ],
                        // The tests of the one file's day did not ask for it.
                        severity: context.registry.isOneFile ? .warning : .error))
            }
            return findings
        }
    }
}

extension NamedThing {
    /// Where a tab says what it shows; where the name stands for anything else.
    fileprivate var tabPlace: SourcePlace {
        switch self {
        case .tab(let tab): tab.place(of: "test_group_name")
        case .annotatedTab(let tab): SourcePlace(path: tab.path, line: tab.line)
        default: place
        }
    }
}
