/// A `gcs_prefix` under which TestGrid cannot find anything, whatever was uploaded.
enum TestGridGCSPrefixForm: RegistryRule {
    static let id: RuleID = "tg-gcs-prefix-form"
    static let severity = Severity.error
    static let implies: [RuleID] = ["bucket-in-kettle-optional"]
    static let source = "groupPaths in pkg/updater and validateTestGroup in config/config.go of testgrid"
    static let example = """
        test_groups:
        - name: ci-acme-e2e
          gcs_prefix: gs://k8s-conformance-acme/logs/ci-acme-e2e
        """

    static func findings(in context: RegistryContext) -> [Finding] {
        context.registry.groups.compactMap { group in
            guard context.judges(group.path), let problem = problem(of: group) else { return nil }
            let better = (group.gcsPrefix?.text).flatMap(corrected)
            return finding(
                at: group.place(of: "gcs_prefix"), about: group.selector,
                [
                    "name": group.name, "prefix": group.gcsPrefix?.text ?? "", "problem": problem,
                    "better": better ?? "k8s-conformance-acme/logs/ci-acme-e2e",
                ],
                fix: better.flatMap { text in
                    group.node.field("gcs_prefix").flatMap {
                        context.registry.replacement(in: group.path)?.replacing(scalar: $0.value, with: text)
                    }
                })
        }
    }

    private static func problem(of group: TestGroup) -> String? {
        guard let prefix = group.gcsPrefix, !prefix.text.isEmpty else {
            // A result source needs a oneof, which YAML cannot hold, so the prefix is the only way.
            return "is missing"
        }
        return prefix.parts.lazy.compactMap(problem(ofPart:)).first
    }

    /// What is wrong with one `bucket/path`, as the rest of a sentence; nil for a good one.
    private static func problem(ofPart part: String) -> String? {
        if part.isEmpty { return "has nothing between two commas" }
        if part.utf8.contains(UInt8(ascii: ":")), part.contains("://") {
            return "starts with a scheme; TestGrid puts gs:// before it itself"
        }
        if part.hasPrefix("/") { return "starts with a slash, so that the bucket's name is empty" }
        let slash = part.utf8.firstIndex(of: UInt8(ascii: "/")) ?? part.endIndex
        let bucket = String(part[..<slash])
        if let broken = BucketLocation.brokenNamingRule(of: bucket) {
            return "names no bucket of Google Cloud Storage (\(bucket): \(broken))"
        }
        let path = String(part[slash...].dropFirst())
        if path.isEmpty { return "has no path behind the bucket; TestGrid then finds no build" }
        switch BucketLocation.brokenPathPart(of: path) {
        case nil: return nil
        case "//": return "has two slashes in a row"
        case let sign? where sign.allSatisfy(\.isWhitespace): return "has white space in it"
        case let sign?: return "has a \(sign) in it, which TestGrid does not expand"
        }
    }

    /// The prefix without scheme, first slash and doubled slashes; nil where that does not mend it.
    private static func corrected(_ text: String) -> String? {
        let parts = GCSPrefix(text).parts.map { part in
            let bare = part.hasPrefix("gs://") ? part.dropFirst("gs://".count) : part[...]
            return bare.split(separator: "/").joined(separator: "/") + (bare.hasSuffix("/") ? "/" : "")
        }
        guard parts.allSatisfy({ problem(ofPart: $0) == nil }) else { return nil }
        return parts.joined(separator: ",")
    }
}
