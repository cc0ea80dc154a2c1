/// One `buckets.yaml` of a registry, as the rules look at it.
struct BucketFile {
    /// The text with its values and places.
    let source: YAMLSource
    /// The entries, in order.
    let entries: [BucketEntry]
    /// Writes corrections of this file.
    let lines: LineReplacement

    /// The entries that are mappings, as all should be.
    var mappings: [BucketEntry] { entries.filter { $0.node.pairs != nil } }
}

extension RegistryContext {
    /// The registry's lists of buckets; one for a real registry.
    ///
    /// Each is judged for itself, because kettle reads one file.
    var bucketFiles: [BucketFile] {
        registry.files.compactMap { file in
            guard case .buckets(let entries) = file.content else { return nil }
            return BucketFile(source: file.source, entries: entries, lines: LineReplacement(file.source.lines))
        }
    }
}

extension RegistryRule {
    /// A finding about an entry; its key is among the arguments as `key`.
    static func finding(
        on entry: BucketEntry, at place: SourcePlace, _ arguments: [String: String] = [:], fix: Fix? = nil,
        severity: Severity? = nil
    ) -> Finding {
        Finding(
            rule: id, severity: severity ?? Self.severity, place: place, entry: entry.selector,
            arguments: arguments.merging(["key": entry.key]) { $1 }, fix: fix)
    }
}

extension YAMLNode {
    /// What kind of value it is, for a sentence that says what was found.
    var kindInWords: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.value {
            case .null: "nothing"
            case .bool: "\(scalar.text), which is a boolean"
            case .int, .float: "\(scalar.text), which is a number"
            case .timestamp: "\(scalar.text), which is a date"
            case .string: scalar.text.isEmpty ? "an empty text" : "the text \"\(scalar.text)\""
            }
        }
    }
}
