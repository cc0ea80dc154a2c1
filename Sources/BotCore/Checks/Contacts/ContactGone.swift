/// Whoever is named outside of `buckets.yaml` is an account or a team that GitHub has.
enum ContactGone: ContactRule {
    static let id: RuleID = "contact-gone"
    static let severity = Severity.warning
    static let source = "docs/contributing-test-results.md: designate a point of contact"
    static let example = """
        # GET https://api.github.com/users/octocta answers 404
        test_groups:
        # ACME (contact: @octocta)
        - name: ci-acme-e2e
          gcs_prefix: k8s-conformance-acme/logs/ci-acme-e2e
        """

    static func findings(on asked: AskedContact) -> [Finding] {
        guard !asked.isLoginOfBuckets, asked.standing?.value == .gone else { return [] }
        return [finding(on: asked)]
    }
}
