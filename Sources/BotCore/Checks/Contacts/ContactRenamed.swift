/// A contact is called as the account is called now: the old name may pass to somebody else.
enum ContactRenamed: ContactRule {
    static let id: RuleID = "contact-renamed"
    static let severity = Severity.warning
    static let source = "docs/contributing-test-results.md: designate a point of contact"
    static let example =
        "# octocat was renamed to monalisa since the last look\n"
        + "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n"

    static func findings(on asked: AskedContact) -> [Finding] {
        guard case .renamed(let name)? = asked.standing?.value else { return [] }
        return [finding(on: asked, ["name": name])]
    }
}
