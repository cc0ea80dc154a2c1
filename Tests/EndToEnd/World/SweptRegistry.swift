import BotCore
import Foundation
import Playground

/// A registry with entries of every kind, and the buckets that go with it at a time.
struct SweptRegistry: Sendable {
    /// Some test groups of one fate, in a file of their own.
    struct Batch: Sendable {
        let path: String
        let names: [String]
        /// The bucket of their results.
        let bucket: String
        /// How many days ago each got its last result; nil for none ever.
        let age: Double?
        var isFlow = false
        var dashboard: String?

        /// The file.
        var text: String {
            let groups =
                isFlow
                ? "test_groups: [{name: kept-\(names[0]), gcs_prefix: sweep-fresh/logs/f0}, "
                    + names.map { "{name: \($0), gcs_prefix: \(bucket)/logs/\($0)}" }.joined(separator: ", ") + "]\n"
                : "test_groups:\n" + names.map { "- name: \($0)\n  gcs_prefix: \(bucket)/logs/\($0)\n" }.joined()
            let shown = (isFlow ? ["kept-\(names[0])"] : []) + names
            let tabs = shown.map { "  - name: \($0)\n    test_group_name: \($0)\n" }.joined()
            return "\(groups)dashboards:\n- name: \(dashboard ?? "all-" + names[0])\n  dashboard_tab:\n\(tabs)"
        }
    }

    let batches: [Batch]
    /// Files beside those of the batches.
    var others: [String: String] = [:]

    /// The files by their paths.
    var files: [String: String?] {
        var files: [String: String?] = [:]
        for batch in batches { files[batch.path] = batch.text }
        return files.merging(others.mapValues { Optional($0) }) { $1 }
    }

    /// Puts results into storage as they are at a time.
    func fill(_ storage: GCSStandIn, at now: Date) {
        for (name, batches) in Dictionary(grouping: batches, by: \.bucket) {
            let jobs = batches.flatMap { batch in
                batch.names.compactMap { name -> SyntheticJob? in
                    guard let age = batch.age else { return nil }
                    return SyntheticJob(
                        ObjectName("logs/\(name)"), ids: .snowflake, count: 3,
                        newest: now.addingTimeInterval(-age * 86_400), intervalSeconds: 86_400)
                }
            }
            let access = storage.world[bucket: name]?.access ?? .worldReadable
            storage.add(StandInBucket(name, access: access, jobs: jobs))
        }
        storage.update(bucket: "acme-results") { bucket in
            bucket.put(
                SyntheticJob(
                    ObjectName("logs/e2e"), ids: .snowflake, count: 6, newest: now.addingTimeInterval(-3_600),
                    intervalSeconds: 86_400))
        }
    }

    /// Names of the form `PREFIX0`, `PREFIX1`.
    static func names(_ prefix: String, _ count: Int) -> [String] { (0..<count).map { "\(prefix)\($0)" } }

    /// Three hundred entries, with those of the clean registry: every verdict, and what holds entries back.
    static let everything: SweptRegistry = {
        func batch(_ area: String, _ prefix: String, _ count: Int, _ age: Double?, bucket: String? = nil) -> Batch {
            Batch(
                path: "config/testgrids/\(area)/\(prefix).yaml", names: names(prefix, count),
                bucket: bucket ?? "sweep-\(prefix)", age: age)
        }
        var flow = batch("byhand", "h", 5, 150)
        flow.isFlow = true
        var blocking = batch("blocking", "p", 10, 150)
        blocking.dashboard = "sig-release-master-blocking"
        let stale =
            [batch("north", "n", 22, 150), batch("east", "e", 20, 150), batch("west", "w", 19, 150)]
            // Two contributions of one area: two commits of one pull request.
            + [batch("south", "s", 15, 150), batch("south", "t", 6, 150)]
        let kept = batch("kept", "k", 1, 150)
        var others = ["config/jobs/acme.yaml": "periodics:\n" + names("j", 10).map { "- name: \($0)\n" }.joined()]
        others["config/testgrids/kept/k.yaml"] = kept.text.replacing(
            "- name: k0\n  gcs", with: "# bucketbot: keep until 2028-01-01 (moving)\n- name: k0\n  gcs")
        for area in ["north", "south", "east", "west"] {
            others["config/testgrids/\(area)/OWNERS"] = "approvers:\n- \(area)-lead\n"
        }
        let batches =
            stale + [
                batch("fresh", "f", 97, 1, bucket: "sweep-fresh"), batch("ageing", "a", 20, 70),
                batch("never", "v", 15, nil), batch("gone", "x", 10, 1), batch("private", "d", 10, 1),
                batch("odd", "o", 10, 1), batch("openshift", "redhat-openshift-", 20, 150, bucket: "sweep-redhat"),
                blocking,
                batch("jobs", "j", 10, 150), flow, kept, batch("idle", "i", 7, 150),
            ]
        return SweptRegistry(batches: batches, others: others)
    }()
}
