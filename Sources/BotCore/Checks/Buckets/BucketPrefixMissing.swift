/// An entry of `buckets.yaml` has a job prefix.
enum BucketPrefixMissing: RegistryRule {
    static let id: RuleID = "bucket-prefix-missing"
    static let severity = Severity.error
    static let source = "kettle/make_json.py (meta['prefix']); ValidateBuckets in kettle/make_json_test.py"
    static let isUpstreamEnforced = true
    static let example = "gs://k8s-conformance-acme/logs/:\n  contact: \"octocat\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            let taken = Set(file.entries.compactMap(\.jobPrefix))
            return file.mappings.filter { $0.jobPrefix == nil }.map { entry in
                finding(
                    on: entry, at: entry.place(ofValue: "prefix"),
                    [
                        "found": entry.node["prefix"].map { "holds \($0.kindInWords)" } ?? "is missing",
                        "suggestion": JobPrefixName.suggestion(for: entry, taken: taken),
                    ])
            }
        }
    }
}

/// Names for job prefixes.
enum JobPrefixName {
    /// A job prefix that would do for an entry: its bucket's name, made unique.
    static func suggestion(for entry: BucketEntry, taken: Set<String>) -> String {
        let location = entry.location
        let bucket = cleaned(location?.bucket ?? "")
        let folder = cleaned(location?.prefix ?? "")
        let choices = (folder.isEmpty ? [bucket] : [bucket, "\(bucket)-\(folder)"]).filter(isClean)
        return (choices.first { !taken.contains($0 + ":") } ?? "my-project") + ":"
    }

    /// A name in small letters, digits and single hyphens; empty where nothing is left.
    static func cleaned(_ name: String) -> String {
        let lower = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : " " }
        return String(lower).split(separator: " ").joined(separator: "-")
    }

    /// Whether a name, without its colon, is like all that were ever used.
    static func isClean(_ name: String) -> Bool {
        guard let first = name.utf8.first, first != UInt8(ascii: "-") else { return false }
        return name.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "-")
        }
    }
}
