import Foundation
import TestSupport
import Testing

@testable import BotCore

@Suite("What is said of edits")
struct EditReportTests {
    private let fixture = RemovalFixture(
        "test_groups:\n" + RemovalFixture.groups("a", "fixup!@alice#12 closes", "c")
            + RemovalFixture.dashboard("a", "fixup!@alice#12 closes", "c"),
        [
            RemovalFixture.jobs: "periodics:\n- name: c\n",
            "config/testgrids/acme/OWNERS": "approvers:\n- alice\n",
        ])

    private let time = Date(timeIntervalSince1970: 1_787_400_000)

    @Test("The diff, the summary and the JSON of a removal that is met in part")
    func removal() throws {
        let plan = try fixture.plan(["test-group:a", "test-group:c"])
        let report = EditReport(removal: plan, asOf: time, isWritten: false, commits: [])
        #expect(report.exitStatus == 1)
        try expectSnapshot(
            of: String(decoding: UnifiedDiff.text(of: report.edits), as: UTF8.self), named: "removal.diff")
        try expectSnapshot(of: report.text(templates: Templates()) + "\n", named: "removal.txt")
        try expectSnapshot(of: JSONEditReport.text(of: report), named: "removal.json")
    }

    @Test("The summary of what was put back and committed")
    func restoration() throws {
        let plan = try fixture.plan(["test-group:a"])
        let restored = RestorePlanner(registry: plan.registry(policy: fixture.policy), policy: fixture.policy)
            .plan(plan.asRemoval)
        let hash = String(repeating: "0123456789", count: 4)
        let report = EditReport(restoration: restored, asOf: time, isWritten: true, commits: [hash])
        #expect(report.exitStatus == 0)
        try expectSnapshot(of: report.text(templates: Templates()) + "\n", named: "restoration.txt")
        try expectSnapshot(of: JSONEditReport.text(of: report), named: "restoration.json")
        let message = CommitMessages(templates: try Templates()).message(for: restored, removedBy: hash)
        try expectSnapshot(of: message, named: "commit-restore.txt")
    }

    @Test("Nothing in a commit message closes, refers, mentions or asks to be folded in")
    func messages() throws {
        let plans = try RemovalPlanner(registry: fixture.registry, policy: fixture.policy)
            .contributions([.testGroup("a"), .testGroup("fixup!@alice#12 closes")])
        let messages = CommitMessages(templates: try Templates())
        let texts = plans.plans.map { messages.message(for: $0) }
        try expectSnapshot(of: texts.joined(separator: "----\n"), named: "commit-remove.txt")
        for text in texts {
            #expect(!text.contains("#12") && !text.contains("@") && !text.contains("fixup!"))
        }
        #expect(CommitMessages.harmless("fixes GH-12 and high-12") == "fixes GH 12 and high-12")
    }

    @Test("A file that is new, gone, or ends without a newline is told as git does")
    func diffs() {
        func text(_ old: String?, _ new: String?) -> String {
            let edit =
                new.map { FileEdit(from: old.map { Array($0.utf8) }, to: Array($0.utf8), at: "a b.yaml") }
                ?? FileEdit(deleting: nil, from: SourceLines(Array((old ?? "").utf8)), at: "a b.yaml")
            return String(decoding: UnifiedDiff.text(of: [edit]), as: UTF8.self)
        }
        #expect(
            text(nil, "a\nb")
                == "diff --git a/a b.yaml b/a b.yaml\nnew file mode 100644\n--- /dev/null\n+++ b/a b.yaml\t\n"
                + "@@ -0,0 +1,2 @@\n+a\n+b\n\\ No newline at end of file\n")
        #expect(
            text("a\n", nil)
                == "diff --git a/a b.yaml b/a b.yaml\ndeleted file mode 100644\n--- a/a b.yaml\t\n+++ /dev/null\n"
                + "@@ -1 +0,0 @@\n-a\n")
        #expect(
            text("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\n6\n7\n8\n9\n").hasSuffix(
                "@@ -2,7 +2,6 @@\n 2\n 3\n 4\n-5\n 6\n 7\n 8\n"))
    }
}
