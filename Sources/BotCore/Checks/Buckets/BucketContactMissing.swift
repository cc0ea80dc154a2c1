/// An entry of `buckets.yaml` names someone to ask.
enum BucketContactMissing: RegistryRule {
    static let id: RuleID = "bucket-contact-missing"
    static let severity = Severity.error
    static let source = "docs/contributing-test-results.md: designate a point of contact"
    static let example = "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            file.mappings.filter(hasNoContact).map { finding(on: $0, at: $0.place(ofValue: "contact")) }
        }
    }

    /// Nothing written, nothing but white space, or no such key; a list is of the wrong form, not missing.
    private static func hasNoContact(_ entry: BucketEntry) -> Bool {
        guard let node = entry.node["contact"] else { return true }
        return node.scalar != nil && entry.contact == nil
    }
}
