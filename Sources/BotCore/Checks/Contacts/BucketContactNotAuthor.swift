/// The contact of a new entry knows of it: by opening the pull request, or by a word on it.
enum BucketContactNotAuthor: ContactRule {
    static let id: RuleID = "bucket-contact-not-author"
    static let severity = Severity.note
    static let source = "docs/contributing-test-results.md: designate a point of contact"
    static let example =
        "# in a pull request that hubot opened, and on which octocat has said nothing\n"
        + "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n"

    static func findings(on asked: AskedContact) -> [Finding] {
        guard case .bucket = asked.entry, asked.isLoginOfBuckets, asked.hasSpoken == .seen(false) else { return [] }
        return [finding(on: asked)]
    }
}
