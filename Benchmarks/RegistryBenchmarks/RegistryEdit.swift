import BotCore
import Foundation

/// One edit of one file of a registry, as a pull request makes it: a new test group that no dashboard shows.
struct RegistryEdit {
    /// Why there is nothing to edit.
    struct Missing: Error, CustomStringConvertible {
        let description: String
    }

    let policy = Policy()
    /// The registry before the edit, with what is wrong in it.
    let base: Registry
    private let baseFindings: [Finding]
    private let path: String
    private let kind: RegistryFileKind
    private let bytes: [UInt8]

    /// Reads the registry of `BENCH_REGISTRY`, and edits the file `BENCH_CHANGED` below it.
    static func ofEnvironment() throws -> RegistryEdit {
        let environment = ProcessInfo.processInfo.environment
        guard let folder = environment["BENCH_REGISTRY"], let path = environment["BENCH_CHANGED"] else {
            throw Missing(description: "Set BENCH_REGISTRY to a folder, and BENCH_CHANGED to a file below it.")
        }
        return try RegistryEdit(folder: URL(filePath: folder, directoryHint: .isDirectory), path: path)
    }

    private init(folder: URL, path: String) throws {
        let sorter = RegistryFileSorter(paths: policy.paths)
        var files: [RegistryFile] = []
        for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path).sorted() {
            guard let kind = sorter.kind(of: name) else { continue }
            let bytes = try Array(Data(contentsOf: folder.appending(path: name)))
            files.append(RegistryFile(path: name, kind: kind, bytes: bytes))
        }
        guard let kind = sorter.kind(of: path), files.contains(where: { $0.path == path }) else {
            throw Missing(description: "There is no registry file \(path) below \(folder.path).")
        }
        let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        let header = "test_groups:\n"
        guard let place = text.range(of: header) else {
            throw Missing(description: "\(path) has no line test_groups:.")
        }
        let group = "- name: ci-bench-new\n  gcs_prefix: bench-bucket/logs/ci-bench-new\n"
        self.path = path
        self.kind = kind
        bytes = Array(text.replacingCharacters(in: place, with: header + group).utf8)
        base = Registry(files: files, policy: policy)
        baseFindings = RegistryCheck.findings(in: base, policy: policy)
        guard findings().contains(where: { $0.entry == .testGroup("ci-bench-new") }) else {
            throw Missing(description: "Nothing was found in a group that no dashboard shows.")
        }
    }

    /// The edited file, read.
    func read() -> RegistryFile { RegistryFile(path: path, kind: kind, bytes: bytes) }

    /// The registry with the edit.
    func head() -> Registry {
        Registry(files: base.files.filter { $0.path != path } + [read()], policy: policy)
    }

    /// What the edit is responsible for, from its bytes on; what is wrong with the base was known before.
    func findings() -> [Finding] {
        let head = head()
        return RegistryCheck.findings(
            of: RegistryChange(from: base, to: head), in: head, policy: policy, baseFindings: baseFindings)
    }
}
