/// A contact who was a member of the organization still is one: nobody else is told when GitHub shows a mention.
///
/// Whoever never was one is a contact like any other, but in an OWNERS file, which names members.
/// Source: kubernetes/community, community-membership.md: reviewers and approvers are members of the organization.
enum ContactDeparted: ContactRule {
    static let id: RuleID = "contact-departed"
    static let severity = Severity.warning
    static let source = "docs/contributing-test-results.md: designate a point of contact"
    static let example =
        "# octocat was a member of the organization, and is not any more\n"
        + "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n"

    static func findings(on asked: AskedContact) -> [Finding] {
        asked.standing?.value == .departed ? [finding(on: asked)] : []
    }
}
