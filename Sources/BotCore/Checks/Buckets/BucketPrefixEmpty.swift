/// Only Kubernetes' own results may have an empty job prefix.
enum BucketPrefixEmpty: RegistryRule {
    static let id: RuleID = "bucket-prefix-empty"
    static let severity = Severity.error
    static let source = "ValidateBuckets in kettle/make_json_test.py"
    static let isUpstreamEnforced = true
    static let example = "gs://k8s-conformance-acme/logs/:\n  prefix: \"\"\n  contact: \"octocat\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            let taken = Set(file.entries.compactMap(\.jobPrefix))
            return file.mappings.filter { $0.jobPrefix == "" && !$0.isCanonicalRoot }.map { entry in
                finding(
                    on: entry, at: entry.place(ofValue: "prefix"),
                    ["suggestion": JobPrefixName.suggestion(for: entry, taken: taken)])
            }
        }
    }
}
