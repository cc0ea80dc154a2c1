/// A file of the registry, other than `buckets.yaml`, is not YAML as the registry's programs read it.
enum TestGridYAMLParse: RegistryRule {
    static let id: RuleID = "tg-yaml-parse"
    static let severity = Severity.error
    static let source = "yamlcfg/yaml2proto.go in GoogleCloudPlatform/testgrid, which reads strictly since 2021"
    static let isUpstreamEnforced = true
    static let example = """
        test_groups:
        - name: ci-acme
          name: ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        context.registry.files.filter { $0.kind != .buckets && !$0.source.issues.isEmpty }.flatMap { file in
            file.source.issues.map { issue in
                let isTestGrid = file.kind == .testgrid || file.kind == .testgridDefaults
                return finding(
                    at: SourcePlace(path: file.path, line: issue.line, column: issue.column), about: nil,
                    ["path": file.path, "problem": issue.words.what, "repair": issue.words.fix],
                    severity: isTestGrid ? .error : .warning)
            }
        }
    }
}
