/// A name that has too few letters and digits, or far too many, or is not there at all.
enum TestGridNameShort: RegistryRule {
    static let id: RuleID = "tg-name-short"
    static let severity = Severity.error
    static let source = "validateName in config/config.go of GoogleCloudPlatform/testgrid"
    static let isUpstreamEnforced = true
    static let example = """
        dashboards:
        - name: sig-acme
          dashboard_tab:
          - name: e2
            test_group_name: ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        context.namedThings { !(fewest...most).contains(NormalizedName.count($0)) }.map { thing in
            let count = NormalizedName.count(thing.name)
            return finding(
                at: thing.place, about: thing.name.isEmpty ? nil : thing.selector,
                [
                    "kind": thing.kind, "name": String(thing.name.prefix(100)),
                    "problem": thing.name.isEmpty
                        ? "is empty" : "has \(count == 1 ? "1 letter or digit" : "\(count) letters and digits")",
                ])
        }
    }

    /// The fewest ASCII letters and digits of a name.
    private static let fewest = 3
    /// The most.
    private static let most = 2048
}
