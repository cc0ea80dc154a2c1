/// A job prefix ends in one colon.
///
/// Upstream's test looks at the last character alone, so that it lets two colons pass.
enum BucketPrefixColon: RegistryRule {
    static let id: RuleID = "bucket-prefix-colon"
    static let severity = Severity.error
    static let source = "header of kettle/buckets.yaml; ValidateBuckets in kettle/make_json_test.py"
    static let isUpstreamEnforced = true
    static let example = "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme\"\n  contact: \"octocat\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            file.mappings.compactMap { entry in
                guard let prefix = entry.jobPrefix, let node = entry.node["prefix"], !prefix.isEmpty,
                    !prefix.hasSuffix(":") || prefix.hasSuffix("::")
                else { return nil }
                let name = name(of: prefix)
                return finding(
                    on: entry, at: entry.place(of: node.span),
                    ["prefix": prefix, "suggestion": (name.isEmpty ? "my-project" : name) + ":"],
                    fix: name.isEmpty ? nil : file.lines.replacing(scalar: node, with: name + ":"))
            }
        }
    }

    /// A job prefix without the colons and white space at its end.
    static func name(of prefix: String) -> String {
        var name = prefix[...]
        while let last = name.last, last == ":" || last.isWhitespace { name.removeLast() }
        return String(name)
    }
}
