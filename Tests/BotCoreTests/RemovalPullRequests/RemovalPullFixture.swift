import Foundation
import TestSupport
import Testing

@testable import BotCore

/// A removal of two groups with three kinds of contacts, as tests change it.
struct RemovalPullFixture: Sendable {
    static let now = Date(timeIntervalSince1970: 1_795_000_000)
    static let day = 86_400.0

    var registry = RemovalFixture(
        "test_groups:\n" + RemovalFixture.groups("acme-e2e", "globex-e2e", "kept-e2e")
            + RemovalFixture.dashboard("acme-e2e", "globex-e2e", "kept-e2e"))
    var names = ["acme-e2e", "globex-e2e"]

    var entries: [RecordedEntry] {
        names.map { name in
            RecordedEntry(
                selector: .testGroup(name), verdict: .stale, evidenceID: "stale:2026-05-01",
                newestAt: Self.now.addingTimeInterval(-200 * Self.day),
                url: "https://storage.googleapis.com/acme/logs/\(name.count)/finished.json")
        }
    }

    var record: RemovalRecord {
        var record = RemovalRecord(
            area: "config-testgrids-acme", key: "0a1b2c3d", base: "master", groupBy: .owners, asOf: Self.now,
            confirmations: 2, holdUntil: Self.now.addingTimeInterval(14 * Self.day), entries: entries)
        record.hold = .on
        record.contacts = [
            RecordedContact(
                kind: .login, value: "acme-jdoe", source: .bucketsYAML, entries: [0], reach: .pinged(at: Self.now)),
            RecordedContact(
                kind: .email, value: "kim@globex.example", source: .alert, entries: [1], reach: .mail),
            RecordedContact(
                kind: .team, value: "kubernetes/sig-testing", source: .comment, entries: [1], reach: .waiting),
            RecordedContact(kind: .login, value: "gone", source: .owners, entries: [0, 1], reach: .missing),
        ]
        return record
    }

    /// The pull request, open, as it should be.
    func situation(_ change: (inout RemovalSituation) -> Void = { _ in }) -> RemovalSituation {
        var policy = RemovalPolicy()
        policy.labels = ["kind/cleanup"]
        var situation = RemovalSituation(
            record: record, decision: .open, branch: .fits, hasForeignCommits: false,
            labels: ["kind/cleanup", policy.holdLabel], present: Set(entries.map(\.selector)), policy: policy,
            now: Self.now)
        change(&situation)
        return situation
    }

    func content(
        _ record: RemovalRecord? = nil, commitPer: RemovalPolicy.CommitPer = .contribution
    ) throws -> RemovalContent {
        let record = record ?? self.record
        let planner = RemovalPlanner(
            registry: registry.registry, policy: registry.policy, surroundings: registry.surroundings)
        let plans = try planner.contributions(record.proposed, commitPer: commitPer)
        let commits = try plans.plans.indices.map { index in
            try #require(ObjectSHA(String(repeating: "\((index + 1) % 10)", count: 40)))
        }
        return RemovalContent(
            record: record, plans: plans, commits: commits,
            surroundings: .init(
                repository: try #require(RepositoryName("kubernetes/test-infra")), links: CheckLinks(),
                policy: RemovalPolicy()))
    }

    /// What a sweep found of a group.
    static func swept(_ name: String, _ verdict: Verdict, _ suspensions: [Suspension] = []) -> SweptEntry {
        SweptEntry(
            selector: .testGroup(name), place: SourcePlace(path: "a.yaml", line: 1), locations: [],
            freshness: Freshness(verdict: verdict, staleAfterDays: 90),
            suspensions: suspensions.map { SuspensionReason($0, words: "because") },
            confirmations: Confirmations(seen: 2, needed: 2))
    }
}
