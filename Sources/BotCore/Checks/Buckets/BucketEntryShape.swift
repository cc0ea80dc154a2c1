/// Each key of `buckets.yaml` maps to a mapping, and so does the file itself.
enum BucketEntryShape: RegistryRule {
    static let id: RuleID = "bucket-entry-shape"
    static let severity = Severity.error
    static let source = "kettle/make_db.py and make_json.py, which ask each entry for its keys"
    static let isUpstreamEnforced = true
    static let example = "gs://k8s-conformance-acme/logs/: \"acme:\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            if let whole = finding(onWhole: file) { return [whole] }
            return file.entries.filter { $0.node.pairs == nil }.map { entry in
                finding(
                    on: entry, at: entry.keyPlace,
                    ["subject": "The entry \(entry.key)", "found": entry.node.kindInWords])
            }
        }
    }

    /// What is wrong where the file as a whole is no mapping.
    private static func finding(onWhole file: BucketFile) -> Finding? {
        guard !file.source.isUnreadable, file.source.root?.pairs == nil else { return nil }
        return Finding(
            rule: id, severity: severity,
            place: SourcePlace(path: file.source.path, line: file.source.root?.span.startLine ?? 1),
            arguments: [
                "subject": "The file \(file.source.path)", "found": file.source.root?.kindInWords ?? "nothing",
                "key": "gs://k8s-conformance-acme/logs/",
            ])
    }
}
