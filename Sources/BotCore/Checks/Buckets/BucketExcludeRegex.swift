/// Each item of `exclude_jobs` is a regular expression of Python.
enum BucketExcludeRegex: RegistryRule {
    static let id: RuleID = "bucket-exclude-regex"
    static let severity = Severity.error
    static let implies: [RuleID] = ["bucket-exclude-stream"]
    static let source = "kettle/make_db.py: re.findall over all items, joined by | within a group"
    static let example =
        "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n"
        + "  exclude_jobs:\n    - \"*nightly*\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in file.mappings.flatMap(findings(on:)) }
    }

    private static func findings(on entry: BucketEntry) -> [Finding] {
        let items = (entry.node["exclude_jobs"]?.items ?? []).filter { $0.scalar?.value == .string }
        var found: [Finding] = []
        for item in items {
            guard let pattern = item.text, let problem = PythonRegex.problem(with: pattern) else { continue }
            found.append(
                finding(
                    on: entry, at: entry.place(of: item.span), ["pattern": pattern, "problem": problem.description]))
        }
        // What is good alone can be bad in company: a reference to a group by its number counts all items' groups.
        let joined = "(?=(" + items.compactMap(\.text).joined(separator: "|") + "))"
        if found.isEmpty, !items.isEmpty, let problem = PythonRegex.problem(with: joined) {
            found.append(
                finding(
                    on: entry, at: entry.place(ofValue: "exclude_jobs"),
                    ["pattern": joined, "problem": problem.description]))
        }
        return found
    }
}
