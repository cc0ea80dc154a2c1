/// `exclude_jobs` is a list of texts.
enum BucketExcludeType: RegistryRule {
    static let id: RuleID = "bucket-exclude-type"
    static let severity = Severity.error
    static let source = "kettle/make_db.py, which joins the list: a text is joined letter by letter"
    static let example =
        "gs://k8s-conformance-acme/logs/:\n  prefix: \"acme:\"\n  contact: \"octocat\"\n"
        + "  exclude_jobs: \"nightly\"\n"

    static func findings(in context: RegistryContext) -> [Finding] {
        context.bucketFiles.flatMap { file in
            file.mappings.flatMap { entry -> [Finding] in
                guard let pair = entry.node.pair("exclude_jobs") else { return [] }
                guard let items = pair.value.items else { return [notAList(pair, of: entry, in: file)] }
                return items.filter { $0.scalar?.value != .string }.map { notAText($0, of: entry, in: file) }
            }
        }
    }

    private static func notAList(_ pair: YAMLPair, of entry: BucketEntry, in file: BucketFile) -> Finding {
        let example = pair.value.text.map { LineReplacement.doubleQuoted($0) } ?? "\"^nightly-.*$\""
        return finding(
            on: entry, at: entry.place(of: pair.value.isNull ? pair.key.span : pair.value.span),
            [
                "subject": "\"exclude_jobs\"", "found": pair.value.kindInWords, "wanted": "a list",
                "suggestion": example,
            ],
            fix: listFix(pair, of: entry, in: file))
    }

    /// The one text as the only item of a list, on a line of its own as lists are written in this file.
    private static func listFix(_ pair: YAMLPair, of entry: BucketEntry, in file: BucketFile) -> Fix? {
        guard !entry.node.isFlow, let scalar = pair.value.scalar, let text = pair.value.text, !text.isEmpty,
            scalar.style != .literal, scalar.style != .folded, pair.key.span.startLine == pair.value.span.endLine
        else { return nil }
        let indent = String(repeating: " ", count: max(0, pair.key.span.startColumn - 1))
        return file.lines.replacing(
            pair.span, with: "exclude_jobs:\n\(indent)  - \(LineReplacement.doubleQuoted(text))")
    }

    private static func notAText(_ item: YAMLNode, of entry: BucketEntry, in file: BucketFile) -> Finding {
        let text = item.text ?? ""
        return finding(
            on: entry, at: entry.place(of: item.span),
            [
                "subject": "An item of \"exclude_jobs\"", "found": item.kindInWords, "wanted": "a text",
                "suggestion": text.isEmpty ? "\"^nightly-.*$\"" : LineReplacement.doubleQuoted(text),
            ],
            fix: text.isEmpty ? nil : file.lines.replacing(item.span, with: LineReplacement.doubleQuoted(text)))
    }
}
