import TestSupport
import Testing

@testable import BotCore

@Suite("The repository's policy")
struct PolicyFileTests {
    private func file(_ text: String) -> PolicyFile { PolicyFile(bytes: Array(text.utf8)) }

    /// The policy of a file that starts with `version: 1`.
    private func policy(_ lines: String) throws -> Policy {
        let read = file("version: 1\n" + lines + "\n")
        #expect(read.issues.isEmpty)
        return try #require(read.policy)
    }

    /// The one issue of a file that starts with `version: 1`.
    private func issue(_ lines: String) throws -> PolicyIssue {
        let read = file("version: 1\n" + lines + "\n")
        #expect(read.policy == nil)
        #expect(read.issues.count == 1)
        return try #require(read.issues.first)
    }

    @Test("A file with nothing but its version gives the defaults")
    func defaults() throws {
        #expect(try policy("") == Policy())
        #expect(try policy("paths:\nremovals:\n") == Policy(), "a section with nothing in it changes nothing")
    }

    @Test("Every key is read")
    func everyKey() throws {
        let read = try policy(
            """
            paths:
              buckets: [my/buckets.yaml]
              testgrid: ["grids/**/*.{yaml,yml}"]
              jobs: []
            generated: ["gen-*.yaml"]
            protected: []
            dashboardPrefixes: [acme, sig]
            staleAfterDays: 120
            ageingAfterDays: 100
            presubmitStaleAfterDays: 365
            confirmations: 3
            maxFlipPercent: 10
            controlLocations: [gs://kubernetes-ci-logs/logs/]
            comment: never
            maxProbesPerPullRequest: 50
            removals:
              enabled: false
              groupBy: file
              commitPer: entry
              maxOpenPullRequests: 1
              maxEntriesPerPullRequest: 5
              holdDays: 0
              holdLabel: wait
              labels: []
              snoozeDays: 30
              pingsPerPersonPerWeek: 0
            dashboardIssue: true
            """)
        var expected = Policy()
        expected.paths.buckets = ["my/buckets.yaml"]
        expected.paths.testgrid = ["grids/**/*.{yaml,yml}"]
        expected.paths.jobs = []
        expected.generated = ["gen-*.yaml"]
        expected.protected = []
        expected.dashboardPrefixes = ["acme", "sig"]
        expected.staleAfterDays = 120
        expected.ageingAfterDays = 100
        expected.presubmitStaleAfterDays = 365
        expected.confirmations = 3
        expected.maxFlipPercent = 10
        expected.controlLocations = ["gs://kubernetes-ci-logs/logs/"]
        expected.comment = .never
        expected.maxProbesPerPullRequest = 50
        expected.removals.enabled = false
        expected.removals.groupBy = .file
        expected.removals.commitPer = .entry
        expected.removals.maxOpenPullRequests = 1
        expected.removals.maxEntriesPerPullRequest = 5
        expected.removals.holdDays = 0
        expected.removals.holdLabel = "wait"
        expected.removals.labels = []
        expected.removals.snoozeDays = 30
        expected.removals.pingsPerPersonPerWeek = 0
        expected.dashboardIssue = true
        #expect(read == expected)
    }

    @Test("The documented example is the defaults")
    func documentedExample() throws {
        let read = try policy(
            """
            paths:
              buckets: [kettle/buckets.yaml, buckets.yaml]
              testgrid: ["testgrid/config.yaml", "config/testgrids/**/*.{yaml,yml}"]   # both ages
              jobs: ["config/jobs/**/*.{yaml,yml}"]
            generated: ["config/testgrids/openshift/redhat-openshift-*.yaml"]
            protected: ["sig-release-*-blocking", "presubmits-kubernetes-blocking"]
            dashboardPrefixes: []
            staleAfterDays: 90               # 30...3650
            ageingAfterDays: 60
            presubmitStaleAfterDays: 180
            confirmations: 2
            maxFlipPercent: 20
            controlLocations: []
            comment: additions
            maxProbesPerPullRequest: 200
            removals:
              enabled: true
              groupBy: owners
              commitPer: contribution
              maxOpenPullRequests: 3
              maxEntriesPerPullRequest: 50
              holdDays: 14
              holdLabel: do-not-merge/hold
              labels: [area/testgrid, kind/cleanup, tide/merge-method-merge]
              snoozeDays: 180
              pingsPerPersonPerWeek: 1
            dashboardIssue: false
            """)
        #expect(read == Policy())
    }

    @Test("Without a version that is known nothing else is judged")
    func version() {
        func kinds(_ text: String) -> [PolicyIssue.Kind] { file(text).issues.map(\.kind) }
        #expect(kinds("staleAfterDays: 1\nx: y\n") == [.missingVersion])
        #expect(kinds("version: 2\nx: y\n") == [.unknownVersion("2")])
        #expect(kinds("version: \"1\"\n") == [.unknownVersion("1")])
        #expect(kinds("version: [1]\n") == [.unknownVersion("a list")])
        #expect(kinds("version:\n") == [.unknownVersion("nothing")])
        #expect(kinds("") == [.noMapping])
        #expect(kinds("# version: 1\n") == [.noMapping])
        #expect(kinds("- version: 1\n") == [.noMapping])
        #expect(kinds("1\n") == [.noMapping])
    }

    @Test("A key that is not known is told with its line and the nearest one")
    func unknownKeys() throws {
        let misspelt = try issue("comment: always\nstaleAfterDay: 90")
        #expect(misspelt.kind == .unknownKey("staleAfterDay", nearest: "staleAfterDays"))
        #expect(misspelt.place == SourcePlace(path: ".github/bucketbot.yaml", line: 3, column: 1))
        #expect(try issue("removals:\n  holdDay: 3").kind == .unknownKey("holdDay", nearest: "holdDays"))
        #expect(try issue("zebra: 3").kind == .unknownKey("zebra", nearest: nil))
        #expect(try issue("\(String(repeating: "x", count: 1000)): 3").words.what.count < 200)
    }

    @Test("A key in the wrong section is told where it belongs")
    func misplacedKeys() throws {
        #expect(try issue("holdDays: 3").kind == .misplacedKey("holdDays", section: "removals"))
        #expect(try issue("removals:\n  comment: never").kind == .misplacedKey("comment", section: ""))
        #expect(try issue("paths:\n  labels: []").kind == .misplacedKey("labels", section: "removals"))
        #expect(try issue("paths:\n  version: 1").kind == .unknownKey("version", nearest: nil))
    }

    @Test(
        "A number has bounds, which themselves are allowed",
        arguments: [
            ("staleAfterDays", 61, 3650, 29), ("staleAfterDays", 61, 3650, 3651),
            ("presubmitStaleAfterDays", 30, 3650, 29),
            ("presubmitStaleAfterDays", 30, 3650, 3651), ("ageingAfterDays", 1, 89, 0), ("confirmations", 1, 30, 0),
            ("confirmations", 1, 30, 31), ("maxFlipPercent", 1, 100, 0), ("maxFlipPercent", 1, 100, 101),
            ("maxProbesPerPullRequest", 1, 5000, 0), ("maxProbesPerPullRequest", 1, 5000, 5001),
            ("staleAfterDays", 90, 90, -90), ("confirmations", 1, 1, Int.max), ("confirmations", 1, 1, Int.min),
        ])
    func bounds(key: String, low: Int, high: Int, outside: Int) throws {
        _ = try policy("\(key): \(low)")
        _ = try policy("\(key): \(high)")
        guard case .outOfRange(key, "\(outside)", _) = try issue("\(key): \(outside)").kind else {
            Issue.record("another issue than the bound of \(key)")
            return
        }
    }

    @Test("A number that no machine word holds is told the bounds as well, and what people do not write is no number")
    func hugeNumbers() throws {
        for text in ["9223372036854775808", "-9223372036854775809", "9" + String(repeating: "0", count: 39)] {
            let issue = try issue("staleAfterDays: \(text)")
            #expect(issue.kind == .outOfRange(key: "staleAfterDays", found: text, bounds: 30...3650))
            #expect(issue.words.fix == "write a whole number from 30 to 3650")
        }
        for text in ["0120", "+120", "1_20", "2:00", "0x78", "120.0", "\"120\""] {
            guard case .wrongKind("staleAfterDays", _, _) = try issue("staleAfterDays: \(text)").kind else {
                Issue.record("\(text) was read as a number")
                continue
            }
        }
    }

    @Test(
        "Numbers of removals have bounds too",
        arguments: [
            ("maxOpenPullRequests", 0), ("maxOpenPullRequests", 101), ("maxEntriesPerPullRequest", 0),
            ("maxEntriesPerPullRequest", 1001), ("holdDays", -1), ("holdDays", 366), ("snoozeDays", 0),
            ("snoozeDays", 3651),
            ("pingsPerPersonPerWeek", -1), ("pingsPerPersonPerWeek", 101),
        ])
    func removalBounds(key: String, outside: Int) throws {
        guard case .outOfRange(key, "\(outside)", _) = try issue("removals:\n  \(key): \(outside)").kind else {
            Issue.record("another issue than the bound of \(key)")
            return
        }
    }

    @Test("Entries age before they are stale")
    func ageing() throws {
        _ = try policy("staleAfterDays: 61")
        #expect(try issue("staleAfterDays: 60").kind == .ageingNotBelowStale(ageing: 60, stale: 60))
        let both = try issue("staleAfterDays: 100\nageingAfterDays: 100")
        #expect(both.kind == .ageingNotBelowStale(ageing: 100, stale: 100))
        #expect(both.place.line == 3)
    }

    @Test(
        "A value of another kind is refused",
        arguments: [
            "staleAfterDays: ninety", "staleAfterDays: \"90\"", "staleAfterDays: 90.0", "staleAfterDays: 0132",
            "staleAfterDays: 1:30", "staleAfterDays: 1_00", "staleAfterDays: [90]", "staleAfterDays:",
            "staleAfterDays: true",
            "staleAfterDays: +90", "staleAfterDays: .inf", "dashboardIssue: 1",
            "dashboardIssue: \"true\"", "dashboardIssue:", "comment: [never]", "comment:", "generated: a.yaml",
            "generated:",
            "generated: {a: b}", "protected: [1]", "protected: [[a]]", "protected: [~]", "paths: x", "paths: []",
            "removals: true", "removals:\n  enabled: maybe", "removals:\n  holdLabel: [a]", "removals:\n  holdLabel: 1",
            "removals:\n  labels: a", "controlLocations: gs://acme/",
        ])
    func wrongKinds(lines: String) throws {
        guard case .wrongKind = try issue(lines).kind else {
            Issue.record("another issue than the kind of value")
            return
        }
    }

    @Test(
        "A word that is no choice is refused",
        arguments: [
            "comment: sometimes", "comment: Always", "removals:\n  groupBy: person", "removals:\n  commitPer: file",
            "comment: \"\"",
        ])
    func choices(lines: String) throws {
        guard case .notAChoice = try issue(lines).kind else {
            Issue.record("another issue than the choice")
            return
        }
    }

    @Test(
        "A text that cannot work where it stands is refused",
        arguments: [
            "generated: [\"\"]", "generated: [\"  \"]", "generated: [/abs/*.yaml]", "generated: [../up.yaml]",
            "generated: ['a\\b']",
            "generated: [\"{a,b\"]", "generated: [\"}a{\"]", "generated: [\"a\\tb\"]", "protected: [\"{a\"]",
            "paths:\n  buckets: [/b.yaml]", "dashboardPrefixes: [\"\"]", "controlLocations: [acme]",
            "controlLocations: [\"gs://Acme/\"]", "controlLocations: [\"gs://acme//x/\"]",
            "removals:\n  holdLabel: \"\"",
            "removals:\n  labels: [\"\"]",
        ])
    func unusableTexts(lines: String) throws {
        guard case .unusable = try issue(lines).kind else {
            Issue.record("another issue than the text")
            return
        }
    }

    @Test("Texts and lists have lengths")
    func lengths() throws {
        func label(_ count: Int) -> String { "removals:\n  holdLabel: " + String(repeating: "x", count: count) }
        _ = try policy(label(50))
        guard case .unusable = try issue(label(51)).kind else { throw TooLong() }
        guard case .unusable = try issue("generated: [\(String(repeating: "x", count: 257))]").kind else {
            throw TooLong()
        }
        let items = (0..<200).map { "a\($0)" }.joined(separator: ", ")
        _ = try policy("protected: [\(items)]")
        #expect(try issue("protected: [\(items), x]").kind == .tooMany(key: "protected", limit: 200))
        let braces = String(repeating: "{a,b}", count: 9)
        guard case .unusable = try issue("generated: [\"\(braces)\"]").kind else { throw TooLong() }
        let comment = "#" + String(repeating: "x", count: PolicyFile.byteLimit)
        #expect(file("version: 1\n" + comment).issues.count == 1)
    }

    private struct TooLong: Error {}

    @Test("A repeated item and a repeated key are refused")
    func repetition() throws {
        #expect(try issue("protected: [a, a]").kind == .repeated(key: "protected", text: "a"))
        #expect(try issue("comment: never\ncomment: never").kind == .yaml(.duplicateKey("comment", firstLine: 2)))
    }

    @Test("What is not YAML is one issue with its line", arguments: ["a: [", "a: &b c", "\t- a", "a: !x b"])
    func notYAML(lines: String) throws {
        let found = try issue(lines)
        guard case .yaml = found.kind else {
            Issue.record("another issue than that of YAML")
            return
        }
        #expect((1...3).contains(found.place.line))
    }

    @Test("Issues come in the order of the lines, each with words")
    func order() {
        let read = file(
            "version: 1\ndashboardIssue: 1\nzebra: 2\nconfirmations: 0\nholdDays: 3\nprotected: [a, a, 1]\n")
        #expect(read.issues.map(\.place.line) == [2, 3, 4, 5, 6, 6])
        for issue in read.issues { #expect(!issue.words.what.isEmpty && !issue.words.fix.isEmpty) }
        #expect(read.policy == nil)
    }

    @Test("Any text gives a policy or an issue", arguments: 0..<200)
    func anyText(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let pieces =
            PolicyKey.names.values.flatMap { $0 }.sorted()
            + [
                ": ", "\n", "  ", "- ", "[", "]", "{", "}", "1", "-1", "90", "true", "~", "\"", "'", "#", "gs://", "\t",
                "é", "**",
            ]
        let count = Int.random(in: 0...40, using: &generator)
        let text = (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
        let read = file("version: 1\n" + text)
        #expect((read.policy == nil) == !read.issues.isEmpty, "seed \(seed)")
    }
}
