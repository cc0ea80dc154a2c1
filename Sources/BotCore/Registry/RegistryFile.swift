/// One file of the registry, read.
///
/// Files are independent of each other until `Registry.init(files:policy:)` puts them together, so that
/// they can be read in parallel.
public struct RegistryFile: Sendable {
    /// The path, relative to the root of the checkout.
    public let path: String
    /// What the file is.
    public let kind: RegistryFileKind
    /// The text with its values and places.
    ///
    /// For Prow's jobs only the issues are kept, not lines and values: they are three times as large as the rest
    /// and nothing is looked up in them twice.
    public let source: YAMLSource
    /// What the file says.
    public let content: Content

    /// What a file says, by its kind.
    public enum Content: Sendable {
        case buckets([BucketEntry])
        case testgrid(TestGridFile)
        case defaults(TestGridDefaults)
        case jobs([ProwJob])
        case prowConfig(ProwUploads)
        case owners(OwnersFile)
        case ownersAliases([String: [String]])
        case dashboardPrefixes([String]?)
    }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - path: Relative to the root of the checkout.
    ///   - kind: What the file is, from `RegistryFileSorter`.
    ///   - bytes: The content; any bytes.
    public init(path: String, kind: RegistryFileKind, bytes: [UInt8]) {
        self.path = path
        self.kind = kind
        if kind == .dashboardPrefixes {
            source = YAMLSource(path: path, bytes: [])
            content = .dashboardPrefixes(DashboardPrefixes.read(goSource: bytes))
            return
        }
        // Generated jobs have had anchors; nothing edits these files by lines.
        let isReadOnly = kind == .jobs || kind == .prowConfig
        let source = YAMLSource(path: path, bytes: bytes, aliases: isReadOnly ? .followed : .refused)
        self.source = kind == .jobs ? source.withoutContent() : source
        switch kind {
        case .buckets: content = .buckets(BucketEntry.entries(in: source))
        case .testgrid: content = .testgrid(TestGridFile(source))
        case .testgridDefaults: content = .defaults(TestGridDefaults(source))
        case .jobs: content = .jobs(ProwJob.jobs(in: source))
        case .prowConfig: content = .prowConfig(ProwUploads(source))
        case .owners: content = .owners(OwnersFile(source))
        case .ownersAliases: content = .ownersAliases(OwnersFile.aliases(in: source))
        case .dashboardPrefixes: content = .dashboardPrefixes(nil)
        }
    }
}
