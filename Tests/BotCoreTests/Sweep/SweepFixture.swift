import Foundation
import Testing

@testable import BotCore

/// A registry and what storage shows of it, swept one day after another.
struct SweepFixture {
    /// What a sweep sees of one location.
    enum Sight: Hashable {
        /// A build of so many days ago.
        case build(daysAgo: Double)
        case empty
        case missing
        case denied
        case outage
    }

    var files: [String: String]
    var policy = Policy()
    /// What is seen, by the name of the group or the key of the bucket.
    var sights: [String: Sight] = [:]
    var evidence: SweepEvidence
    var day = 0

    init(_ files: [String: String]) {
        self.files = files
        evidence = SweepEvidence(now: probeNow)
    }

    /// A file of groups, each shown by a tab, and as many control groups that are always fresh.
    static func grid(_ names: [String], prefix: String = "acme/logs/") -> String {
        let groups = names.map { "- name: \($0)\n  gcs_prefix: \(prefix)\($0)\n" }.joined()
        let tabs = names.map { "  - name: \($0)\n    test_group_name: \($0)\n" }.joined()
        return "test_groups:\n\(groups)dashboards:\n- name: all-\(names.first ?? "")\n  dashboard_tab:\n\(tabs)"
    }

    var registry: Registry {
        let sorter = RegistryFileSorter(paths: policy.paths)
        let read = files.compactMap { path, text in
            sorter.kind(of: path).map { RegistryFile(path: path, kind: $0, bytes: Array(text.utf8)) }
        }
        return Registry(files: read, policy: policy)
    }

    var targets: SweepTargets { SweepTargets(registry, policy: policy) }

    /// Sweeps at noon of a day, and keeps what is to be kept.
    @discardableResult
    mutating func sweep(onDay day: Int) -> SweepJudge.Judgment {
        let now = probeNow.addingTimeInterval(Double(day) * 86_400)
        let registry = registry
        let targets = SweepTargets(registry, policy: policy)
        var next = SweepEvidence(
            now: now, records: evidence.records, commitAges: evidence.commitAges, standings: evidence.standings,
            hadOutage: evidence.hadOutage)
        for target in targets.entries {
            for key in target.keys {
                let sight = sights[target.selector.name] ?? .build(daysAgo: 1)
                next.looks[key] = LocationLook(Self.report(key, sight, now: now), now: now)
            }
        }
        for key in targets.controls {
            next.looks[key] = LocationLook(
                Self.report(key, sights[key.location.description] ?? .build(daysAgo: 1), now: now), now: now)
        }
        let judgment = SweepJudge(targets: targets, registry: registry, policy: policy, evidence: next).judgment()
        next.records = judgment.records
        next.hadOutage = judgment.outage != nil
        evidence = next
        return judgment
    }

    private static func report(_ key: LookKey, _ sight: Sight, now: Date) -> ProbeReport {
        var report = ProbeReport(location: key.location, expectation: key.expectation, depth: .freshness)
        report.counts.requests = 1
        switch sight {
        case .build(let days):
            report.access.list = .allowed
            report.kind = .job
            report.facts = [
                Fact(
                    kind: .finished, at: now.addingTimeInterval(-days * 86_400), build: "1",
                    url: "https://storage.test/")
            ]
        case .empty:
            report.access.list = .allowed
            report.kind = .empty
        case .missing: report.access.list = .refused(.noSuchBucket)
        case .denied: report.access.list = .refused(.denied)
        case .outage: report.access.list = .unknown(reason: "503")
        }
        return report
    }

    /// Plans what the last sweep found.
    func proposals(
        _ judgment: SweepJudge.Judgment, mergeCommits: Bool = true,
        hash: @escaping (String) -> String = { "hash of \($0)" }
    ) throws -> ProposalPlanner.Proposals {
        try ProposalPlanner(
            planner: RemovalPlanner(registry: registry, policy: policy), targets: targets,
            standings: evidence.standings, allowsMergeCommits: mergeCommits, hash: hash
        ).proposals(for: judgment.entries)
    }
}

extension SweepJudge.Judgment {
    /// The entry of a name.
    func entry(_ name: String, _ location: SourceLocation = #_sourceLocation) throws -> SweptEntry {
        try #require(entries.first { $0.selector.name == name }, sourceLocation: location)
    }

    /// Names of the entries that are proposed.
    var proposedNames: [String] { entries.filter(\.isProposed).map(\.selector.name) }
}

extension SweptEntry {
    /// The reasons' names alone.
    var reasonNames: [Suspension] { suspensions.map(\.suspension) }
}
