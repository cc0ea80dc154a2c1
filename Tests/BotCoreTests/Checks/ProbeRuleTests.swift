import BotCore
import Foundation
import Testing

@Suite("Rules that need a probe")
struct ProbeRuleTests {
    @Test(
        "each fires once on its fixture, with only what it implies, and not on the clean twin",
        arguments: ProbeRuleFixture.all)
    func fixture(_ fixture: ProbeRuleFixture) throws {
        let findings = fixture.findings
        let rule = try #require(ProbeRules.all.first { $0.id == fixture.rule })
        #expect(findings.count { $0.rule == fixture.rule } == 1, "\(findings.map(\.rule))")
        #expect(Set(findings.map(\.rule)).subtracting(rule.implies) == [fixture.rule], "\(findings.map(\.rule))")
        #expect(fixture.twin.map(\.rule) == [])
    }

    @Test("every rule has a fixture, and every fixture a rule")
    func allHaveFixtures() {
        #expect(Set(ProbeRules.all.map { $0.id }) == Set(ProbeRuleFixture.all.map(\.rule)))
    }

    @Test("each finding fills in every argument of its words, and rests on evidence", arguments: ProbeRuleFixture.all)
    func words(_ fixture: ProbeRuleFixture) throws {
        let texts = try RuleTexts()
        for finding in fixture.findings {
            #expect(texts.rules.contains(finding.rule))
            let missing = texts.argumentNames(of: finding.rule).subtracting(finding.arguments.keys)
            #expect(missing.isEmpty, "\(finding.rule): \(missing)")
            #expect(finding.evidence.contains { !$0.request.isEmpty }, "\(finding.rule)")
        }
    }

    @Test("a finished.json that one of several builds lacks is a warning, one that all lack an error")
    func severityOfFinishedMissing() {
        var fixture = ProbeRuleFixture(
            rule: "layout-finished-missing",
            breaking: { world in
                world.buckets["acme"]?.objects["logs/e2e/\(snowflake(daysAgo(1.5)))/finished.json"] = nil
            })
        #expect(fixture.findings.map(\.severity) == [.warning])
        fixture = ProbeRuleFixture(
            rule: "layout-finished-missing", brokenEntry: { $0.job.omitting = ["finished.json"] })
        #expect(fixture.findings.map(\.severity) == [.error])
    }

    @Test("a build that began less than 24 hours ago may be running")
    func runningBuild() {
        let fixture = ProbeRuleFixture(
            rule: "layout-finished-missing",
            breaking: { world in
                world.buckets["acme"]?.objects["logs/e2e/\(snowflake(daysAgo(0.5)))/finished.json"] = nil
            })
        #expect(fixture.findings == [])
    }

    @Test("large gaps between sequential ids are found", arguments: [(1, 0), (3, 1)])
    func sparseSequentialIDs(step: Int, expected: Int) {
        let fixture = ProbeRuleFixture(
            rule: "bucket-sequential-wrong", path: "logs", expectation: .jobs, isSequential: true,
            job: StoredJob(builds: 100, everyDays: 0.01, id: { _, index in "\((100 - index) * step)" }))
        #expect(fixture.findings.count { $0.rule == "bucket-sequential-wrong" } == expected)
    }

    @Test("an entry that is hours old is only warned that no build is there")
    func youngEntry() {
        var world = StoredWorld(buckets: ["acme": .init()])
        let probe = LocationProbe(
            location: BucketLocation(bucket: "acme", prefix: "logs/e2e"), expectation: .job, depth: .full,
            context: ProbeContext(now: probeNow, policy: Policy()))
        let probed = ProbedEntry(
            report: world.report(of: probe), entry: nil, place: nil, isSequential: nil, linksJobHistory: false,
            history: EntryHistory(ageDays: 0), now: probeNow)
        #expect(ProbeRules.findings(in: probed, policy: Policy()).map(\.severity) == [.warning])
    }

    @Test("what does not fit an entry's numbers is mended by one line")
    func sequentialFix() throws {
        func fix(_ text: String) throws -> Fix? {
            let registry = registry(["kettle/buckets.yaml": text])
            return try #require(registry.entries.first.flatMap(registry.probeTarget)).sequentialFix
        }
        #expect(
            try fix("gs://acme/logs/:\n  contact: jdoe\n  prefix: \"a:\" # ours\n")
                == Fix(startLine: 3, endLine: 3, replacement: "  prefix: \"a:\" # ours\n  sequential: false"))
        #expect(
            try fix("gs://acme/logs/:\n  sequential: true # yes\n  prefix: \"a:\"\n")
                == Fix(startLine: 2, endLine: 2, replacement: "  sequential: false # yes"))
        #expect(try fix("gs://acme/logs/:\n  sequential: false\n") == nil)
        #expect(try fix("gs://acme/logs/: {prefix: \"a:\"}\n") == nil)
    }

    @Test("what is too large is not told to be written as XML")
    func junitRepairs() {
        #expect(JUnitProblem.tooLarge(byteLimit: 1).repair.contains("split it"))
        #expect(JUnitProblem.root(name: "html").repair.contains("<testsuites>"))
    }

    @Test("one build is not counted among many")
    func singularWords() throws {
        let fixture = ProbeRuleFixture(
            rule: "layout-started-invalid", breaking: { $0.rewrite("started.json", "{}") })
        let finding = try #require(fixture.findings.first { $0.rule == "layout-started-invalid" })
        #expect(finding.arguments["others"] == "")
    }
}
