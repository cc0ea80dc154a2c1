import BotCore
import Foundation
import Synchronization
import TestSupport
import Testing

/// A real registry from the shared material, as it stood on a day.
struct CorpusRegistry: Sendable, CustomTestStringConvertible {
    /// The day, which is the folder's name.
    let day: String
    /// What dashboards could be called on that day; upstream keeps the list in a Go test that is not in the material.
    let prefixes: [String]
    /// The dashboards that look empty because a file of jobs is missing in the material.
    let dashboardsWithoutTheirJobs: Set<String>
    /// How many findings there are of each rule that reads files; each was read, or a sample of those of many.
    let findingsByRule: [String: Int]

    var testDescription: String { day }

    static let all = [
        CorpusRegistry(
            day: "2018-06-25",
            prefixes: [
                "canonical", "cri-o", "istio", "google", "kopeio", "tectonic", "redhat", "conformance", "presubmits",
                "sig", "wg",
            ],
            dashboardsWithoutTheirJobs: [],
            findingsByRule: [
                "tg-unknown-key": 38, "tg-dashboard-group-member": 2, "tg-same-group-twice": 4,
                "tg-contact-missing": 4, "tg-email-form": 10, "tg-stale-hours-on-group": 96,
                "tg-alert-without-mail": 28, "text-stray-quote": 2,
            ]),
        CorpusRegistry(
            day: "2026-08-22",
            prefixes: [
                "amazon", "cos", "containerd", "istio", "google", "redhat", "ibm", "vmware", "gardener", "jetstack",
                "kubevirt", "lambda", "nvidia", "conformance", "minikube", "cluster-api", "kops", "presubmits", "sig",
                "wg", "provider", "kubernetes-clients",
            ],
            dashboardsWithoutTheirJobs: [
                "kops-grid", "kops-distro-deb11", "kops-distro-cos121", "kops-1.34", "kops-1.35", "kops-1.36",
            ],
            findingsByRule: [
                "tg-dashboard-empty": 6, "tg-email-form": 257, "tg-stale-hours-on-group": 20, "tg-links-default": 56,
            ]),
    ]

    /// The default policy with the day's prefixes.
    var policy: Policy {
        var policy = Policy()
        policy.dashboardPrefixes = prefixes
        return policy
    }

    /// Reads this registry.
    ///
    /// - Parameter shared: The shared material.
    /// - Returns: The registry, with the day's prefixes.
    /// - Throws: Why it could not be unpacked or read.
    func read(from shared: URL) throws -> Registry {
        let folder = try Self.unpacked("registries", in: shared)
        return Registry(files: try Self.files(in: folder.appending(path: day)), policy: policy)
    }

    /// What was unpacked, by the archive's name; it is deleted when the process ends.
    private static let unpackedFolders = Mutex<[String: URL]>([:])

    /// Unpacks one archive of the shared material, once for all tests of this process.
    ///
    /// - Parameters:
    ///   - name: The archive's name without its ending, which is also that of the folder in it.
    ///   - shared: The shared material.
    /// - Returns: The unpacked folder.
    /// - Throws: Why the archive could not be unpacked.
    static func unpacked(_ name: String, in shared: URL) throws -> URL {
        try unpackedFolders.withLock { folders in
            if let folder = folders[name] { return folder.appending(path: name) }
            if folders.isEmpty { atexit(CorpusRegistry.deleteUnpacked) }
            let folder = FileManager.default.temporaryDirectory.appending(path: "bucketbot-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            folders[name] = folder
            let archive = shared.appending(path: "corpus/\(name).tar.xz").path
            let tar = Process()
            tar.executableURL = URL(filePath: "/usr/bin/env")
            tar.arguments = ["tar", "--extract", "--xz", "--file", archive, "--directory", folder.path]
            try tar.run()
            tar.waitUntilExit()
            try #require(tar.terminationStatus == 0, "tar and xz-utils unpack the archive")
            return folder.appending(path: name)
        }
    }

    private static let deleteUnpacked: @convention(c) () -> Void = {
        for folder in CorpusRegistry.unpackedFolders.withLock({ $0.values }) {
            do {
                try FileManager.default.removeItem(at: folder)
            } catch {
                print("\(folder.path) is left: \(error)")
            }
        }
    }

    /// Reads the files of a tree that belong to a registry.
    static func files(in folder: URL) throws -> [RegistryFile] {
        let sorter = RegistryFileSorter(paths: Policy().paths)
        let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return try paths.compactMap { path in
            guard let kind = sorter.kind(of: path) else { return nil }
            let bytes = try Data(contentsOf: folder.appending(path: path))
            return RegistryFile(path: path, kind: kind, bytes: Array(bytes))
        }
    }
}
