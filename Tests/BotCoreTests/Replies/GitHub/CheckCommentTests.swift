import Foundation
import TestSupport
import Testing

@testable import BotCore

@Suite("The comment on a pull request")
struct CheckCommentTests {
    private let writer: CheckComment

    init() throws { writer = CheckComment(templates: try Templates(), texts: try RuleTexts()) }

    private func comment(_ check: PullRequestCheck) -> String { writer.text(of: check) }

    private func expect(_ name: String, _ fixture: CheckFixture) throws {
        try expectSnapshot(of: comment(fixture.check), named: "comment/\(name).md")
    }

    @Test("All that a new entry needs is there")
    func allRight() throws {
        var fixture = try CheckFixture()
        fixture.addGoodBucket("acme")
        try fixture.addBucketEntry("gs://acme/logs/")
        try expect("all-right", fixture)
    }

    @Test("Each refusal of storage is told with what to do")
    func refusals() throws {
        let refusals: [(String, (inout StoredWorld.Bucket) -> Void)] = [
            ("private", { ($0.listRefusal, $0.getRefusal) = (.denied, .denied) }),
            ("list-only", { $0.getRefusal = .denied }), ("get-only", { $0.listRefusal = .denied }),
            ("requester-pays", { $0.listRefusal = .requesterPays }),
            ("billing", { $0.listRefusal = .billingDisabled(message: "The account is closed.") }),
            ("outage", { $0.outage = "HTTP 503 (backendError), five times" }),
        ]
        for (name, change) in refusals {
            var fixture = try CheckFixture()
            fixture.addGoodBucket("acme")
            if var bucket = fixture.world.buckets["acme"] {
                change(&bucket)
                fixture.world.buckets["acme"] = bucket
            }
            try fixture.addBucketEntry("gs://acme/logs/")
            fixture.check.nextProbeAt = probeNow.addingTimeInterval(600)
            try expect(name, fixture)
        }
    }

    @Test("A bucket that is not there is told, and nothing that follows from it")
    func missingBucket() throws {
        var fixture = try CheckFixture()
        try fixture.addBucketEntry("gs://acme/logs/")
        try expect("bucket-missing", fixture)
    }

    @Test("An entry without builds, one with a wrong layout and one that fell silent")
    func results() throws {
        var fixture = try CheckFixture()
        fixture.world.buckets["empty"] = StoredWorld.Bucket()
        fixture.addGoodBucket("acme", job: StoredJob(omitting: ["finished.json", "build-log.txt"]))
        fixture.addGoodBucket("globex", job: StoredJob(newest: daysAgo(200)))
        fixture.addGoodBucket("hooli", job: StoredJob(newest: daysAgo(70)))
        try fixture.addGroup("ci-empty-e2e", line: 3, at: "gs://empty/logs/e2e/")
        try fixture.addGroup("ci-acme-e2e", line: 6, at: "gs://acme/logs/e2e/")
        try fixture.addGroup("ci-globex-e2e", line: 9, at: "gs://globex/logs/e2e/")
        try fixture.addGroup("ci-hooli-e2e", line: 12, at: "gs://hooli/logs/e2e/")
        try expect("results", fixture)
    }

    @Test("A contact whom GitHub does not know, one who said nothing, one who could not be asked for, and none")
    func contacts() throws {
        var fixture = try CheckFixture()
        for name in ["acme", "globex", "hooli", "initech"] { fixture.addGoodBucket(name) }
        try fixture.addBucketEntry(
            "gs://acme/logs/", line: 1, contact: .init(standing: .seen(.gone), hasSpoken: .seen(false)))
        try fixture.addBucketEntry("gs://globex/logs/", line: 4, contact: .init(hasSpoken: .seen(false)))
        try fixture.addBucketEntry(
            "gs://hooli/logs/", line: 7,
            contact: .init(standing: .unknown(reason: "HTTP 502"), hasSpoken: .unknown(reason: "x")))
        try fixture.addBucketEntry("gs://initech/logs/", line: 10, contact: nil)
        try expect("contacts", fixture)
    }

    @Test("Entries of which the same is said stand together, and those that are right are listed")
    func many() throws {
        var fixture = try CheckFixture()
        fixture.addGoodBucket("acme")
        fixture.addGoodBucket("globex")
        fixture.world.buckets["globex"]?.listRefusal = .denied
        fixture.world.buckets["globex"]?.getRefusal = .denied
        for index in 0..<60 {
            try fixture.addGroup("ci-globex-\(index)", line: index + 1, at: "gs://globex/logs/\(index)/")
        }
        for index in 0..<7 { try fixture.addGroup("ci-acme-\(index)", line: 100 + index, at: "gs://acme/logs/e2e/") }
        fixture.check.counts.locationsLeftOut = 143
        try expect("many", fixture)
    }

    @Test("Findings in files, on lines of the pull request and on others, many of one kind as one")
    func files() throws {
        var fixture = try CheckFixture()
        fixture.check.changedLines = ["kettle/buckets.yaml": LineSet(1...20)]
        fixture.addFinding(
            "bucket-prefix-colon", .error, line: 4,
            ["prefix": "acme", "key": "gs://acme/logs/", "suggestion": "acme:"])
        fixture.addFinding("text-trailing-space", .note, line: 5, [:])
        fixture.addFinding(
            "bucket-url-trailing-slash", .warning, line: 30,
            ["key": "gs://globex/logs", "suggestion": "gs://globex/logs/"])
        for line in 1...12 {
            fixture.addFinding(
                "bucket-unknown-key", .warning, line: line,
                ["name": "sequental", "key": "gs://acme-\(line)/", "suggestion": "sequential"])
        }
        fixture.check.counts.edited = 2
        fixture.check.counts.removed = 1
        fixture.check.unreadFiles = [UnreadFile(path: "config/testgrids/huge.yaml", reason: "it has more than 100 MB")]
        fixture.check.policyIssues = [
            PolicyIssue(
                kind: .unknownKey("staleAfterDay", nearest: "staleAfterDays"),
                place: SourcePlace(path: ".github/bucketbot.yaml", line: 2))
        ]
        try expect("files", fixture)
    }

    @Test("A pull request that only removes entries has nothing said against it")
    func removal() throws {
        var fixture = try CheckFixture()
        fixture.check.counts.removed = 3
        try expect("removal", fixture)
    }

    @Test("Names that would be mentions, links, HTML and markers are none")
    func hostile() throws {
        var fixture = try CheckFixture()
        let hostile = CheckFixture.hostile
        fixture.addGoodBucket("acme")
        fixture.world.buckets["acme"]?.outage = hostile
        let location = BucketLocation(bucket: "acme", prefix: hostile)
        try fixture.add(
            .testGroup(hostile), place: SourcePlace(path: hostile, line: 3), location: location,
            contacts: [
                AskedContact(
                    entry: .testGroup(hostile),
                    contact: Contact(
                        kind: .team, value: hostile, source: .comment, place: SourcePlace(path: "a", line: 1)))
            ], .added)
        fixture.addFinding(
            "bucket-prefix-colon", .error, line: 4, path: hostile,
            ["prefix": hostile, "key": hostile, "suggestion": hostile])
        fixture.addFinding(
            "layout-alias-empty", .warning, line: 4,
            ["object": "a\"; rm -rf $HOME; #", "problem": hostile, "count": "2", "bucket": "acme"])
        try expect("hostile", fixture)
    }

    @Test("The same, seen at another time, has the same marker; something else has another")
    func markers() throws {
        func marker(at time: Date, _ change: (inout CheckFixture) -> Void = { _ in }) throws -> Marker? {
            var fixture = try CheckFixture()
            fixture.addGoodBucket("acme")
            try fixture.addBucketEntry("gs://acme/logs/")
            change(&fixture)
            var check = PullRequestCheck(
                repository: fixture.check.repository, number: 12, headSHA: fixture.check.headSHA, asOf: time,
                links: CheckLinks())
            check.entries = fixture.check.entries
            check.findings = fixture.check.findings
            return Marker(startOf: comment(check))
        }
        let first = try marker(at: probeNow)
        #expect(first?.kind == "check")
        #expect(try marker(at: probeNow.addingTimeInterval(60)) == first)
        #expect(try marker(at: probeNow) { $0.addFinding("text-trailing-space", .note, line: 5, [:]) } != first)
    }

    @Test("A comment is cut between entries, below its limit, and says what is missing")
    func cut() throws {
        var fixture = try CheckFixture()
        for index in 0..<400 {
            fixture.addFinding(
                "bucket-prefix-colon", .error, line: index + 1, path: "kettle/\(index).yaml",
                ["prefix": String(repeating: "p", count: 5_000), "key": "gs://a\(index)/", "suggestion": "a:"])
        }
        let text = comment(fixture.check)
        #expect(text.utf8.count <= CheckComment.byteLimit)
        #expect(text.utf8.count > CheckComment.byteLimit / 2)
        let shown = text.split(separator: "\n").count { $0.hasPrefix("❌ [") }
        #expect(text.contains("There is no room here for \(400 - shown) findings more"))
        let report = CheckRunReport(of: fixture.check, templates: try Templates(), texts: try RuleTexts())
        #expect(report.text.utf8.count <= CheckRunReport.byteLimit)
        #expect(report.summary.utf8.count <= CheckRunReport.byteLimit)
    }

    @Test("Whatever others write, every fence and every fold is closed where the comment ends")
    func closed() throws {
        let pieces = [
            "`", "```", "~~~", "<details>", "</details>", "\n", "@a", "<!--", "-->", "x", " ", "  ", "\u{202E}",
        ]
        for seed in 0..<100 as Range<UInt64> {
            var random = SplitMix64(seed: seed)
            let text = (0..<12).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            var fixture = try CheckFixture()
            fixture.addFinding(
                "bucket-prefix-colon", .error, line: 1, path: text, ["prefix": text, "key": text, "suggestion": text])
            fixture.addFinding(
                "tg-yaml-parse", .error, line: 1, path: text, ["path": text, "problem": text, "repair": text])
            let body = comment(fixture.check) + "\n/check-bucket gs://end/"
            #expect(CommandLines.lines(of: body) == ["/check-bucket gs://end/"], "seed \(seed)")
        }
    }
}
