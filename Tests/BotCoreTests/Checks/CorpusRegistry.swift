import BotCore
import Foundation
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

    /// Unpacks the registries and reads this one.
    ///
    /// - Parameter shared: The shared material.
    /// - Returns: The registry, with the day's prefixes.
    /// - Throws: Why it could not be unpacked or read.
    func read(from shared: URL) async throws -> Registry {
        try await Self.withUnpacked("registries", in: shared) { folder in
            Registry(files: try Self.files(in: folder.appending(path: day)), policy: policy)
        }
    }

    /// Unpacks one archive of the shared material for as long as `body` runs.
    ///
    /// - Parameters:
    ///   - name: The archive's name without its ending, which is also that of the folder in it.
    ///   - shared: The shared material.
    ///   - body: Gets the unpacked folder.
    /// - Returns: What `body` returns.
    /// - Throws: Why the archive could not be unpacked, or what `body` throws.
    static func withUnpacked<Result>(
        _ name: String, in shared: URL, _ body: (URL) async throws -> Result
    ) async throws -> Result {
        try await withTemporaryFolder { folder in
            let archive = shared.appending(path: "corpus/\(name).tar.xz").path
            let tar = Process()
            tar.executableURL = URL(filePath: "/usr/bin/env")
            tar.arguments = ["tar", "--extract", "--xz", "--file", archive, "--directory", folder.path]
            try tar.run()
            tar.waitUntilExit()
            try #require(tar.terminationStatus == 0, "tar and xz-utils unpack the archive")
            return try await body(folder.appending(path: name))
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
