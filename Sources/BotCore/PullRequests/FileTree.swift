/// The regular files of one commit: what git calls the content of each, by its path.
///
/// Links and submodules are not among them.
public struct FileTree: Hashable, Sendable {
    /// What git calls the content, by path.
    public private(set) var blobs: [String: String]

    /// A tree of files.
    public init(blobs: [String: String]) { self.blobs = blobs }

    /// The tree after a change.
    ///
    /// - Parameter changes: Everything that differs, each path once.
    /// - Returns: The new tree; nil where GitHub did not name a content, so that the tree has to be read itself.
    public func applying(_ changes: [ChangedFile]) -> FileTree? {
        var result = self
        // What went before what came: one file may move to where another was.
        for change in changes {
            switch change.status {
            case .removed: result.blobs[change.path] = nil
            case .renamed(let old): result.blobs[old] = nil
            case .present: break
            }
        }
        for change in changes where change.status != .removed {
            guard let blob = change.blob else { return nil }
            result.blobs[change.path] = blob
        }
        return result
    }

    /// What lies between two trees; a file that moved unchanged is told as a rename.
    public func changes(to other: FileTree) -> [ChangedFile] {
        var gone: [String: [String]] = [:]
        for (path, blob) in blobs where other.blobs[path] == nil { gone[blob, default: []].append(path) }
        for blob in gone.keys { gone[blob]?.sort(by: >) }
        var changes: [ChangedFile] = []
        for (path, blob) in other.blobs.sorted(by: { $0.key < $1.key }) where blobs[path] != blob {
            if blobs[path] == nil, let old = gone[blob]?.popLast() {
                changes.append(ChangedFile(path: path, status: .renamed(from: old), blob: blob))
            } else {
                changes.append(ChangedFile(path: path, status: .present, blob: blob))
            }
        }
        let removed = gone.values.joined().sorted()
        return changes + removed.map { ChangedFile(path: $0, status: .removed, blob: blobs[$0]) }
    }

    /// The registry's files among them, with their kinds, in the order of their paths.
    public func registryFiles(_ sorter: RegistryFileSorter) -> [(path: String, kind: RegistryFileKind, blob: String)] {
        blobs.compactMap { path, blob in sorter.kind(of: path).map { (path, $0, blob) } }.sorted { $0.0 < $1.0 }
    }
}

extension FileTree {
    /// The tree as text, a line a file, to be kept: `BLOB PATH`.
    ///
    /// Paths with a line break are left out; no registry has one.
    public var encoded: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(blobs.count * 90)
        for (path, blob) in blobs.sorted(by: { $0.key < $1.key }) where !path.utf8.contains(UInt8(ascii: "\n")) {
            text += Array(blob.utf8)
            text.append(UInt8(ascii: " "))
            text += Array(path.utf8)
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }

    /// Reads what `encoded` wrote; nil where it is anything else.
    public init?(encoded: [UInt8]) {
        var blobs: [String: String] = [:]
        for line in encoded.split(separator: UInt8(ascii: "\n")) {
            guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { return nil }
            let path = String(decoding: line[line.index(after: space)...], as: UTF8.self)
            blobs[path] = String(decoding: line[..<space], as: UTF8.self)
        }
        self.init(blobs: blobs)
    }
}
