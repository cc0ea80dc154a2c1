/// A job prefix is written in small letters, digits and hyphens, and is not `pr:`.
enum BucketPrefixCharset: RegistryRule {
    static let id: RuleID = "bucket-prefix-charset"
    static let severity = Severity.warning
    static let source =
        "every prefix since 2016 has this form; kettle/make_json.py puts \"pr:\" before the jobs of pull requests"
    static let example = "gs://k8s-conformance-acme/logs/:\n  prefix: \"Acme_E2E:\"\n  contact: \"octocat\"\n"

    /// What kettle itself puts before the jobs of pull requests.
    private static let reserved = "pr"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            let taken = Set(file.entries.compactMap(\.jobPrefix))
            return file.mappings.compactMap { entry -> Finding? in
                guard let prefix = entry.jobPrefix, let node = entry.node["prefix"], !prefix.isEmpty else { return nil }
                // How it ends is another rule's affair.
                let name = BucketPrefixColon.name(of: prefix)
                guard name == reserved || !JobPrefixName.isClean(name) else { return nil }
                let cleaned = JobPrefixName.cleaned(name)
                let isUsable = name != reserved && cleaned != reserved && JobPrefixName.isClean(cleaned)
                let mended = isUsable && !taken.contains(cleaned + ":") ? cleaned + ":" : nil
                return finding(
                    on: entry, at: entry.place(of: node.span),
                    [
                        "prefix": prefix,
                        "problem": problem(with: name),
                        "suggestion": mended ?? JobPrefixName.suggestion(for: entry, taken: taken),
                    ],
                    fix: mended.flatMap { file.lines.replacing(scalar: node, with: $0) })
            }
        }
    }

    private static func problem(with name: String) -> String {
        switch name {
        case "": "has nothing before its colon"
        case reserved: "is what Kettle itself puts before the jobs of pull requests"
        default: "has other characters than a-z, 0-9 and hyphens, or starts with a hyphen"
        }
    }
}
