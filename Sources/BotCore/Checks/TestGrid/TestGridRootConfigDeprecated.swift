/// Something new in the root `config.yaml`, which is to be emptied.
enum TestGridRootConfigDeprecated: RegistryRule {
    static let id: RuleID = "tg-root-config-deprecated"
    static let severity = Severity.warning
    static let source = "the header of config/testgrids/config.yaml in kubernetes/test-infra"
    static let example = """
        # DEPRECATED: Please do not add to this document.
        test_groups:
        - name: ci-acme-e2e
          gcs_prefix: kubernetes-ci-logs/logs/ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        guard let change = context.change else { return [] }
        return context.registry.files.compactMap { file in
            guard case .testgrid(let content) = file.content, isDeprecated(file),
                change.editedLines[ExactText(file.path)] != nil
            else { return nil }
            let added = things(in: content, since: change.base.file(at: file.path))
            guard let first = added.min(by: { $0.place.line < $1.place.line }) else { return nil }
            return finding(
                at: first.place, about: first.selector,
                ["path": file.path, "added": added.map { "\($0.kind) \($0.name)" }.listed()])
        }
    }

    /// The file that upstream's header names, or one with the same word above its first key.
    private static func isDeprecated(_ file: RegistryFile) -> Bool {
        if file.path == "config/testgrids/config.yaml" { return true }
        let start = file.source.root?.span.startLine ?? 1
        return file.source.comments(in: 1..<max(1, start)).contains { $0.text.hasPrefix("DEPRECATED") }
    }

    private static func things(in content: TestGridFile, since old: RegistryFile?) -> [NamedThing] {
        var before: Set<Selector> = []
        if case .testgrid(let content) = old?.content { before = Set(things(in: content).map(\.selector)) }
        var isKnownDashboard: Set<ExactText> = []
        return things(in: content).filter { thing in
            // The tabs of a new dashboard go without saying.
            if case .tab(let tab) = thing, isKnownDashboard.contains(ExactText(tab.dashboard)) { return false }
            guard !before.contains(thing.selector) else { return false }
            if case .dashboard(let dashboard) = thing { isKnownDashboard.insert(ExactText(dashboard.name)) }
            return true
        }
    }

    private static func things(in content: TestGridFile) -> [NamedThing] {
        content.groups.map(NamedThing.group)
            + content.dashboards.flatMap { [NamedThing.dashboard($0)] + $0.tabs.map(NamedThing.tab) }
            + content.dashboardGroups.map(NamedThing.dashboardGroup)
    }
}
