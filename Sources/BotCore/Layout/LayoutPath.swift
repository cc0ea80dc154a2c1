/// What a location's path says of it, by the names that the layout gives its folders.
///
/// Source: "GCS Layout" in gubernator/README.md of kubernetes/test-infra.
public struct LayoutPath: Hashable, Sendable {
    /// Folders of the layout that hold jobs or lead to them.
    public static let folderNames: Set<String> = ["logs", "pr-logs", "directory", "pull", "batch"]

    /// The parts of the path, from the bucket's root.
    public let parts: [String]

    /// The path of a location.
    public init(_ location: BucketLocation) {
        parts = location.prefix.split(separator: "/").map(String.init)
    }

    /// Whether it is the bucket's root.
    public var isRoot: Bool { parts.isEmpty }

    /// Whether it is `.../directory/JOB/`, whose builds are aliases.
    public var isAliasDirectory: Bool { parts.count >= 2 && parts[parts.count - 2] == "directory" }

    /// Whether it lies below `pr-logs/pull`, where results are sorted by pull request before they are sorted by job.
    public var isBelowPulls: Bool {
        zip(parts, parts.dropFirst()).contains { $0 == "pr-logs" && $1 == "pull" }
    }

    /// Whether it is a presubmit's place: anywhere below `pr-logs`, or an alias directory.
    public var isPresubmit: Bool { parts.contains("pr-logs") || isAliasDirectory }

    /// Whether its last part is a folder of the layout rather than a job.
    public var endsInFolder: Bool { parts.last.map(Self.folderNames.contains) == true }
}
