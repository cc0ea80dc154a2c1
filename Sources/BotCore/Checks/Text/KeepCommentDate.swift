/// A comment that exempts an entry from removal, and does not say until when.
enum KeepCommentDate: RegistryRule {
    static let id: RuleID = "keep-comment-date"
    static let severity = Severity.warning
    static let source = "`# bucketbot: keep until YYYY-MM-DD (reason)` in docs/OPERATIONS.md of the bot"
    static let example = """
        # bucketbot: keep
        gs://k8s-conformance-acme/logs/:
          contact: "acme-jdoe"
          prefix: "acme:"
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let registry = context.registry
        return (registry.buckets.map(\.selector) + registry.groups.map(\.selector)).compactMap { selector in
            guard let comment = registry.keepComment(above: selector), comment.until == nil,
                context.judges(comment.place.path)
            else { return nil }
            return finding(at: comment.place, about: selector, ["name": selector.name, "comment": comment.text])
        }
    }
}
