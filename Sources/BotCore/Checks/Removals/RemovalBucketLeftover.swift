/// A change takes the last test group of a bucket that `buckets.yaml` still lists.
enum RemovalBucketLeftover: RegistryRule {
    static let id: RuleID = "removal-bucket-leftover"
    static let severity = Severity.warning
    static let source = "kettle/make_db.py in kubernetes/test-infra, which lists every entry in every cycle"
    static let example = """
        The last test group below k8s-conformance-acme/logs/ is deleted, and kettle/buckets.yaml still has
        gs://k8s-conformance-acme/logs/.
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        // What cannot be read is not gone: with an unreadable file nobody can tell which groups are left.
        guard let change = context.change, context.registry.isReadThroughout, change.base.isReadThroughout else {
            return []
        }
        return context.registry.buckets.compactMap { entry in
            // Kubernetes' own bucket is filled by Prow's jobs, with or without a group written for it.
            guard !entry.isCanonicalRoot, let location = entry.location else { return nil }
            let before = change.base.groups(below: location)
            guard !before.isEmpty, context.registry.groups(below: location).isEmpty else { return nil }
            return finding(
                at: entry.keyPlace, about: entry.selector, ["key": entry.key, "groups": before.map(\.name).listed()])
        }
    }
}
