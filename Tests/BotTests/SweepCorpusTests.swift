import BotCore
import Foundation
import Playground
import TestSupport
import Testing

@testable import Bot

@Suite("A sweep over the registry of 2026")
struct SweepCorpusTests {
    private static let asOf = "2026-08-22T06:00:00Z"
    private static let day = "2026-08-22"

    /// A bucket for each that the registry names: generated groups fell silent, and so did every fiftieth of the others.
    private func storage(for registry: Registry, policy: Policy, now: Date) -> GCSStandIn {
        let generated = policy.generated.map(Glob.init)
        var jobs: [String: [String: SyntheticJob]] = [:]
        for (index, group) in registry.groups.enumerated() {
            let isSilent = generated.contains { $0.matches(group.path) } || index % 50 == 0
            for location in group.gcsPrefix?.locations ?? [] where !location.prefix.isEmpty {
                let newest = now.addingTimeInterval((isSilent ? -150 : -1) * 86_400)
                let job = SyntheticJob(
                    ObjectName(location.prefix), ids: .snowflake, count: 2, newest: newest, intervalSeconds: 86_400)
                // What several groups share is as fresh as the freshest of them wants it.
                if !isSilent || jobs[location.bucket]?[location.prefix] == nil {
                    jobs[location.bucket, default: [:]][location.prefix] = job
                }
            }
        }
        return GCSStandIn(
            jobs.map { bucket, jobs in
                // A job cannot lie within another here.
                let outermost = jobs.filter { prefix, _ in
                    !jobs.keys.contains { prefix != $0 && prefix.hasPrefix($0) }
                }
                return StandInBucket(bucket, jobs: Array(outermost.values))
            })
    }

    private func registry(in folder: URL, policy: Policy) async throws -> Registry {
        Registry(files: try await Checkout(path: folder.path).registryFiles(policy: policy), policy: policy)
    }

    @Test("every generated group is told to its owners and none is proposed; of the others those that are silent are")
    func registryOf2026() async throws {
        guard let shared = SharedMaterial.folder else { return print("left out: ../shared is absent") }
        let now = try #require(PlausibleTime.date(rfc3339: Self.asOf))
        try await withTemporaryFolder { folder in
            let archive = shared.appending(path: "corpus/registries.tar.xz").path
            let unpacked = try await shell(#"tar -xJf "$1" -C "$2""#, [archive, folder.path])
            try #require(unpacked.status == 0, "\(unpacked.errors)")
            let root = folder.appending(path: "registries/\(Self.day)")
            try write([".github/bucketbot.yaml": "version: 1\nconfirmations: 1\n"], in: root)
            let policy = Policy()
            let registry = try await registry(in: root, policy: policy)
            let storage = storage(for: registry, policy: policy, now: now)
            let result = try await withGCSStandIn(storage) { _, address in
                try await bucketbot([
                    "sweep", "--checkout", root.path, "--as-of", Self.asOf, "--storage-url", address, "--format",
                    "json",
                ])
            }
            #expect(result.status == 1, "\(result.errors)")
            let document = try result.json()
            let entries = try #require(document["entries"] as? [[String: Any]])
            #expect(entries.count == registry.entries.count)
            let generated = entries.filter { ($0["suspensions"] as? [String])?.first == "generated" }
            let files = policy.generated.map(Glob.init)
            #expect(generated.count == 2_060)
            let proposed = entries.filter { entry in
                let isRemovable = ["stale", "never", "gone"].contains(entry["verdict"] as? String)
                return isRemovable && (entry["suspensions"] as? [String])?.isEmpty == true
            }
            #expect(!proposed.isEmpty)
            for entry in proposed {
                let path = try #require(entry["path"] as? String)
                #expect(!files.contains { $0.matches(path) })
            }
            let summary = try #require(document["summary"] as? [String: Any])
            let pulls = try #require(summary["pullRequests"] as? [[String: Any]])
            #expect((1...policy.removals.maxOpenPullRequests).contains(pulls.count))
            #expect(pulls.flatMap { $0["selectors"] as? [String] ?? [] }.count == proposed.count)
        }
    }
}
