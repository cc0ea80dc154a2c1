/// The contact of an entry is an account that GitHub has.
enum BucketContactUnknown: ContactRule {
    static let id: RuleID = "bucket-contact-unknown"
    static let severity = Severity.warning
    static let source = "docs/contributing-test-results.md: designate a point of contact"
    static let example =
        "# GET https://api.github.com/users/octocta answers 404\n"
        + "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n  contact: \"octocta\"\n"

    static func findings(on asked: AskedContact) -> [Finding] {
        // No answer is no verdict: only a plain "there is no such account" counts.
        guard asked.isLoginOfBuckets, asked.standing?.value == .gone else { return [] }
        return [finding(on: asked)]
    }
}

extension AskedContact {
    /// Whether it is the GitHub name in the `contact` of an entry of `buckets.yaml`.
    var isLoginOfBuckets: Bool { contact.kind == .login && contact.source == .bucketsYAML }
}
