/// `exclude_jobs` counts as plain names while results stream in.
enum BucketExcludeStream: RegistryRule {
    static let id: RuleID = "bucket-exclude-stream"
    static let severity = Severity.note
    static let source = "kettle/stream.py, which looks for /JOB/ in the object's name"
    static let example =
        "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n"
        + "  exclude_jobs:\n    - ^nightly-.*$\n"

    /// What has a meaning of its own in a regular expression.
    private static let metacharacters: Set<Character> = [
        ".", "^", "$", "*", "+", "?", "{", "}", "[", "]", "\\", "|", "(", ")",
    ]

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            file.mappings.compactMap { entry in
                let items = entry.node["exclude_jobs"]?.items ?? []
                guard let first = items.first(where: isPattern), let pattern = first.text else { return nil }
                return finding(on: entry, at: entry.place(of: first.span), ["pattern": pattern])
            }
        }
    }

    private static func isPattern(_ item: YAMLNode) -> Bool {
        item.scalar?.value == .string && item.text?.contains(where: metacharacters.contains) == true
    }
}
