internal import BotCore
internal import Foundation

/// A local tree that holds a registry.
struct Checkout {
    /// The root.
    let folder: URL

    /// The root of a tree.
    ///
    /// - Parameter path: The folder as it was given.
    /// - Throws: `CheckoutError.noFolder`.
    init(path: String) throws {
        var isFolder: ObjCBool = false
        guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue else {
            throw CheckoutError.noFolder(path)
        }
        folder = URL(filePath: path, directoryHint: .isDirectory).standardizedFileURL.resolvingSymlinksInPath()
    }

    /// The repository's policy; the defaults where it has none.
    ///
    /// - Throws: `WrongUse` with everything that is wrong in its file.
    func policy() throws -> Policy {
        guard FileManager.default.fileExists(atPath: folder.appending(path: PolicyFile.path).path) else {
            return Policy()
        }
        let file = PolicyFile(bytes: try bytes(of: PolicyFile.path))
        if let policy = file.policy { return policy }
        let lines = file.issues.map { issue in
            "\(issue.place.path):\(issue.place.line): \(issue.words.what); \(issue.words.fix)."
        }
        throw WrongUse(lines.joined(separator: "\n"))
    }

    /// Reads the registry's files, as many at once as there are processors.
    ///
    /// - Throws: `CheckoutError` where there is no registry, or a file of it cannot be read.
    func registryFiles(policy: Policy) async throws -> [RegistryFile] {
        let sorter = RegistryFileSorter(paths: policy.paths)
        let found = try paths(sorter)
        let holds = found.contains { [.buckets, .testgrid, .testgridDefaults].contains($0.1) }
        guard holds else {
            throw CheckoutError.noRegistry(folder.path, looked: policy.paths.buckets + policy.paths.testgrid)
        }
        return try await read(found)
    }

    private func read(_ found: [(path: String, kind: RegistryFileKind)]) async throws -> [RegistryFile] {
        let workers = max(1, ProcessInfo.processInfo.activeProcessorCount)
        return try await withThrowingTaskGroup(of: [RegistryFile].self) { group in
            for worker in 0..<workers {
                group.addTask {
                    // Every nth file: neighbors in a folder are often alike in size.
                    try stride(from: worker, to: found.count, by: workers).map { index in
                        let (path, kind) = found[index]
                        return RegistryFile(path: path, kind: kind, bytes: try bytes(of: path))
                    }
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
    }

    /// The bytes of a regular file, at most one more than a registry file may have; links within the checkout count.
    func bytes(of path: String) throws -> [UInt8] {
        guard case .file(let address) = target(of: path) else {
            throw CheckoutError.unreadable(path: path, reason: "it is a link that leads to no file of the checkout")
        }
        do {
            // Opening a pipe would wait for someone to write to it.
            let type = try FileManager.default.attributesOfItem(atPath: address.path)[.type] as? FileAttributeType
            guard type == .typeRegular else {
                throw CheckoutError.unreadable(path: path, reason: "it is no regular file")
            }
            let handle = try FileHandle(forReadingFrom: address)
            let data = try handle.read(upToCount: YAMLSource.byteLimit + 1)
            // By the handle itself, which otherwise closes the number once more, when another thread's file may bear it.
            try handle.close()
            return Array(data ?? Data())
        } catch let error as CheckoutError {
            throw error
        } catch {
            throw CheckoutError.unreadable(path: path, reason: systemReason(error))
        }
    }

    /// What a path stands for.
    private enum Target {
        /// What can be read at an address, be it by way of links.
        case file(URL)
        /// A link to what lies outside of the checkout, or to nothing.
        case elsewhere
    }

    /// Where a path leads.
    private func target(of path: String) -> Target {
        let address = folder.appending(path: path)
        guard let resolved = realpath(address.path(percentEncoded: false), nil) else {
            // What cannot be resolved cannot be opened either; opening says why.
            return isLink(path) ? .elsewhere : .file(address)
        }
        defer { free(resolved) }
        let name = String(cString: resolved)
        let root = folder.path(percentEncoded: false)
        let isInside = name.utf8.starts(with: (root.hasSuffix("/") ? root : root + "/").utf8)
        return isInside ? .file(URL(filePath: name, directoryHint: .notDirectory)) : .elsewhere
    }

    /// Whether a symbolic link stands at a path.
    func isLink(_ path: String) -> Bool {
        var status = stat()
        return lstat(folder.appending(path: path).path(percentEncoded: false), &status) == 0
            && status.st_mode & S_IFMT == S_IFLNK
    }

    /// The registry's files; `.git` is left out, and links are followed to files of the checkout.
    ///
    /// A link that leads elsewhere, and what is no file, as a pipe, is named on standard error and not read. Links to
    /// folders are not followed: TestGrid does not follow them either.
    func paths(_ sorter: RegistryFileSorter) throws -> [(path: String, kind: RegistryFileKind)] {
        var found: [(path: String, kind: RegistryFileKind)] = []
        var failure: CheckoutError?
        let keys: [URLResourceKey] = [.isRegularFileKey, .isDirectoryKey]
        let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: keys) { address, error in
            // Nobody may read it, and nobody has to.
            guard sorter.mayHoldConfiguration(below: path(of: address)) else { return true }
            failure = CheckoutError.unreadable(path: address.path, reason: systemReason(error))
            return false
        }
        while let address = walker?.nextObject() as? URL {
            guard let values = try values(of: address, keys) else { continue }
            if values.isDirectory == true {
                if [".git", "node_modules", ".build"].contains(address.lastPathComponent) { walker?.skipDescendants() }
                continue
            }
            let path = path(of: address)
            guard let kind = sorter.kind(of: path) else { continue }
            if values.isRegularFile == true || leadsToFile(path) { found.append((path, kind)) }
        }
        if let failure { throw failure }
        return found.sorted { ExactText($0.path) < ExactText($1.path) }
    }

    /// Whether a regular file of the checkout is read at a path, be it by way of links; says so where none is.
    private func leadsToFile(_ path: String) -> Bool {
        guard case .file(let address) = target(of: path) else {
            StandardStreams.note(
                "bucketbot: \(path): a link that leads to no file of the checkout; what it leads to was not read.")
            return false
        }
        var status = stat()
        // What is gone again is not there to be checked.
        guard stat(address.path(percentEncoded: false), &status) == 0 else { return false }
        guard status.st_mode & S_IFMT == S_IFREG else {
            StandardStreams.note("bucketbot: \(path): no regular file; it was not read.")
            return false
        }
        return true
    }

    /// The path of an address below the root, relative to that.
    private func path(of address: URL) -> String {
        let root = folder.path(percentEncoded: false)
        let skipped = root.hasSuffix("/") ? root.utf8.count : root.utf8.count + 1
        return String(decoding: address.path(percentEncoded: false).utf8.dropFirst(skipped), as: UTF8.self)
    }

    /// What kind of thing stands at an address; nil for a name that is not UTF-8, or what is gone again.
    private func values(of address: URL, _ keys: [URLResourceKey]) throws -> URLResourceValues? {
        do {
            return try address.resourceValues(forKeys: Set(keys))
        } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
            // No path of a registry is written in anything but UTF-8, and what is gone is not there to be checked.
            return nil
        } catch {
            throw CheckoutError.unreadable(path: address.path, reason: systemReason(error))
        }
    }
}

extension Checkout {
    /// The registry's files as they were where the branch parted from a revision.
    ///
    /// Files that did not change are taken over from `head`, so that only the difference is read.
    ///
    /// - Parameters:
    ///   - revision: What `--base` says.
    ///   - head: The registry's files in the working tree.
    ///   - policy: The repository's policy.
    /// - Returns: The files that were part of the registry then.
    /// - Throws: `CheckoutError` where git cannot tell.
    func baseFiles(revision: String, head: [RegistryFile], policy: Policy) async throws -> [RegistryFile] {
        let git = GitRepository(folder: folder.path)
        let base = try await git.mergeBase(with: revision)
        let tree = try await git.tree(of: base)
        let changed = try await git.changedPaths(since: base)
        let sorter = RegistryFileSorter(paths: policy.paths)
        var old = head.filter { tree.isInSubmodule($0.path) }
        var differing: [(path: String, kind: RegistryFileKind)] = []
        let headPaths = Set(head.map { ExactText($0.path) })
        for path in changed where !headPaths.contains(path) {
            if let kind = sorter.kind(of: path.text) { differing.append((path.text, kind)) }
        }
        for file in head where tree.file(at: file.path) != nil {
            // What a link leads to may have changed where the link has not.
            if changed.contains(ExactText(file.path)) || isLink(file.path) {
                differing.append((file.path, file.kind))
            } else {
                old.append(file)
            }
        }
        let contents = try await git.contents(of: differing.map(\.path), in: tree)
        old += zip(differing, contents).compactMap { file, bytes in
            bytes.map { RegistryFile(path: file.path, kind: file.kind, bytes: $0) }
        }
        return old
    }
}
