import Foundation
import Testing

@testable import BotCore

@Suite("What a sweep makes of what it saw")
struct SweepJudgeTests {
    private static let path = "config/testgrids/acme/acme.yaml"

    private func fixture(_ names: String...) -> SweepFixture {
        SweepFixture([Self.path: SweepFixture.grid(names + ["control"])])
    }

    @Test("an entry is proposed when sweeps of two days agree, and not by two sweeps of one day")
    func confirmations() throws {
        var world = fixture("old")
        world.sights["old"] = .build(daysAgo: 100)
        let first = world.sweep(onDay: 0)
        #expect(try first.entry("old").freshness.verdict == .stale)
        #expect(try first.entry("old").reasonNames == [.unconfirmed])
        #expect(try first.entry("old").confirmations == Confirmations(seen: 1, needed: 2))
        #expect(world.sweep(onDay: 0).proposedNames == [])
        #expect(world.sweep(onDay: 1).proposedNames == ["old"])
        #expect(world.sweep(onDay: 2).proposedNames == ["old"])
    }

    @Test("results in between begin the count anew, and a question without an answer does not")
    func confirmationsInARow() throws {
        var world = fixture("old")
        world.sights["old"] = .build(daysAgo: 100)
        world.sweep(onDay: 0)
        world.sights["old"] = .outage
        let unknown = world.sweep(onDay: 1)
        #expect(try unknown.entry("old").freshness.verdict == .unknown)
        #expect(try unknown.entry("old").confirmations.seen == 1)
        world.sights["old"] = .build(daysAgo: 2)
        #expect(try world.sweep(onDay: 2).entry("old").confirmations.seen == 0)
        world.sights["old"] = .build(daysAgo: 100)
        #expect(world.sweep(onDay: 3).proposedNames == [])
        #expect(world.sweep(onDay: 4).proposedNames == ["old"])
    }

    @Test("an entry that was met first by the bot is as old as that, unless a commit is older")
    func ages() throws {
        var world = fixture("empty")
        world.sights["empty"] = .empty
        #expect(try world.sweep(onDay: 0).entry("empty").freshness.verdict == .new)
        #expect(try world.sweep(onDay: 90).entry("empty").freshness.verdict == .new)
        #expect(try world.sweep(onDay: 91).entry("empty").freshness.verdict == .never)
        var other = fixture("empty")
        other.sights["empty"] = .empty
        other.evidence.commitAges[.testGroup("empty")] = 91
        #expect(try other.sweep(onDay: 0).entry("empty").freshness.verdict == .never)
    }

    @Test("a bucket is gone after three sweeps over seven days that did not find it")
    func gone() throws {
        var world = fixture("lost")
        world.sights["lost"] = .missing
        for day in [0, 1, 6] { #expect(try world.sweep(onDay: day).entry("lost").freshness.verdict == .unknown) }
        #expect(try world.sweep(onDay: 7).entry("lost").freshness.verdict == .gone)
        world.sights["lost"] = .denied
        #expect(try world.sweep(onDay: 8).entry("lost").freshness.verdict == .unreadable)
        world.sights["lost"] = .missing
        #expect(try world.sweep(onDay: 9).entry("lost").freshness.verdict == .unknown)
    }

    @Test("an empty listing where results were last week proves nothing until they would be stale")
    func vanished() throws {
        var world = fixture("wiped")
        world.evidence.commitAges[.testGroup("wiped")] = 1_000
        world.sweep(onDay: 0)
        world.sights["wiped"] = .empty
        for day in 1...90 { world.sweep(onDay: day) }
        #expect(world.sweep(onDay: 89).proposedNames == [])
        world.sweep(onDay: 91)
        #expect(world.sweep(onDay: 92).proposedNames == ["wiped"])
    }

    @Test("the newest fact and the newest build are remembered, whatever is listed later")
    func remembered() throws {
        var world = fixture("a")
        world.sweep(onDay: 0)
        let first = try #require(world.evidence.records[.testGroup("a")]?.newest)
        world.sights["a"] = .empty
        world.sweep(onDay: 1)
        #expect(world.evidence.records[.testGroup("a")]?.newest == first)
    }

    @Test("a presubmit's group that no job backs goes 180 days without results")
    func presubmits() throws {
        let text = SweepFixture.grid(["pull-acme"], prefix: "acme/pr-logs/directory/")
        var world = SweepFixture([Self.path: text, "config/testgrids/b.yaml": SweepFixture.grid(["control"])])
        world.sights["pull-acme"] = .build(daysAgo: 180)
        #expect(try world.sweep(onDay: 0).entry("pull-acme").freshness.verdict == .ageing)
        world.sights["pull-acme"] = .build(daysAgo: 181)
        #expect(try world.sweep(onDay: 1).entry("pull-acme").freshness.verdict == .stale)
    }

    @Test("where the same job is fresh in another bucket, that is told")
    func moved() throws {
        let files = [
            Self.path: SweepFixture.grid(["job"]),
            "config/testgrids/b.yaml":
                "test_groups:\n- name: new-job\n  gcs_prefix: acme-new/logs/job\ndashboards:\n- name: n\n  dashboard_tab:\n"
                + "  - name: t\n    test_group_name: new-job\n",
        ]
        var world = SweepFixture(files)
        world.sights["job"] = .build(daysAgo: 100)
        let judgment = world.sweep(onDay: 0)
        #expect(try judgment.entry("job").movedTo.map(\.description) == ["gs://acme-new/logs/job/"])
        #expect(try judgment.entry("new-job").movedTo == [])
    }

    // MARK: - What is held back

    @Test("a generated file, a protected dashboard, and a job behind a group hold it back")
    func heldByOthers() throws {
        var world = SweepFixture([
            "config/testgrids/gen/gen-1.yaml": SweepFixture.grid(["made"]),
            "config/testgrids/p.yaml": SweepFixture.grid(["kept", "control"]),
            "config/testgrids/j.yaml": SweepFixture.grid(["backed"]),
            "config/jobs/acme.yaml": "periodics:\n- name: backed\n",
        ])
        world.policy.generated = ["config/testgrids/gen/*.yaml"]
        world.policy.protected = ["all-kept"]
        for name in ["made", "kept", "backed"] { world.sights[name] = .build(daysAgo: 200) }
        world.sweep(onDay: 0)
        let judgment = world.sweep(onDay: 1)
        #expect(try judgment.entry("made").reasonNames == [.generated])
        #expect(try judgment.entry("kept").reasonNames == [.protected])
        #expect(try judgment.entry("backed").reasonNames == [.prowBacked])
        #expect(judgment.proposedNames == [])
    }

    @Test(
        "what people decided holds an entry back: snoozed until a time, declined for this evidence alone, and as long as it is not written down"
    )
    func heldByPeople() throws {
        var world = fixture("a", "b", "c")
        for name in ["a", "b", "c"] { world.sights[name] = .build(daysAgo: 100) }
        world.sweep(onDay: 0)
        let first = world.sweep(onDay: 1)
        let id = try #require(try first.entry("b").evidenceID)
        world.evidence.standings.snoozed[.testGroup("a")] = probeNow.addingTimeInterval(3 * 86_400)
        // The fixture's builds keep their age, so that the evidence of the next day is of another build.
        world.evidence.standings.declined[.testGroup("b")] = [id]
        world.evidence.standings.unsettled[.testGroup("c")] = 12
        world.sights["b"] = .build(daysAgo: 101)
        let second = world.sweep(onDay: 2)
        #expect(try second.entry("a").reasonNames == [.snoozed])
        #expect(try second.entry("b").reasonNames == [.declined])
        #expect(try second.entry("c").reasonNames == [.snoozed])
        #expect(try second.entry("c").suspensions.first?.words.contains("#12") == true)
        world.evidence.standings.unsettled = [:]
        world.sights["b"] = .build(daysAgo: 95)
        let third = world.sweep(onDay: 3)
        #expect(third.proposedNames == ["a", "b", "c"])
    }

    @Test("a comment above an entry keeps it to the end of its day")
    func keepComments() throws {
        let day = probeNow.addingTimeInterval(86_400).rfc3339.prefix(10)
        let text = SweepFixture.grid(["a", "control"]).replacing(
            "- name: a\n  gcs", with: "# Bucketbot: keep until \(day) (moving buckets)\n- name: a\n  gcs")
        var world = SweepFixture([Self.path: text])
        world.sights["a"] = .build(daysAgo: 100)
        world.sweep(onDay: 0)
        let kept = try world.sweep(onDay: 1).entry("a")
        #expect(kept.reasonNames == [.kept])
        #expect(kept.suspensions.first?.place?.line == 2)
        #expect(world.sweep(onDay: 2).proposedNames == ["a"])
    }

    @Test("a comment without a day, or with one that no calendar has, keeps nothing")
    func undatedComments() throws {
        let place = SourcePlace(path: "p", line: 1)
        #expect(KeepComment("# bucketbot: keep until 2026-02-30", at: place)?.until == nil)
        #expect(KeepComment("# bucketbot: keep", at: place)?.until == nil)
        #expect(KeepComment("# bucketbot keeps nothing", at: place) == nil)
        #expect(KeepComment("#bucketbot: keep until 2026-02-28 (x)", at: place)?.day == "2026-02-28")
    }

    // MARK: - Buckets

    @Test("a bucket is as fresh as a group below it, and stays while one does")
    func buckets() throws {
        var world = SweepFixture([
            Self.path: SweepFixture.grid(["a", "b"]),
            "config/testgrids/c.yaml": SweepFixture.grid(["control"], prefix: "other/logs/"),
            "kettle/buckets.yaml": "gs://acme/logs/:\n  contact: \"x\"\n  prefix: \"acme:\"\n",
        ])
        let key = "gs://acme/logs/"
        world.sights = ["a": .build(daysAgo: 100), key: .build(daysAgo: 100)]
        #expect(try world.sweep(onDay: 0).entry(key).freshness.verdict == .fresh)
        world.sights["b"] = .build(daysAgo: 70)
        world.sweep(onDay: 1)
        let held = try world.sweep(onDay: 2).entry(key)
        #expect(held.freshness.verdict == .stale)
        #expect(held.reasonNames == [.unconfirmed])
        world.sights["b"] = .build(daysAgo: 100)
        world.sweep(onDay: 3)
        #expect(world.sweep(onDay: 4).proposedNames == [key, "a", "b"])
    }

    @Test("a folder is looked at only where no group below it tells that it is fresh")
    func secondLooks() throws {
        let world = SweepFixture([
            Self.path: SweepFixture.grid(["a"]),
            "kettle/buckets.yaml": "gs://acme/logs/:\n  prefix: \"a:\"\ngs://other/:\n  prefix: \"o:\"\n",
        ])
        #expect(world.targets.first.map(\.description) == ["job gs://acme/logs/a/"])
        #expect(world.targets.second(freshGroups: [.testGroup("a")]).map(\.description) == ["jobs gs://other/"])
        #expect(world.targets.second(freshGroups: []).count == 2)
    }

    @Test("what was stored of a look is read back as it was")
    func coding() throws {
        let key = LookKey(BucketLocation(bucket: "acme", prefix: "logs/e2e"), .job)
        var report = ProbeReport(location: key.location, expectation: .job, depth: .freshness)
        report.access.list = .refused(.billingDisabled(message: "off"))
        report.facts = [Fact(kind: .latestBuild, at: daysAgo(1), build: nil, url: "u")]
        let look = LocationLook(report, now: probeNow)
        #expect(look.isWhole, "nothing can be listed")
        #expect(try JSONDecoder().decode(LocationLook.self, from: try JSONEncoder().encode(look)) == look)
    }
}
