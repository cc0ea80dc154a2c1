/// A dashboard with results from elsewhere, and nobody to ask about them.
enum TestGridContactMissing: RegistryRule {
    static let id: RuleID = "tg-contact-missing"
    static let severity = Severity.error
    static let implies: [RuleID] = ["bucket-in-kettle-optional"]
    static let source = "docs/contributing-test-results.md in kubernetes/test-infra: designate a point of contact"
    static let example = """
        test_groups:
        - name: ci-acme-e2e
          gcs_prefix: k8s-conformance-acme/logs/ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        var nameless = NamelessGroups(registry: context.registry)
        return context.registry.dashboards.compactMap { dashboard in
            let groups = dashboard.tabs.compactMap { tab -> TestGroup? in
                context.registry.externalGroup(named: tab.testGroupName).flatMap { nameless.contains($0) ? $0 : nil }
            }
            guard let first = groups.first else { return nil }
            let isNew = context.change?.adds(dashboard) == true
            return finding(
                at: dashboard.place(of: "name"), about: dashboard.selector,
                [
                    "dashboard": dashboard.name, "groups": groups.map(\.name).listed(), "group": first.name,
                    "path": first.path, "groupLine": String(first.span.startLine),
                ],
                severity: isNew ? .error : .warning)
        }
    }
}

/// Tells the test groups without a contact, looking once for the owners of each file.
private struct NamelessGroups {
    let registry: Registry
    private var hasOwners: [String: Bool] = [:]

    init(registry: Registry) { self.registry = registry }

    mutating func contains(_ group: TestGroup) -> Bool {
        if let known = hasOwners[group.path] {
            if known { return false }
        } else {
            let found = !ContactResolver(registry: registry).owners(of: group.path).isEmpty
            hasOwners[group.path] = found
            if found { return false }
        }
        return registry.contacts(of: group).isEmpty
    }
}
