/// Two test groups that read the same results.
enum TestGridGCSPrefixShared: RegistryRule {
    static let id: RuleID = "tg-gcs-prefix-shared"
    static let severity = Severity.warning
    static let source = "TestGroup in https://github.com/GoogleCloudPlatform/testgrid/blob/master/config.md"
    static let example = """
        test_groups:
        - name: ci-acme-e2e
          gcs_prefix: kubernetes-ci-logs/logs/ci-acme-e2e
        - name: ci-acme-e2e-copy
          gcs_prefix: kubernetes-ci-logs/logs/ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        var firstGroups: [ExactText: TestGroup] = [:]
        var findings: [Finding] = []
        for group in context.registry.groups {
            for prefix in (group.gcsPrefix?.parts ?? []).map(withoutFinalSlash) where !prefix.isEmpty {
                guard let first = firstGroups[ExactText(prefix)] else {
                    firstGroups[ExactText(prefix)] = group
                    continue
                }
                // A group of the same name is the same group twice, which `tg-duplicate-name` says.
                guard !first.name.isExactly(group.name) else { continue }
                findings.append(shared(prefix, by: first, and: group, in: context))
            }
        }
        return findings
    }

    private static func shared(
        _ prefix: String, by first: TestGroup, and second: TestGroup, in context: RegistryContext
    ) -> Finding {
        let isOnlyFirstNew = context.change.map { $0.touches(first) && !$0.touches(second) } == true
        let (kept, judged) = isOnlyFirstNew ? (second, first) : (first, second)
        return finding(
            at: judged.place(of: "gcs_prefix"), about: judged.selector,
            [
                "name": judged.name, "prefix": prefix, "otherName": kept.name, "otherPath": kept.path,
                "otherLine": String(kept.span.startLine),
            ])
    }

    private static func withoutFinalSlash(_ text: String) -> String {
        text.hasSuffix("/") ? String(text.dropLast()) : text
    }
}
