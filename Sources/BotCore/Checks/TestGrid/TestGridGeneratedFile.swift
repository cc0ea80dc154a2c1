/// A file that a generator writes was changed.
enum TestGridGeneratedFile: RegistryRule {
    static let id: RuleID = "tg-generated-file"
    static let severity = Severity.note
    static let source = "`generated` in .github/bucketbot.yaml"
    static let example = """
        config/testgrids/openshift/redhat-openshift-ocp-release-4.22-blocking.yaml was edited by hand.
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        guard let change = context.change else { return [] }
        let globs = context.policy.generated.map(Glob.init)
        return context.registry.files.filter { file in
            let isChanged = change.base.file(at: file.path)?.source.lines.bytes != file.source.lines.bytes
            return isChanged && globs.contains { $0.matches(file.path) }
        }.map { file in
            let owners = ContactResolver(registry: context.registry).owners(of: file.path).map { $0.value }
            let first = change.editedLines[ExactText(file.path)]?.ranges.first?.lowerBound ?? 1
            return finding(
                at: SourcePlace(path: file.path, line: first), about: nil,
                ["path": file.path, "owners": owners.isEmpty ? "its owners" : owners.listed(limit: 3)])
        }
    }
}
