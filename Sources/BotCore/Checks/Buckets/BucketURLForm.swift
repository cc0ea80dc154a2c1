/// A key of `buckets.yaml` is `gs://BUCKET/FOLDER/` with a name that Google Cloud Storage allows.
enum BucketURLForm: RegistryRule {
    static let id: RuleID = "bucket-url-form"
    static let severity = Severity.error
    static let source =
        "kettle/make_db.py (_parse_uri); https://cloud.google.com/storage/docs/buckets#naming"
    static let example = "k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            let keys = Set(file.entries.map(\.key))
            return file.entries.compactMap { entry -> Finding? in
                guard let problem = problem(with: entry.key) else { return nil }
                let mended = mended(entry.key)
                return finding(
                    on: entry, at: entry.keyPlace,
                    ["problem": problem, "suggestion": mended ?? "gs://k8s-conformance-acme/logs/"],
                    fix: mended.flatMap { keys.contains($0) ? nil : file.lines.replacing(keyOf: entry, with: $0) })
            }
        }
    }

    /// What is wrong with a key, in words; nil for a good one.
    private static func problem(with key: String) -> String? {
        do {
            _ = try BucketLocation(key)
            return nil
        } catch {
            switch error {
            case .scheme: return "it does not start with \"gs://\""
            case .bucketName(let reason): return "the bucket's name cannot exist: \(reason)"
            case .path(let text): return "its path has \"\(text)\", with which nothing is found"
            }
        }
    }

    /// What stands before the bucket in addresses that people copy from a browser, and in slips of the finger.
    private static let foreignRoots = [
        "https://console.cloud.google.com/storage/browser/", "https://storage.cloud.google.com/",
        "https://storage.googleapis.com/", "http://storage.googleapis.com/", "GS://", "gs:/", "gs:", "/",
    ]

    /// The location that a key most likely means; nil where that takes a guess, as for another storage's address.
    private static func mended(_ key: String) -> String? {
        let root = key.hasPrefix("gs://") ? "gs://" : foreignRoots.first { key.hasPrefix($0) } ?? ""
        var rest = key.dropFirst(root.count)
        if root.hasPrefix("http") { rest = rest.prefix { !"?#;".contains($0) } }
        // Without any scheme only a name with a path looks like a bucket.
        guard !rest.contains(":"), !rest.hasPrefix("storage/v1/"), !root.isEmpty || rest.contains("/") else {
            return nil
        }
        let candidate = "gs://" + rest.split(separator: "/").joined(separator: "/") + "/"
        return problem(with: candidate) == nil ? candidate : nil
    }
}

extension LineReplacement {
    /// Gives an entry another key, in the quotes that it has.
    func replacing(keyOf entry: BucketEntry, with key: String) -> Fix? {
        let isPlain = entry.keySpan.endColumn - entry.keySpan.startColumn == entry.key.utf16.count
        let style = isPlain ? YAMLScalar.Style.plain : .doubleQuoted
        return replacing(
            scalar: YAMLNode(
                content: .scalar(YAMLScalar(text: entry.key, style: style)), span: entry.keySpan, isFlow: false),
            with: key)
    }
}
