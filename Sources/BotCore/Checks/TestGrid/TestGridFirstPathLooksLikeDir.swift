/// A `gcs_prefix` whose first part is a folder of the layout where the bucket should be.
enum TestGridFirstPathLooksLikeDir: RegistryRule {
    static let id: RuleID = "tg-first-path-looks-like-dir"
    static let severity = Severity.error
    static let implies: [RuleID] = ["bucket-in-kettle-optional"]
    static let source = "gubernator/README.md in kubernetes/test-infra, \"GCS Layout\""
    static let example = """
        test_groups:
        - name: ci-acme-e2e
          gcs_prefix: logs/k8s-conformance-acme/ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        context.registry.groups.compactMap { group in
            // Of one part, as nearly all have, the bucket tells it.
            guard let prefix = group.gcsPrefix,
                prefix.text.utf8.contains(UInt8(ascii: ",")) || layoutFolders.contains(prefix.bucket)
            else { return nil }
            let parts = prefix.parts
            let folders = parts.compactMap { part in part.split(separator: "/").first.map(String.init) }
            guard let folder = folders.first(where: layoutFolders.contains) else { return nil }
            let swapped = parts.map(swapped)
            let better = swapped.contains(nil) ? nil : swapped.compactMap { $0 }.joined(separator: ",")
            return finding(
                at: group.place(of: "gcs_prefix"), about: group.selector,
                [
                    "name": group.name, "prefix": prefix.text, "folder": folder,
                    "better": better ?? "BUCKET/\(prefix.text)",
                ],
                fix: better.flatMap { text in
                    group.node.field("gcs_prefix").flatMap {
                        context.registry.replacement(in: group.path)?.replacing(scalar: $0.value, with: text)
                    }
                })
        }
    }

    /// The folders right below a bucket.
    private static let layoutFolders: Set<String> = [
        "logs", "pr-logs", "periodic-logs", "directory", "pull", "artifacts",
    ]

    /// The part with its bucket first; the part itself where it is in order; nil where no bucket can be told in it.
    private static func swapped(_ part: String) -> String? {
        let segments = part.split(separator: "/").map(String.init)
        guard let first = segments.first, layoutFolders.contains(first) else { return part }
        let folders = segments.prefix { layoutFolders.contains($0) }
        let rest = segments.dropFirst(folders.count)
        // Behind the folders there must be a bucket and something in it.
        guard rest.count >= 2, let bucket = rest.first, BucketLocation.brokenNamingRule(of: bucket) == nil else {
            return nil
        }
        return ([bucket] + folders + rest.dropFirst()).joined(separator: "/")
    }
}
