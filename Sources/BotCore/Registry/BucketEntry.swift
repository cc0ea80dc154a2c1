/// One key of `buckets.yaml` with what it maps to.
///
/// Source: `kettle/buckets.yaml` in kubernetes/test-infra and the programs that read it, `kettle/make_db.py`,
/// `make_json.py` and `stream.py`.
public struct BucketEntry: RegistryItem {
    /// The file.
    public let path: String
    /// The key as written: the entry's identity.
    public let key: String
    /// Where the key stands.
    public let keySpan: SourceSpan
    /// What the key maps to; anything, if it was written wrong.
    public let node: YAMLNode

    /// The selector that names it.
    public var selector: Selector { .bucket(key) }

    /// From the key to the end of its value.
    public var span: SourceSpan { node.span.endLine < keySpan.startLine ? keySpan : keySpan.extended(to: node.span) }

    /// Where the key itself stands.
    public var keyPlace: SourcePlace { place(of: keySpan) }

    /// Where it points; nil where the key is no location.
    public var location: BucketLocation? {
        do { return try BucketLocation(key) } catch { return nil }
    }

    /// `prefix`: what is put before job names, ends in `:`; nil where it is absent or no text.
    public var jobPrefix: String? { node["prefix"]?.text }

    /// `contact`: a GitHub login; nil where it is absent, blank or no text.
    public var contact: String? {
        node["contact"]?.text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : $0 }
    }

    /// What `sequential` comes to: true where it is absent.
    public var isSequential: Bool {
        guard case .bool(let value) = node["sequential"]?.scalar?.value else { return true }
        return value
    }

    /// What makes `sequential` false: its value replaced, or a line added behind the entry's last one.
    ///
    /// - Parameter replacement: Mends lines of the entry's file.
    /// - Returns: The correction; nil where it is false already, or the entry is not written in lines of its own.
    func sequentialFix(with replacement: LineReplacement) -> Fix? {
        guard isSequential, !node.isFlow, let pairs = node.pairs, let first = pairs.first else { return nil }
        if let value = node["sequential"] {
            return value.scalar == nil ? nil : replacement.replacing(value.span, with: "false")
        }
        guard first.key.span.startLine > keySpan.startLine else { return nil }
        let indentation = String(repeating: " ", count: first.key.span.startColumn - 1)
        return replacement.inserting(indentation + "sequential: false", below: node.span.endLine)
    }

    /// Where the value of one of its keys stands; the entry's own key where it has none.
    func place(ofValue key: String) -> SourcePlace { node[key].map { place(of: $0.span) } ?? keyPlace }

    /// The keys that kettle reads, in the case in which it reads them.
    static let knownKeys = ["prefix", "contact", "sequential", "exclude_jobs"]

    /// The entries of a file, in order; those of a repeated key are there twice.
    static func entries(in source: YAMLSource) -> [BucketEntry] {
        (source.root?.pairs ?? []).compactMap { pair in
            guard let key = pair.key.scalar?.text else { return nil }
            return BucketEntry(path: source.path, key: key, keySpan: pair.key.span, node: pair.value)
        }
    }

    /// Whether kubernetes' own results are here: the one entry that may have an empty job prefix.
    public var isCanonicalRoot: Bool { Self.canonicalRoots.contains(key) }

    /// Source: `ValidateBuckets` in `kettle/make_json_test.py`; the second was the root until 2024-09.
    static let canonicalRoots = ["gs://kubernetes-ci-logs/logs/", "gs://kubernetes-jenkins/logs/"]
}
