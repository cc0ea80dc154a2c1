/// No key of `buckets.yaml` starts with another.
enum BucketURLOverlap: RegistryRule {
    static let id: RuleID = "bucket-url-overlap"
    static let severity = Severity.error
    static let source = "kettle/make_json.py: the first key that a path starts with decides its job prefix"
    static let example =
        "gs://k8s-conformance-acme/:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n"
        + "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme-logs:\"\n  contact: \"octocat\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            overlaps(in: file.entries).map { overlap in
                finding(
                    on: overlap.inner, at: overlap.inner.keyPlace,
                    ["other": overlap.outer.key, "otherLine": "\(overlap.outer.keySpan.startLine)"])
            }
        }
    }

    /// Each entry whose key starts with another's, with the longest such other.
    ///
    /// A repeated key is no overlap: it is found as bad YAML.
    private static func overlaps(in entries: [BucketEntry]) -> [(inner: BucketEntry, outer: BucketEntry)] {
        var seen: Set<String> = []
        let sorted = entries.filter { $0.location != nil && seen.insert($0.key).inserted }
            .map { (entry: $0, bytes: Array($0.key.utf8)) }
            .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
        var found: [(inner: BucketEntry, outer: BucketEntry)] = []
        var outer: [(entry: BucketEntry, bytes: [UInt8])] = []
        for next in sorted {
            while let last = outer.last, !next.bytes.starts(with: last.bytes) { outer.removeLast() }
            if let last = outer.last { found.append((next.entry, last.entry)) }
            outer.append(next)
        }
        return found.sorted { $0.inner.keySpan.startLine < $1.inner.keySpan.startLine }
    }
}
