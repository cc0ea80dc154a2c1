/// A bucket that only TestGrid reads may also go into `buckets.yaml`; it need not.
enum BucketInKettleOptional: RegistryRule {
    static let id: RuleID = "bucket-in-kettle-optional"
    static let severity = Severity.note
    static let source =
        "docs/contributing-test-results.md asks for an entry; TestGrid never reads buckets.yaml, and the maintainers of "
        + "kubernetes/test-infra do not ask for one"
    static let example =
        "test_groups:\n- name: acme-e2e\n  gcs_prefix: k8s-conformance-acme/logs/acme-e2e\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        let files = context.bucketFiles
        // Without a list there is nothing to be on, and of a list that cannot be read nobody knows what is on it.
        guard !files.isEmpty, !files.contains(where: { $0.source.isUnreadable }) else { return [] }
        var known = Set(files.flatMap(\.entries).compactMap { $0.location?.bucket })
        var found: [Finding] = []
        for group in context.registry.groups {
            guard let prefix = group.gcsPrefix, prefix.isExternal else { continue }
            // Most buckets have many groups, and the names alone tell that they are known.
            if known.isSuperset(of: prefix.buckets) { continue }
            for location in prefix.locations where known.insert(location.bucket).inserted {
                found.append(
                    Finding(
                        rule: id, severity: severity, place: group.place(of: "gcs_prefix"), entry: group.selector,
                        arguments: ["bucket": location.bucket, "group": group.name, "path": files[0].source.path]))
            }
        }
        return found
    }
}
