/// `buckets.yaml` must be readable as YAML, each key once.
///
/// Upstream's test loads the file and so refuses broken YAML; a repeated key it does not see.
enum BucketsYAMLParse: RegistryRule {
    static let id: RuleID = "buckets-yaml-parse"
    static let severity = Severity.error
    static let source =
        "kettle/make_db.py (yaml.safe_load), kettle/runner.sh: the file is live once it is merged"
    static let isUpstreamEnforced = true
    static let example = "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            (file.source.issues + file.source.tabsOutsideText()).map { issue in
                let words = issue.words
                return Finding(
                    rule: id, severity: severity,
                    place: SourcePlace(path: file.source.path, line: issue.line, column: issue.column),
                    arguments: [
                        "path": file.source.path, "line": "\(issue.line)", "problem": words.what, "mend": words.fix,
                    ])
            }
        }
    }
}
