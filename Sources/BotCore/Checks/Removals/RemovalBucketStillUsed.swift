/// A change takes an entry from `buckets.yaml` while test groups still read results that lie under it.
enum RemovalBucketStillUsed: RegistryRule {
    static let id: RuleID = "removal-bucket-still-used"
    static let severity = Severity.error
    static let implies: [RuleID] = ["bucket-in-kettle-optional"]
    static let source = "docs/contributing-test-results.md in kubernetes/test-infra"
    static let example = """
        gs://k8s-conformance-acme/logs/ is deleted from kettle/buckets.yaml, and a test group still has
        gcs_prefix: k8s-conformance-acme/logs/ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        let registry = context.registry
        // What cannot be read is not gone.
        guard let change = context.change,
            !registry.files.contains(where: { $0.kind == .buckets && $0.source.isUnreadable })
        else { return [] }
        let kept = Set(registry.buckets.map { ExactText($0.key) })
        return change.base.buckets.filter { !kept.contains(ExactText($0.key)) }.compactMap { entry in
            guard let location = entry.location else { return nil }
            let groups = registry.groups(inBucket: location.bucket).filter { group in
                let reads = group.gcsPrefix?.locations ?? []
                // What another entry covers, as after a slash was added to the key, is not lost.
                return reads.contains { location.covers($0) && registry.bucketEntry(covering: $0) == nil }
            }
            guard !groups.isEmpty else { return nil }
            return finding(
                at: place(of: entry, in: registry), about: entry.selector,
                [
                    "key": entry.key, "groups": groups.map(\.name).listed(),
                    "readers": groups.count == 1
                        ? "a test group still reads" : "\(groups.count) test groups still read",
                ])
        }
    }

    /// Where the entry stood, in the file as it is now; nil where the file is gone.
    private static func place(of entry: BucketEntry, in registry: Registry) -> SourcePlace? {
        guard let file = registry.file(at: entry.path) else { return nil }
        return SourcePlace(path: entry.path, line: max(1, min(entry.keySpan.startLine, file.source.lines.count)))
    }
}

extension BucketLocation {
    /// Whether another location lies at or below this one.
    func covers(_ other: BucketLocation) -> Bool { bucket == other.bucket && other.prefix.hasPrefix(prefix) }
}
