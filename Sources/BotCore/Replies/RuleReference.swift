/// The list of all rules, for people: `docs/RULES.md` and `bucketbot rules`.
public struct RuleReference {
    private let texts: RuleTexts
    private let rules: [any Rule.Type]

    /// The list of every rule there is.
    public init(texts: RuleTexts) {
        self.texts = texts
        rules = RuleCatalog.all
    }

    /// A line a rule: id, severity and what is wrong.
    public func list() -> String {
        let width = rules.map { $0.id.name.count }.max() ?? 0
        return rules.map { rule in
            let name = rule.id.name.padded(to: width)
            return "\(name)  \(rule.severity.rawValue.padded(to: 7))  \(words(of: rule).what)\n"
        }.joined()
    }

    /// The page, one section a rule.
    public func markdown() -> String {
        var page = """
            # Rules

            What `bucketbot check`, `probe` and `layout` look for, in the order of the alphabet.
            This page is written by `make docs` from the rules themselves; change a rule or its template, not the page.
            Words in braces stand for what was found.

            | rule | severity | upstream's own tests refuse it |
            |---|---|---|

            """
        for rule in rules {
            let name = "[`\(rule.id.name)`](#\(rule.id.name))"
            page += "| \(name) | \(rule.severity.rawValue) | \(rule.isUpstreamEnforced ? "yes" : "") |\n"
        }
        for rule in rules { page += section(rule) }
        return page
    }

    /// The rule's words with the names of what is found in braces.
    private func words(of rule: any Rule.Type) -> RuleWords {
        texts.words(of: rule.id, placeholder: { "{\($0)}" }) ?? RuleWords(what: "", why: "", fix: "")
    }

    private func section(_ rule: any Rule.Type) -> String {
        let words = words(of: rule)
        var section = "\n## \(rule.id.name)\n\n"
        section += "Severity: \(rule.severity.rawValue).\n\n"
        section += "\(words.what)\n\n"
        section += "Reason: \(words.why)\n\n"
        section += "Example:\n\n```yaml\n\(rule.example)\n```\n\n"
        section += "Fix: \(words.fix)\n\n"
        if !rule.implies.isEmpty {
            let implied = rule.implies.map { "[`\($0.name)`](#\($0.name))" }.joined(separator: ", ")
            section += "Implies: \(implied).\n\n"
        }
        section += "Source: \(rule.source)\n"
        return section
    }
}
