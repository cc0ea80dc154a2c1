/// `sequential` is a boolean, not a text that looks like one.
enum BucketSequentialType: RegistryRule {
    static let id: RuleID = "bucket-sequential-type"
    static let severity = Severity.error
    static let source = "kettle/make_db.py, where every text but the empty one counts as true"
    static let example =
        "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n  sequential: \"false\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            file.mappings.compactMap { entry in
                guard let pair = entry.node.pair("sequential") else { return nil }
                if case .bool = pair.value.scalar?.value { return nil }
                let meant = meaning(of: pair.value)
                let span = pair.value.isNull ? pair.key.span : pair.value.span
                return finding(
                    on: entry, at: entry.place(of: span),
                    ["found": pair.value.kindInWords, "suggestion": meant ?? "false"],
                    fix: meant.flatMap { file.lines.replacing(pair.value.span, with: $0) })
            }
        }
    }

    /// The boolean that a person meant; nil where it takes a guess.
    private static func meaning(of node: YAMLNode) -> String? {
        guard let scalar = node.scalar, scalar.style != .literal, scalar.style != .folded else { return nil }
        switch scalar.text.lowercased() {
        case "false", "no", "off", "n", "f", "0": return "false"
        case "true", "yes", "on", "y", "t", "1": return "true"
        default: return nil
        }
    }
}
