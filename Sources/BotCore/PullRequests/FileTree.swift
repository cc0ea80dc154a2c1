/// The regular files of one commit: what git calls the content of each, by its path.
///
/// Links and submodules are not among them.
public struct FileTree: Hashable, Sendable {
    /// What git calls the content, by path.
    public private(set) var blobs: [ExactText: String]

    /// A tree of files.
    public init(blobs: [ExactText: String]) { self.blobs = blobs }

    /// The tree after a change.
    ///
    /// - Parameter changes: Everything that differs, each path once.
    /// - Returns: The new tree; nil where GitHub did not name a content, so that the tree has to be read itself.
    public func applying(_ changes: [ChangedFile]) -> FileTree? {
        var result = self
        // What went before what came: one file may move to where another was.
        for change in changes {
            switch change.status {
            case .removed: result.blobs[ExactText(change.path)] = nil
            case .renamed(let old): result.blobs[ExactText(old)] = nil
            case .present: break
            }
        }
        for change in changes where change.status != .removed {
            guard let blob = change.blob else { return nil }
            result.blobs[ExactText(change.path)] = blob
        }
        return result
    }

    /// The tree with renamed files where they are now, and with what they held before.
    ///
    /// A file that moved within the registry is compared with what it was, and not taken for a new one: only lines that
    /// were edited on the way are the change's.
    ///
    /// - Parameters:
    ///   - changes: Everything that a change does to this tree.
    ///   - sorter: Says what a path is to the registry; a file that becomes something else is new.
    /// - Returns: The tree to compare with.
    public func moving(_ changes: [ChangedFile], _ sorter: RegistryFileSorter) -> FileTree {
        var result = self
        for change in changes {
            guard case .renamed(let old) = change.status, let blob = blobs[ExactText(old)],
                blobs[ExactText(change.path)] == nil, let kind = sorter.kind(of: change.path),
                kind == sorter.kind(of: old)
            else { continue }
            result.blobs[ExactText(old)] = nil
            result.blobs[ExactText(change.path)] = blob
        }
        return result
    }

    /// What lies between two trees; a file that moved unchanged is told as a rename.
    public func changes(to other: FileTree) -> [ChangedFile] {
        var gone: [String: [ExactText]] = [:]
        for (path, blob) in blobs where other.blobs[path] == nil { gone[blob, default: []].append(path) }
        for blob in gone.keys { gone[blob]?.sort(by: >) }
        var changes: [ChangedFile] = []
        for (path, blob) in other.blobs.sorted(by: { $0.key < $1.key }) where blobs[path] != blob {
            if blobs[path] == nil, let old = gone[blob]?.popLast() {
                changes.append(ChangedFile(path: path.text, status: .renamed(from: old.text), blob: blob))
            } else {
                changes.append(ChangedFile(path: path.text, status: .present, blob: blob))
            }
        }
        let removed = gone.values.joined().sorted()
        return changes + removed.map { ChangedFile(path: $0.text, status: .removed, blob: blobs[$0]) }
    }

    /// The registry's files among them, with their kinds, in the order of their paths.
    public func registryFiles(_ sorter: RegistryFileSorter) -> [(path: String, kind: RegistryFileKind, blob: String)] {
        blobs.sorted { $0.key < $1.key }
            .compactMap { path, blob in sorter.kind(of: path.text).map { (path.text, $0, blob) } }
    }
}

extension FileTree {
    /// The tree as text, a line a file, to be kept: `BLOB PATH`.
    ///
    /// Paths with a line break are left out; no registry has one.
    public var encoded: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(blobs.count * 90)
        for (path, blob) in blobs.sorted(by: { $0.key < $1.key }) where !path.text.utf8.contains(UInt8(ascii: "\n")) {
            text += Array(blob.utf8)
            text.append(UInt8(ascii: " "))
            text += Array(path.text.utf8)
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }

    /// Reads what `encoded` wrote; nil where it is anything else.
    public init?(encoded: [UInt8]) {
        var blobs: [ExactText: String] = [:]
        for line in encoded.split(separator: UInt8(ascii: "\n")) {
            guard let space = line.firstIndex(of: UInt8(ascii: " ")) else { return nil }
            let path = String(decoding: line[line.index(after: space)...], as: UTF8.self)
            blobs[ExactText(path)] = String(decoding: line[..<space], as: UTF8.self)
        }
        self.init(blobs: blobs)
    }
}
