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
        let found = try paths().compactMap { path in sorter.kind(of: path).map { (path, $0) } }
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

    /// The bytes of a regular file, at most one more than a registry file may have.
    func bytes(of path: String) throws -> [UInt8] {
        let address = folder.appending(path: path)
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
            throw CheckoutError.unreadable(path: path, reason: Self.reason(error))
        }
    }

    /// The paths of all regular files, relative to the root; links are not followed, `.git` is left out.
    private func paths() throws -> [String] {
        var found: [String] = []
        var failure: CheckoutError?
        let keys: [URLResourceKey] = [.isRegularFileKey, .isDirectoryKey]
        let walker = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: keys) { address, error in
            failure = CheckoutError.unreadable(path: address.path, reason: Self.reason(error))
            return false
        }
        let root = folder.path(percentEncoded: false)
        let skipped = root.hasSuffix("/") ? root.utf8.count : root.utf8.count + 1
        while let address = walker?.nextObject() as? URL {
            guard let values = try values(of: address, keys) else { continue }
            if values.isDirectory == true {
                if [".git", "node_modules", ".build"].contains(address.lastPathComponent) { walker?.skipDescendants() }
            } else if values.isRegularFile == true {
                found.append(
                    String(decoding: address.path(percentEncoded: false).utf8.dropFirst(skipped), as: UTF8.self))
            }
        }
        if let failure { throw failure }
        return found.sorted()
    }

    /// What kind of thing stands at an address; nil for a name that is not UTF-8, or what is gone again.
    private func values(of address: URL, _ keys: [URLResourceKey]) throws -> URLResourceValues? {
        do {
            return try address.resourceValues(forKeys: Set(keys))
        } catch CocoaError.fileReadNoSuchFile, CocoaError.fileNoSuchFile {
            // No path of a registry is written in anything but UTF-8, and what is gone is not there to be checked.
            return nil
        } catch {
            throw CheckoutError.unreadable(path: address.path, reason: Self.reason(error))
        }
    }

    private static func reason(_ error: any Error) -> String {
        let error = error as NSError
        let underlying = error.userInfo[NSUnderlyingErrorKey] as? NSError
        if let underlying, underlying.domain == NSPOSIXErrorDomain {
            return String(cString: strerror(Int32(clamping: underlying.code)))
        }
        return error.localizedDescription
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
        let sorter = RegistryFileSorter(paths: policy.paths)
        let changed = try await git.changedPaths(since: base).compactMap { path in
            sorter.kind(of: path).map { (path: path, kind: $0) }
        }
        let contents = try await git.contents(of: changed.map(\.path), at: base)
        let changedPaths = Set(changed.map(\.path))
        let old = zip(changed, contents).compactMap { file, bytes in
            bytes.map { RegistryFile(path: file.path, kind: file.kind, bytes: $0) }
        }
        return head.filter { !changedPaths.contains($0.path) } + old
    }
}
