import BotCore
import Foundation
import Playground
import TestSupport
import Testing

@testable import Bot

@Suite("bucketbot sweep in a checkout")
struct SweepCommandTests {
    private static let asOf = "2026-08-22T06:00:00Z"

    private func sweep(_ arguments: [String], policy: String = "version: 1\nconfirmations: 1\n") async throws
        -> ProgramResult
    {
        let now = try #require(PlausibleTime.date(rfc3339: Self.asOf))
        func job(_ name: String, _ days: Double) -> SyntheticJob {
            SyntheticJob(
                ObjectName("logs/\(name)"), ids: .snowflake, count: 3, newest: now.addingTimeInterval(-days * 86_400),
                intervalSeconds: 86_400)
        }
        let storage = GCSStandIn([StandInBucket("acme-results", jobs: [job("new", 1), job("old", 100)])])
        let files = [
            "config/testgrids/acme/acme.yaml": """
            test_groups:
            - name: new
              gcs_prefix: acme-results/logs/new
            - name: old
              gcs_prefix: acme-results/logs/old
            dashboards:
            - name: acme
              dashboard_tab:
              - name: new
                test_group_name: new
              - name: old
                test_group_name: old

            """,
            "config/testgrids/acme/OWNERS": "approvers:\n- alice\n", ".github/bucketbot.yaml": policy,
        ]
        return try await withTemporaryFolder { folder in
            try write(files, in: folder)
            return try await withGCSStandIn(storage) { _, root in
                try await bucketbot(
                    ["sweep", "--checkout", folder.path, "--storage-url", root]
                        + arguments.map { $0.replacing("DB", with: "sqlite:\(folder.path)/sweeps.sqlite") })
            }
        }
    }

    @Test("what is proposed ends with 1, and stands in the document as the interface says")
    func json() async throws {
        let result = try await sweep(["--as-of", Self.asOf, "--format", "json"])
        #expect(result.status == 1, "\(result.errors)")
        let document = try result.json()
        #expect(document["asOf"] as? String == Self.asOf)
        let entries = try #require(document["entries"] as? [[String: Any]])
        #expect(entries.map { $0["selector"] as? String } == ["test-group:new", "test-group:old"])
        let old = try #require(entries.last)
        #expect(
            Set(old.keys) == [
                "selector", "path", "line", "verdict", "suspensions", "confirmations", "newest", "ageDays", "contacts",
                "requests",
            ])
        #expect(old["verdict"] as? String == "stale")
        #expect(old["ageDays"] as? Int == 100)
        #expect(old["suspensions"] as? [String] == [])
        #expect((old["newest"] as? [String: Any])?["fact"] as? String == "build-id")
        #expect((old["contacts"] as? [[String: Any]])?.first?["value"] as? String == "alice")
    }

    @Test("the text reads as recorded")
    func text() async throws {
        let result = try await sweep(["--as-of", Self.asOf])
        try expectSnapshot(of: result.output, named: "sweep.txt")
    }

    @Test("a first sweep proposes nothing where two have to agree, and a database remembers it")
    func database() async throws {
        let first = try await sweep(["--as-of", Self.asOf, "--database", "DB"], policy: "version: 1\n")
        #expect(first.status == 0, "\(first.errors)")
        #expect(first.output.contains("1 of 2 did"))
    }

    @Test(
        "what makes no sense together ends with 2 and says so",
        arguments: [
            (["--open"], "--open needs --repo"), (["--repo", "o/r"], "Name either"),
            (["--acknowledge-outage"], "needs the database"), (["--open", "--as-of", asOf], "--as-of goes without"),
            (["--format", "sarif"], "text or json"),
        ])
    func wrongUse(arguments: [String], words: String) async throws {
        let result = try await sweep(arguments)
        #expect(result.status == 2)
        #expect(result.errors.contains(words), "\(result.errors)")
    }
}
