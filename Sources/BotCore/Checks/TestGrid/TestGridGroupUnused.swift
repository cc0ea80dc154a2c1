/// A test group that no tab shows.
enum TestGridGroupUnused: RegistryRule {
    static let id: RuleID = "tg-group-unused"
    static let severity = Severity.error
    static let source = "validateReferencesExist in config/config.go of GoogleCloudPlatform/testgrid"
    static let isUpstreamEnforced = true
    static let example = """
        test_groups:
        - name: ci-acme-e2e
          gcs_prefix: kubernetes-ci-logs/logs/ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let registry = context.registry
        guard registry.isReadThroughout else { return [] }
        let written = registry.groups.filter { !$0.name.isEmpty && !registry.isShown(group: $0.name) }.map { group in
            finding(
                at: group.place(of: "name"), about: group.selector,
                ["name": group.name, "origin": ""])
        }
        let implied = registry.impliedGroups { !registry.isShown(group: $0) }.map { job in
            finding(
                at: SourcePlace(path: job.path, line: job.line), about: .testGroup(job.name),
                ["name": job.name, "origin": ", which TestGrid makes of the Prow job of this name,"])
        }
        return written + implied
    }
}
