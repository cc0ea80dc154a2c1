/// A job prefix belongs to one entry.
enum BucketPrefixDuplicate: RegistryRule {
    static let id: RuleID = "bucket-prefix-duplicate"
    static let severity = Severity.error
    static let source = "ValidateBuckets in kettle/make_json_test.py"
    static let isUpstreamEnforced = true
    static let example =
        "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n"
        + "gs://k8s-conformance-acme/pr-logs/directory/:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            let taken = Set(file.entries.compactMap(\.jobPrefix))
            var first: [ExactText: BucketEntry] = [:]
            return file.mappings.compactMap { entry -> Finding? in
                guard let prefix = entry.jobPrefix, !prefix.isEmpty else { return nil }
                // A repeated key repeats its prefix as well; it is found as bad YAML.
                guard let other = first[ExactText(prefix)], !other.key.isExactly(entry.key) else {
                    first[ExactText(prefix)] = first[ExactText(prefix)] ?? entry
                    return nil
                }
                return finding(
                    on: entry, at: entry.place(ofValue: "prefix"),
                    [
                        "prefix": prefix, "other": other.key, "otherLine": "\(other.keySpan.startLine)",
                        "suggestion": JobPrefixName.suggestion(for: entry, taken: taken),
                    ])
            }
        }
    }
}
