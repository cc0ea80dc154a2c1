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
        let lists = context.registry.alertAddresses
        let domains = DomainCounts(lists)
        return lists.flatMap { list in
            var found: [Finding] = []
            for address in list.pieces.map({ $0.trimmingWhitespace() }) {
                let broken = brokenForm(of: address)
                let doubt = broken == nil ? domains.doubt(about: domain(of: address), in: list.place.path) : nil
                guard let problem = broken ?? doubt else { continue }
                found.append(
                    finding(
                        at: list.place, about: list.entry, ["address": address, "problem": problem],
                        severity: broken == nil ? .warning : .error))
            }
            // One space in a list is told once, and only where nothing worse is wrong with the list.
            if found.isEmpty, let spaced = list.pieces.first(where: hasSpaceAround) {
                found.append(
                    finding(
                        at: list.place, about: list.entry,
                        ["address": spaced.trimmingWhitespace(), "problem": spaceProblem], severity: .warning,
                        fix: fix(for: list, in: context)))
            }
            return found
        }
    }

    private static let spaceProblem = "has a space beside it; TestGrid splits the list at the comma alone"

    private static func hasSpaceAround(_ piece: Substring) -> Bool {
        piece.first?.isWhitespace == true || piece.last?.isWhitespace == true
    }

    /// What keeps a text from being an address, as the rest of a sentence.
    private static func brokenForm(of address: String) -> String? {
        if address.isEmpty { return "is empty: there is a comma too many" }
        let parts = address.split(separator: "@", omittingEmptySubsequences: false)
        if parts.count != 2 { return "has \(parts.count - 1) @ signs, and an address has one" }
        if parts.contains(where: \.isEmpty) { return "has nothing on one side of the @" }
        // "Acme <alerts@acme.example>" is an address, too.
        if !address.hasSuffix(">"), address.contains(where: \.isWhitespace) { return "has a space in it" }
        return nil
    }

    static func domain(of address: String) -> String {
        let domain = address.split(separator: "@").last.map(String.init) ?? ""
        return (domain.hasSuffix(">") ? String(domain.dropLast()) : domain).lowercased()
    }

    /// The list without the spaces; nil where that is not what is wrong with it.
    private static func fix(for list: AlertAddresses, in context: RegistryContext) -> Fix? {
        let text = list.pieces.map { $0.trimmingWhitespace() }.joined(separator: ",")
        guard let node = list.node, text != list.text else { return nil }
        return context.registry.replacement(in: list.place.path)?.replacing(scalar: node, with: text)
    }
}

/// How often each file has each domain, so that the odd one out is seen.
private struct DomainCounts {
    private var counts: [String: [String: Int]] = [:]

    init(_ lists: [AlertAddresses]) {
        for list in lists {
            for piece in list.pieces {
                let domain = TestGridEmailForm.domain(of: piece.trimmingWhitespace())
                counts[list.place.path, default: [:]][domain, default: 0] += 1
            }
        }
    }

    /// Why a domain is probably a misspelling, as the rest of a sentence; nil where it looks good.
    func doubt(about domain: String, in path: String) -> String? {
        let labels = domain.split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count > 1, let last = labels.last, !labels.contains(where: \.isEmpty) else {
            return "has no complete domain behind the @"
        }
        if last.utf8.count != 2, !Self.commonEndings.contains(String(last)) {
            return "ends in .\(last), which few domains do"
        }
        let others = counts[path] ?? [:]
        let own = others[domain] ?? 0
        let better = others.filter { other, count in
            let isLikelier = count > own || (count == own && other.utf8.count > domain.utf8.count)
            return isLikelier && editDistance(domain, other, limit: 1) == 1
        }.keys.min()
        return better.map { "is at \(domain), while others in this file are at \($0)" }
    }

    /// Endings of more than two letters that companies and projects really use; those of countries have two.
    private static let commonEndings: Set<String> = [
        "academy", "agency", "app", "biz", "blog", "build", "careers", "cloud", "codes", "com", "community",
        "company", "computer", "consulting", "coop", "dev", "digital", "edu", "email", "energy", "engineering",
        "finance", "foundation", "global", "gov", "group", "health", "host", "info", "int", "live", "mil",
        "mobi", "name", "net", "network", "news", "one", "online", "org", "page", "partners", "pro", "rocks",
        "run", "services", "shop", "site", "social", "software", "solutions", "space", "store", "studio",
        "support", "systems", "team", "tech", "technology", "tel", "tools", "top", "work", "works", "world",
        "xyz", "zone",
    ]
}
