/// A line of `dashboard_names` that cannot stand there, or a dashboard that has none and needs one.
enum TestGridDashboardGroupMember: RegistryRule {
    static let id: RuleID = "tg-dashboard-group-member"
    static let severity = Severity.error
    static let source = """
        validateReferencesExist in config/config.go of GoogleCloudPlatform/testgrid; \
        config/tests/testgrids/config_test.go in kubernetes/test-infra
        """
    static let isUpstreamEnforced = true
    static let example = """
        dashboard_groups:
        - name: sig-acme
          dashboard_names:
          - sig-acme-e2e
          - sig-acme-typo
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let registry = context.registry
        guard registry.isReadThroughout else { return [] }
        var groupsOfDashboard: [ExactText: [DashboardGroup]] = [:]
        var findings: [Finding] = []
        for group in registry.dashboardGroups {
            for member in group.members {
                if let problem = problem(
                    of: member, in: group, earlier: groupsOfDashboard[ExactText(member.name)], registry)
                {
                    findings.append(
                        finding(
                            at: group.place(of: member.span), about: group.selector,
                            [
                                "dashboard": member.name, "group": group.name, "problem": problem.what,
                                "repair": problem.repair,
                            ]))
                }
                groupsOfDashboard[ExactText(member.name), default: []].append(group)
            }
        }
        return findings + unlisted(in: registry, groupsOfDashboard)
    }

    private static func problem(
        of member: DashboardGroup.Member, in group: DashboardGroup, earlier: [DashboardGroup]?, _ registry: Registry
    ) -> (what: String, repair: String)? {
        if registry.dashboard(named: member.name) == nil {
            return (
                "no dashboard of that name is defined", "Correct the name, delete the line, or define the dashboard"
            )
        }
        if let first = earlier?.first {
            let already = first.name == group.name ? "there twice" : "already in the dashboard group \"\(first.name)\""
            return ("it is \(already)", "Keep it in one dashboard group and delete the other line")
        }
        if !member.name.hasPrefix(group.name) {
            return (
                "its name does not start with \"\(group.name)\"",
                "Start the dashboard's name with \"\(group.name)-\", or list it in the group whose name it starts with"
            )
        }
        return nil
    }

    /// The dashboards that are named after a dashboard group and are in neither it nor one named after it.
    private static func unlisted(
        in registry: Registry, _ groupsOfDashboard: [ExactText: [DashboardGroup]]
    ) -> [Finding] {
        let named = registry.dashboardGroups.map { (ExactText($0.name), $0) }
        let groups = Dictionary(named, uniquingKeysWith: { first, _ in first })
        return registry.dashboards.compactMap { dashboard in
            guard let home = longestGroup(heading: dashboard.name, in: groups) else { return nil }
            let own = groupsOfDashboard[ExactText(dashboard.name)] ?? []
            guard !own.contains(where: { $0.name.hasPrefix(home.name) }) else { return nil }
            let elsewhere = own.first.map { "it is in \"\($0.name)\" instead" } ?? "it is in no dashboard group"
            return finding(
                at: dashboard.place(of: "name"), about: dashboard.selector,
                [
                    "dashboard": dashboard.name, "group": home.name,
                    "problem": "its name starts with \"\(home.name)-\" but \(elsewhere)",
                    "repair": "Add \"- \(dashboard.name)\" to dashboard_names of \"\(home.name)\" in \(home.path)",
                ],
                severity: registry.isOneFile ? .warning : .error)
        }
    }

    /// The dashboard group with the longest name that, with a `-` behind it, begins the name of a dashboard.
    private static func longestGroup(heading name: String, in groups: [ExactText: DashboardGroup]) -> DashboardGroup? {
        var rest = name[...]
        while let dash = rest.lastIndex(of: "-") {
            rest = rest[..<dash]
            if let group = groups[ExactText(String(rest))] { return group }
        }
        return nil
    }
}
