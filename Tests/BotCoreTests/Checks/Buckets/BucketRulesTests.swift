import TestSupport
import Testing

@testable import BotCore

@Suite("Rules of buckets.yaml")
struct BucketRulesTests {
    /// Every rule that reads files.
    private static let everyRule: [any RegistryRule.Type] = BucketRules.all + RegistryRuleTests.rules

    private func findings(in files: [String: String]) -> [Finding] {
        let context = RegistryContext(registry: registry(files), policy: Policy())
        return Self.everyRule.flatMap { $0.findings(in: context) }
    }

    @Test("Every rule has a fixture, and a name and place in the list of its own")
    func everyRuleHasAFixture() {
        #expect(BucketRules.all.map { $0.id }.sorted() == BucketFixtures.all.map { $0.rule.id }.sorted())
        #expect(Set(BucketRules.all.map { $0.id }).count == BucketRules.all.count)
    }

    @Test("A rule fires once on its fixture, alone or with those that it implies", arguments: BucketFixtures.all)
    func firesOnce(fixture: RuleFixture) {
        let found = findings(in: fixture.broken)
        #expect(found.filter { $0.rule == fixture.rule.id }.count == 1)
        let others = Set(found.map(\.rule)).subtracting([fixture.rule.id]).subtracting(fixture.rule.implies)
        #expect(others.isEmpty)
    }

    @Test("Without the mistake no rule fires", arguments: BucketFixtures.all)
    func cleanTwin(fixture: RuleFixture) { #expect(findings(in: fixture.clean).isEmpty) }

    @Test("The example of a rule breaks it", arguments: BucketFixtures.all)
    func exampleBreaksRule(fixture: RuleFixture) {
        let isTestGrid = fixture.rule.example.hasPrefix("test_groups:")
        let files =
            isTestGrid
            ? [
                "config/testgrids/acme/acme.yaml": fixture.rule.example,
                "kettle/buckets.yaml": BucketFixtures.entry("gs://b-1/", prefix: "b:"),
            ]
            : ["kettle/buckets.yaml": fixture.rule.example]
        #expect(findings(in: files).contains { $0.rule == fixture.rule.id })
    }

    @Test("A correction cures what it is for, and breaks nothing", arguments: BucketFixtures.all)
    func fixCures(fixture: RuleFixture) throws {
        guard let finding = findings(in: fixture.broken).first(where: { $0.rule == fixture.rule.id }),
            finding.fix != nil, let path = finding.place?.path, let text = fixture.broken[path]
        else { return }
        let after = findings(in: fixture.broken.merging([path: try mended(finding, in: text)]) { $1 })
        #expect(!after.contains { $0.rule == fixture.rule.id })
        let rulesBefore = Set(findings(in: fixture.broken).map(\.rule))
        #expect(Set(after.map(\.rule)).isSubset(of: rulesBefore))
    }

    @Test("What a finding says has no gap", arguments: BucketFixtures.all)
    func wordsHaveNoGap(fixture: RuleFixture) throws {
        let texts = try RuleTexts()
        for finding in findings(in: fixture.broken) {
            #expect(texts.argumentNames(of: finding.rule).subtracting(finding.arguments.keys).isEmpty)
            let words = texts.words(for: finding, escaping: { $0 })
            for text in [words.what, words.why, words.fix] {
                #expect(!text.isEmpty && !text.contains("{{") && !text.contains("  \n"))
            }
            #expect(!words.what.contains("\n") && words.what.hasSuffix("."))
        }
    }

    @Test("A finding stands on a line of its file, and names its entry")
    func findingsHavePlaces() throws {
        for fixture in BucketFixtures.all {
            for finding in findings(in: fixture.broken) {
                let place = try #require(finding.place)
                let text = try #require(fixture.broken[place.path])
                #expect((1...text.split(separator: "\n").count).contains(place.line))
                let concernsFile = finding.rule == BucketsYAMLParse.id
                #expect(concernsFile == (finding.entry == nil), "\(finding.rule)")
            }
        }
    }

    @Test("A rule is as severe as the table of the process says")
    func severities() {
        let warnings: Set<RuleID> = [
            "bucket-url-trailing-slash", "bucket-unknown-key", "bucket-prefix-charset", "bucket-contact-form",
        ]
        let notes: Set<RuleID> = ["bucket-exclude-stream", "bucket-in-kettle-optional"]
        for rule in BucketRules.all {
            let expected: Severity = warnings.contains(rule.id) ? .warning : notes.contains(rule.id) ? .note : .error
            #expect(rule.severity == expected, "\(rule.id)")
            #expect(!rule.source.isEmpty && !rule.example.isEmpty)
        }
    }

    @Test(
        "Rules of an unreadable list say only that",
        arguments: ["a: [", "a: &x 1", "a: b: c", "\u{7}", "- a\n\t- b: ["])
    func unreadable(text: String) {
        let found = findings(in: ["kettle/buckets.yaml": text + "\n"])
        #expect(found.map(\.rule) == [BucketsYAMLParse.id])
    }

    @Test("No text makes a rule trap", arguments: 0..<200)
    func hostileText(seed: Int) {
        var generator = SplitMix64(seed: UInt64(seed))
        let pieces = [
            "gs://", "b-1", "/", ":", "\n", "  ", "prefix", "contact", "\"", "'", "- ", "[", "]", "{", "}",
            "exclude_jobs",
            "sequential", "@", "*", "(", "\\", "?", "|", "#", ",", "\u{1F600}", "e\u{301}", "0", "~", "\t", "\r\n", "",
        ]
        let count = Int.random(in: 0...60, using: &generator)
        let text = (0..<count).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
        let lines = SourceLines(Array(text.utf8))
        for finding in findings(in: ["kettle/buckets.yaml": text]) {
            guard let fix = finding.fix else { continue }
            #expect(!fix.applied(to: lines).isEmpty, "seed \(seed)")
        }
    }
}
