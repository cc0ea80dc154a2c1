/// A key of `buckets.yaml` ends in `/`.
enum BucketURLTrailingSlash: RegistryRule {
    static let id: RuleID = "bucket-url-trailing-slash"
    static let severity = Severity.warning
    static let source = "kettle/make_json.py, which compares the key as it is written with str.startswith"
    static let example = "gs://k8s-conformance-acme:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            let keys = Set(file.entries.map(\.key))
            return file.entries.filter { $0.location != nil && !$0.key.hasSuffix("/") }.map { entry in
                let mended = entry.key + "/"
                return finding(
                    on: entry, at: entry.keyPlace, ["suggestion": mended],
                    fix: keys.contains(mended) ? nil : file.lines.replacing(keyOf: entry, with: mended))
            }
        }
    }
}
