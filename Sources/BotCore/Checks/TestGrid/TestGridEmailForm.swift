/// An address for alerts that is none, or that looks misspelt.
enum TestGridEmailForm: RegistryRule {
    static let id: RuleID = "tg-email-form"
    static let severity = Severity.error
    static let source = """
        validateEmails in config/config.go of GoogleCloudPlatform/testgrid; config/tests/testgrids/config_test.go in \
        kubernetes/test-infra
        """
    static let example = """
        dashboards:
        - name: sig-acme
          dashboard_tab:
          - name: e2e
            test_group_name: ci-acme-e2e
            alert_options:
              alert_mail_to_addresses: acme-alerts.example.com
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let lists = context.alertAddresses
        var reader = AddressReader(lists)
        return lists.flatMap { list in
            let problems = reader.problems(of: list)
            if problems.isEmpty { return spaceFinding(for: list, in: context) }
            return problems.map { problem in
                finding(
                    at: list.place, about: list.entry, ["address": problem.address, "problem": problem.words],
                    severity: problem.isBroken ? .error : .warning)
            }
        }
    }

    /// A space in a list is told once, and only where nothing worse is wrong with the list.
    private static func spaceFinding(for list: AlertAddresses, in context: RegistryContext) -> [Finding] {
        // Few lists hold anything that could be white space, as their bytes tell.
        guard list.text.utf8.contains(where: { $0 <= 0x20 || $0 >= 0x7F }) else { return [] }
        guard let spaced = list.pieces.first(where: hasSpaceAround) else { return [] }
        return [
            finding(
                at: list.place, about: list.entry,
                ["address": spaced.trimmingWhitespace(), "problem": spaceProblem], severity: .warning,
                fix: fix(for: list, in: context))
        ]
    }

    private static let spaceProblem = "has a space beside it; TestGrid splits the list at the comma alone"

    private static func hasSpaceAround(_ piece: Substring) -> Bool {
        piece.first?.isWhitespace == true || piece.last?.isWhitespace == true
    }

    /// The list without the spaces; nil where that is not what is wrong with it.
    private static func fix(for list: AlertAddresses, in context: RegistryContext) -> Fix? {
        let text = list.pieces.map { $0.trimmingWhitespace() }.joined(separator: ",")
        guard let node = list.node, text != list.text else { return nil }
        return context.registry.replacement(in: list.place.path)?.replacing(scalar: node, with: text)
    }
}
