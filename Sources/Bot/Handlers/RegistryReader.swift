internal import BotCore
internal import Foundation
internal import GitHubAPI

/// Puts the registry of a tree together, reading and parsing only what is not known yet.
struct RegistryReader: Sendable {
    /// Contents by what git calls them.
    typealias Contents = @Sendable ([String]) async throws -> [String: BlobContent]

    /// A registry, as far as it could be read.
    struct Reading: Sendable {
        /// The registry.
        let registry: Registry
        /// Files that GitHub does not have: nothing is known of what is in them.
        let unreadFiles: [UnreadFile]
    }

    /// What was parsed before.
    let parsed: ParsedFiles
    /// Who knows the contents.
    let contents: Contents

    /// Files whose contents are held in memory at once, until they are parsed.
    static let filesAtOnce = 100
    /// Bytes of all files of a registry; kubernetes/test-infra has 9.3 million.
    static let registryByteLimit = 96 << 20

    /// The registry of a tree.
    ///
    /// - Parameters:
    ///   - tree: The files.
    ///   - policy: Says which of them are the registry's.
    /// - Returns: The registry.
    /// - Throws: `RegistryTooLarge`, or what `contents` throws.
    func read(_ tree: FileTree, policy: Policy) async throws -> Reading {
        let wanted = tree.registryFiles(RegistryFileSorter(paths: policy.paths))
        var files: [RegistryFile] = []
        var missing: [ParsedFiles.Key] = []
        for (path, kind, blob) in wanted {
            let key = ParsedFiles.Key(path: path, kind: kind, blob: blob)
            if let file = parsed.find(key) { files.append(file) } else { missing.append(key) }
        }
        var unread: [UnreadFile] = []
        var readByteCount = 0
        for start in stride(from: 0, to: missing.count, by: Self.filesAtOnce) {
            let keys = Array(missing[start..<min(start + Self.filesAtOnce, missing.count)])
            let contents = try await contents(Array(Set(keys.map(\.blob))).sorted())
            var texts: [(key: ParsedFiles.Key, bytes: [UInt8])] = []
            for key in keys {
                switch contents[key.blob] {
                case .bytes(let bytes): texts.append((key, bytes))
                case .tooLarge:
                    // One byte more than is taken, so that the file itself is found to be too large.
                    texts.append((key, [UInt8](repeating: UInt8(ascii: " "), count: YAMLSource.byteLimit + 1)))
                case .missing, nil:
                    unread.append(UnreadFile(path: key.path, reason: "GitHub has no such file"))
                }
            }
            readByteCount += texts.reduce(0) { $0 + $1.bytes.count }
            guard readByteCount <= Self.registryByteLimit else {
                throw RegistryTooLarge(limitBytes: Self.registryByteLimit)
            }
            files += await parse(texts)
        }
        return Reading(registry: Registry(files: files, policy: policy), unreadFiles: unread)
    }

    /// Parses files, as many at once as there are processors.
    private func parse(_ texts: [(key: ParsedFiles.Key, bytes: [UInt8])]) async -> [RegistryFile] {
        let workers = max(1, min(ProcessInfo.processInfo.activeProcessorCount, texts.count))
        return await withTaskGroup(of: [RegistryFile].self) { group in
            for worker in 0..<workers {
                group.addTask {
                    stride(from: worker, to: texts.count, by: workers).map { index in
                        let (key, bytes) = texts[index]
                        let file = RegistryFile(path: key.path, kind: key.kind, bytes: bytes)
                        parsed.keep(file, for: key, byteCount: bytes.count)
                        return file
                    }
                }
            }
            return await group.reduce(into: []) { $0 += $1 }
        }
    }
}

extension RegistryReader {
    /// Reads contents through a repository of GitHub, which has those of its pull requests from forks as well.
    init(parsed: ParsedFiles, github: GitHubRepository) {
        self.init(parsed: parsed) { blobs in
            var contents: [String: BlobContent] = [:]
            for (id, content) in try await github.blobs.read(blobs.compactMap { GitObjectID($0) }) {
                contents[id.text] = content
            }
            return contents
        }
    }
}

/// All files of a registry together are larger than what is read.
struct RegistryTooLarge: Error, CustomStringConvertible {
    let limitBytes: Int

    var description: String { "the files of the registry have more than \(limitBytes >> 20) MiB together" }
}
