/// A TestGrid test group: what one column of results is read from.
///
/// Source: `TestGroup` in https://github.com/GoogleCloudPlatform/testgrid/blob/master/config.md.
public struct TestGroup: RegistryItem {
    /// The file.
    public let path: String
    /// The item of `test_groups`.
    public let node: YAMLNode
    /// Its place in the file's list, from 0.
    public let index: Int
    /// The name; empty where none is written.
    public let name: String
    /// `gcs_prefix`: `bucket/path`, no scheme, several separated by commas; nil where none is written.
    public let gcsPrefix: GCSPrefix?

    /// The selector that names it.
    public var selector: Selector { .testGroup(name) }

    /// Reads an item of `test_groups`.
    init(path: String, node: YAMLNode, index: Int) {
        self.path = path
        self.node = node
        self.index = index
        name = node.fieldText("name") ?? ""
        gcsPrefix = node.fieldText("gcs_prefix").map(GCSPrefix.init)
    }

    /// Whether it reads results below a location.
    func reads(below location: BucketLocation) -> Bool {
        gcsPrefix?.locations.contains(where: location.covers) == true
    }
}

/// A `gcs_prefix` of TestGrid: one or more `bucket/path`, separated by commas.
public struct GCSPrefix: Hashable, Sendable, CustomStringConvertible {
    /// The text as written.
    public let text: String

    /// A prefix; any text.
    public init(_ text: String) { self.text = text }

    /// The text as written.
    public var description: String { text }

    /// The parts between commas, without white space around them.
    public var parts: [String] {
        guard text.utf8.contains(UInt8(ascii: ",")) else { return [text.trimmingWhitespace()] }
        return text.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingWhitespace() }
    }

    /// Where the results lie; parts of a bad form are left out.
    public var locations: [BucketLocation] {
        parts.compactMap { part in
            do { return try BucketLocation("gs://" + part + (part.hasSuffix("/") ? "" : "/")) } catch { return nil }
        }
    }

    /// The first bucket's name as written; empty where there is none.
    public var bucket: String {
        let bytes = text.utf8.prefix { $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: ",") }
        return Substring(bytes).trimmingWhitespace()
    }

    /// The names of all buckets as they are written, each once.
    var buckets: [String] {
        guard text.utf8.contains(UInt8(ascii: ",")) else { return [bucket] }
        var seen: Set<String> = []
        return parts.map { String($0.prefix { $0 != "/" }) }.filter { !$0.isEmpty && seen.insert($0).inserted }
    }

    /// Whether someone other than Kubernetes' own Prow writes these results.
    ///
    /// Source: `IsExternal` in `config/tests/testgrids/config_test.go`; the first bucket was Kubernetes' until 2024-09.
    public var isExternal: Bool { !Self.kubernetesBuckets.contains(bucket) }

    /// The buckets that Kubernetes' own Prow writes to.
    static let kubernetesBuckets = ["kubernetes-jenkins", "kubernetes-ci-logs"]

    /// Whether builds are found through `pr-logs`, as those of presubmits are.
    public var isPresubmit: Bool { parts.contains { $0.split(separator: "/").dropFirst().first == "pr-logs" } }
}
