/// A name that begins like one of TestGrid's own files.
enum TestGridNameReserved: RegistryRule {
    static let id: RuleID = "tg-name-reserved"
    static let severity = Severity.error
    static let source = "validateName in config/config.go of GoogleCloudPlatform/testgrid"
    static let isUpstreamEnforced = true
    static let example = """
        dashboards:
        - name: sig-acme
          dashboard_tab:
          - name: Summary
            test_group_name: ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        context.namedThings { reservedWord(startingNormalized: $0) != nil }.map { thing in
            finding(
                at: thing.place, about: thing.selector,
                [
                    "kind": thing.kind, "name": thing.name,
                    "word": reservedWord(startingNormalized: thing.name) ?? "",
                ])
        }
    }

    private static let reserved = ["dashboard", "alerter", "summary", "bugs"]

    /// The reserved word that a name starts with once it is normalized.
    private static func reservedWord(startingNormalized name: String) -> String? {
        // Most names start with another letter, and need not be normalized for that.
        guard let first = name.utf8.first(where: ContactText.isASCIILetterOrDigit)?.lowercasedASCII,
            "dasb".utf8.contains(first)
        else { return nil }
        let normalized = NormalizedName.text(name)
        return reserved.first { normalized.hasPrefix($0) }
    }
}
