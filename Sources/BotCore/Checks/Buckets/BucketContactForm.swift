/// A contact of `buckets.yaml` is one GitHub login, without `@`.
enum BucketContactForm: RegistryRule {
    static let id: RuleID = "bucket-contact-form"
    static let severity = Severity.warning
    static let source = "header of kettle/buckets.yaml: \"contact: github name to contact\""
    static let example =
        "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n  contact: \"e2e@acme.example\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            file.mappings.compactMap { entry in
                guard let node = entry.node["contact"] else { return nil }
                guard node.scalar != nil else {
                    return finding(on: entry, at: entry.place(of: node.span), arguments(node.kindInWords, login: nil))
                }
                guard let text = entry.contact, !isLogin(text) else { return nil }
                let login = loginMeant(by: text)
                // A reader understands "@login" as well, so that it is not worth more than a note.
                return finding(
                    on: entry, at: entry.place(of: node.span), arguments(described(text), login: login),
                    fix: login.flatMap { file.lines.replacing(scalar: node, with: $0) },
                    severity: text.trimmingWhitespace() == "@" + (login ?? "") ? .note : severity)
            }
        }
    }

    private static func arguments(_ found: String, login: String?) -> [String: String] {
        ["found": found, "suggestion": login ?? "your-github-name"]
    }

    private static func described(_ text: String) -> String {
        let bare = text.trimmingWhitespace()
        let kinds = ContactText.names(in: bare).map(\.kind)
        let slug = bare.drop { $0 == "@" }.split(separator: "/", omittingEmptySubsequences: false)
        if kinds == [.email] { return "\"\(text)\", which is an e-mail address" }
        if slug.count == 2, isLogin(String(slug[0])), ContactText.isSlug(slug[1]) {
            return "\"\(text)\", which is a team"
        }
        return "\"\(text)\""
    }

    /// Source: GitHub's form for logins.
    private static func isLogin(_ text: String) -> Bool { ContactText.isLogin(text) && !text.hasSuffix("-") }

    /// The one login that a text names all the same: `@octocat`, `github.com/octocat`; nil where it takes a guess.
    private static func loginMeant(by text: String) -> String? {
        var bare = text.trimmingWhitespace()
        for start in ["https://", "http://", "www."] where bare.hasPrefix(start) { bare.removeFirst(start.count) }
        if bare.hasPrefix("github.com/") {
            bare.removeFirst("github.com/".count)
            if bare.hasSuffix("/") { bare.removeLast() }
        } else if bare.hasPrefix("@") {
            bare.removeFirst()
        }
        return isLogin(bare) ? bare : nil
    }
}
