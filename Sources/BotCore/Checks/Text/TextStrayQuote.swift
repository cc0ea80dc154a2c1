/// A description with a quotation mark left over at its end.
enum TextStrayQuote: RegistryRule {
    static let id: RuleID = "text-stray-quote"
    static let severity = Severity.note
    static let source = "descriptions of kubernetes/test-infra that showed such a mark for years"
    static let example = """
        dashboards:
        - name: sig-acme
          dashboard_tab:
          - name: e2e
            test_group_name: ci-acme-e2e
            description: Runs conformance tests on Acme clusters"
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let registry = context.registry
        var found: [Finding] = []
        for dashboard in registry.dashboards where context.judges(dashboard.path) {
            found += stray(in: dashboard, dashboard.selector, registry)
            for tab in dashboard.tabs { found += stray(in: tab, tab.selector, registry) }
        }
        for group in registry.dashboardGroups { found += stray(in: group, group.selector, registry) }
        return found
    }

    private static func stray(in item: some RegistryItem, _ entry: Selector, _ registry: Registry) -> [Finding] {
        guard let pair = item.node.field("description"), let text = pair.value.text, text.hasSuffix("\""),
            !text.utf8.count(where: { $0 == UInt8(ascii: "\"") }).isMultiple(of: 2)
        else { return [] }
        let mended = registry.replacement(in: item.path).flatMap { fix(for: pair.value, by: $0) }
        return [
            finding(
                at: item.place(of: pair.span), about: entry, ["name": entry.name, "description": text], fix: mended)
        ]
    }

    /// The line without the mark; nil for a text of several lines.
    private static func fix(for node: YAMLNode, by replacement: LineReplacement) -> Fix? {
        let columnsBehindMark: Int
        switch node.scalar?.style {
        case .plain: columnsBehindMark = 0
        case .singleQuoted: columnsBehindMark = 1
        default: return nil
        }
        guard node.span.startLine == node.span.endLine else { return nil }
        let end = node.span.endColumn - columnsBehindMark
        let mark = SourceSpan(
            startLine: node.span.endLine, startColumn: end - 1, endLine: node.span.endLine, endColumn: end)
        return replacement.replacing(mark, with: "")
    }
}
