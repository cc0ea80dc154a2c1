/// An entry of `buckets.yaml` has no key that kettle does not read.
enum BucketUnknownKey: RegistryRule {
    static let id: RuleID = "bucket-unknown-key"
    static let severity = Severity.warning
    static let source = "header of kettle/buckets.yaml; make_db.py and make_json.py read nothing else"
    static let implies: [RuleID] = ["bucket-prefix-missing", "bucket-contact-missing"]
    static let example =
        "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n  sequental: false\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            file.mappings.flatMap { entry in
                (entry.node.pairs ?? []).compactMap { pair in
                    guard let name = pair.key.scalar?.text, !BucketEntry.knownKeys.contains(name) else { return nil }
                    let missing = BucketEntry.knownKeys.filter { entry.node[$0] == nil }
                    let nearest = BotCore.nearest(to: name, among: missing, count: 1).first
                    return finding(
                        on: entry, at: entry.place(of: pair.key.span),
                        ["name": name, "suggestion": nearest.map { "\"\($0)\"" } ?? allKeys],
                        fix: nearest.flatMap { file.lines.replacing(scalar: pair.key, with: $0) })
                }
            }
        }
    }

    private static let allKeys = "one of " + BucketEntry.knownKeys.map { "\"\($0)\"" }.joined(separator: ", ")
}
