import BotCore
import Foundation
import Testing

/// A location on which one rule fires, made from one on which none does.
struct ProbeRuleFixture: Sendable, CustomTestStringConvertible {
    let rule: RuleID
    var path = "logs/e2e"
    var expectation = LocationExpectation.job
    var isSequential: Bool?
    var disablesProwJobAnalysis: Bool?
    var job = StoredJob()
    /// What is done to the clean world.
    var breaking: @Sendable (inout StoredWorld) -> Void = { _ in }
    /// What is done to the entry instead, for rules that depend on what it says.
    var brokenEntry: @Sendable (inout ProbeRuleFixture) -> Void = { _ in }

    var testDescription: String { rule.name }

    /// The same without what breaks the rule.
    var twin: [Finding] { findings(breaking: false) }

    /// What the rules say of the broken location.
    var findings: [Finding] { findings(breaking: true) }

    private func findings(breaking: Bool) -> [Finding] {
        var world = StoredWorld(buckets: ["acme": .init()])
        var fixture = self
        if breaking { brokenEntry(&fixture) }
        world.buckets["acme"]?.addJob("logs/e2e/", fixture.job)
        world.buckets["acme"]?.addAlias("pr-logs/directory/pull/", to: "pr-logs/pull/o_r/1/pull/", at: daysAgo(1))
        if breaking { self.breaking(&world) }
        let probe = LocationProbe(
            location: BucketLocation(bucket: "acme", prefix: fixture.path), expectation: fixture.expectation,
            depth: .full, context: ProbeContext(now: probeNow, policy: Policy()))
        let probed = ProbedEntry(
            report: world.report(of: probe), entry: .testGroup("e2e"), place: nil, isSequential: fixture.isSequential,
            linksJobHistory: false, disablesProwJobAnalysis: fixture.disablesProwJobAnalysis, now: probeNow)
        return ProbeRules.findings(in: probed, policy: Policy())
    }
}

extension StoredWorld.Bucket {
    /// Adds a build, the alias that leads to it, and the alias folder's `latest-build.txt`.
    mutating func addAlias(_ folder: String, to path: String, at time: Date) {
        let id = snowflake(time)
        addBuild(path + id + "/", at: time)
        let link = "gs://acme/\(path)\(id)"
        objects["\(folder)\(id).txt"] = .init(text: link, at: time, metadata: ["x-goog-meta-link": link])
        objects[folder + "latest-build.txt"] = .init(text: id, at: time)
    }
}

extension StoredWorld {
    /// Puts another text in place of a file of the newest build of `logs/e2e/`.
    mutating func rewrite(_ file: String, _ text: String) {
        let name = "logs/e2e/\(snowflake(daysAgo(0.5)))/\(file)"
        buckets["acme"]?.objects[name]?.text = text
    }
}

extension ProbeRuleFixture {
    /// One for each rule that needs a probe.
    static let all: [ProbeRuleFixture] = access + level + files + jobs

    private static let access: [ProbeRuleFixture] = [
        .init(rule: "access-bucket-missing", breaking: { $0.buckets = [:] }),
        .init(
            rule: "access-list-denied",
            breaking: {
                $0.buckets["acme"]?.listRefusal = .denied
                $0.buckets["acme"]?.getRefusal = .denied
            }),
        .init(rule: "access-get-denied", breaking: { $0.buckets["acme"]?.getRefusal = .denied }),
        .init(rule: "access-list-only-by-name", breaking: { $0.buckets["acme"]?.listRefusal = .denied }),
        .init(rule: "access-requester-pays", breaking: { $0.buckets["acme"]?.listRefusal = .requesterPays }),
        .init(
            rule: "access-billing-disabled",
            breaking: { $0.buckets["acme"]?.listRefusal = .billingDisabled(message: "closed") }),
        .init(
            rule: "access-bad-name",
            breaking: { $0.buckets["acme"]?.listRefusal = .badBucketName(message: "Invalid bucket name") }),
        .init(rule: "access-inconclusive", breaking: { $0.buckets["acme"]?.outage = "503 five times" }),
    ]

    private static let level: [ProbeRuleFixture] = [
        .init(rule: "layout-no-builds", brokenEntry: { $0.path = "logs/e3e" }),
        .init(rule: "layout-prefix-level", brokenEntry: { $0.path = "logs" }),
        .init(rule: "bucket-dir-level", path: "logs", expectation: .jobs, brokenEntry: { $0.path = "logs/e2e" }),
        .init(rule: "bucket-dir-level", path: "logs", expectation: .jobs, brokenEntry: { $0.path = "" }),
    ]

    private static let files: [ProbeRuleFixture] = [
        .init(rule: "layout-started-missing", brokenEntry: { $0.job.omitting = ["started.json"] }),
        .init(
            rule: "layout-started-invalid", breaking: { $0.rewrite("started.json", #"{"timestamp": "1787400000"}"#) }),
        .init(rule: "layout-finished-missing", brokenEntry: { $0.job.omitting = ["finished.json"] }),
        .init(rule: "layout-finished-invalid", breaking: { $0.rewrite("finished.json", "") }),
        .init(
            rule: "layout-passed-missing",
            breaking: { $0.rewrite("finished.json", #"{"timestamp": 1787356800, "result": "SUCCESS"}"#) }),
        .init(
            rule: "layout-result-value",
            breaking: {
                $0.rewrite("finished.json", #"{"timestamp": 1787356800, "passed": true, "result": "success"}"#)
            }),
        .init(
            rule: "layout-timestamp-unit",
            breaking: { $0.rewrite("finished.json", #"{"timestamp": 1787356800000, "passed": true}"#) }),
        .init(
            rule: "layout-timestamp-skew",
            breaking: { $0.rewrite("finished.json", #"{"timestamp": 1787200000, "passed": true}"#) }),
        .init(rule: "layout-junit-missing", brokenEntry: { $0.job.omitting = ["artifacts/junit_01.xml"] }),
        .init(rule: "layout-junit-invalid", breaking: { $0.rewrite("artifacts/junit_01.xml", "<html/>") }),
        .init(rule: "layout-build-log-missing", brokenEntry: { $0.job.omitting = ["build-log.txt"] }),
    ]

    private static let jobs: [ProbeRuleFixture] = [
        .init(rule: "layout-build-id", brokenEntry: { $0.job.id = { _, index in "nightly-\(9 - index)" } }),
        .init(
            rule: "layout-flood",
            brokenEntry: { $0.job = StoredJob(newest: daysAgo(0.01), builds: 1100, everyDays: 0.0005) }),
        .init(
            rule: "layout-latest-build",
            breaking: { $0.buckets["acme"]?.objects["logs/e2e/latest-build.txt"]?.text = "1" }),
        .init(
            rule: "layout-alias-empty", path: "pr-logs/directory/pull",
            breaking: {
                $0.buckets["acme"]?.objects["pr-logs/directory/pull/\(snowflake(daysAgo(9))).txt"] = .init(
                    text: "", at: daysAgo(9))
            }),
        .init(
            rule: "bucket-sequential-wrong", path: "logs", expectation: .jobs, isSequential: false,
            brokenEntry: { $0.isSequential = true }),
        .init(rule: "stale-entry", brokenEntry: { $0.job.newest = daysAgo(200) }),
        .init(
            rule: "tg-prowjob-analysis", disablesProwJobAnalysis: true,
            brokenEntry: { $0.disablesProwJobAnalysis = false }),
    ]
}
