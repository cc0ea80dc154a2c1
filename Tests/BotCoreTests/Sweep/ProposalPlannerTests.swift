import Foundation
import Testing

@testable import BotCore

@Suite("Which pull requests a sweep proposes")
struct ProposalPlannerTests {
    private func fixture(_ areas: [String: [String]]) -> SweepFixture {
        var files = ["config/testgrids/control.yaml": SweepFixture.grid(["control"], prefix: "other/")]
        for (area, names) in areas {
            files["config/testgrids/\(area)/\(area).yaml"] = SweepFixture.grid(names)
            files["config/testgrids/\(area)/OWNERS"] = "approvers:\n- \(area)-lead\n"
        }
        var world = SweepFixture(files)
        for name in areas.values.joined() { world.sights[name] = .build(daysAgo: 100) }
        world.sweep(onDay: 0)
        return world
    }

    @Test("one for each area, the largest first, as many as the policy allows; the rest waits")
    func groups() throws {
        var world = fixture(["a": ["a1"], "b": ["b1", "b2"], "c": ["c1"], "d": ["d1"]])
        let planned = try world.proposals(world.sweep(onDay: 1))
        #expect(planned.proposals.map(\.area) == ["b", "a", "c"])
        #expect(planned.proposals.map(\.key) == ["hash of ", "hash of ", "hash of "])
        #expect(planned.proposals.first?.branch == "bucketbot/remove-b-hash of ")
        #expect(planned.entries.first { $0.selector.name == "d1" }?.reasonNames == [.limit])
        #expect(planned.proposals.first?.plans.map(\.contribution.selectors) == [[.testGroup("b1"), .testGroup("b2")]])
    }

    @Test("an open pull request keeps what it holds, though storage is out, and lets go what is fresh again")
    func openRemovals() throws {
        var world = fixture(["a": ["a1", "a2", "a3", "a4"]])
        world.evidence.standings.open = [
            EntryStandings.OpenRemoval(
                number: 7, area: "a", key: "12345678",
                selectors: [.testGroup("a1"), .testGroup("a2"), .testGroup("a3")])
        ]
        world.sights["a1"] = .build(daysAgo: 1)
        world.sights["a2"] = .outage
        let planned = try world.proposals(world.sweep(onDay: 1))
        #expect(planned.proposals.map(\.openPullRequest) == [7])
        #expect(planned.proposals.map(\.key) == ["12345678"])
        #expect(planned.proposals.first?.selectors == [.testGroup("a2"), .testGroup("a3")])
        #expect(planned.entries.first { $0.selector.name == "a4" }?.reasonNames == [.limit])
    }

    @Test("the same set again, after its pull request has ended, gets a branch that no other had")
    func endedBranches() throws {
        var world = fixture(["a": ["a1", "a2"]])
        let judgment = world.sweep(onDay: 1)
        var branches: [String] = []
        for _ in 0..<3 {
            let planned = try world.proposals(judgment) { String($0.reversed()) }
            branches.append(try #require(planned.proposals.first).branch)
            world.evidence.standings.endedBranches.formUnion(branches)
        }
        #expect(Set(branches).count == 3)
        #expect(try world.proposals(judgment) { _ in "the same" }.proposals.count == 1)
    }

    @Test("a second sweep that finds the same plans the same")
    func stable() throws {
        var world = fixture(["a": ["a1", "a2"], "b": ["b1"]])
        let first = try world.proposals(world.sweep(onDay: 1)).proposals
        world.evidence.standings.open = first.enumerated().map { number, proposal in
            EntryStandings.OpenRemoval(
                number: number + 1, area: proposal.area, key: proposal.key, selectors: Set(proposal.selectors))
        }
        let second = try world.proposals(world.sweep(onDay: 2)).proposals
        #expect(second.map(\.selectors) == first.map(\.selectors))
        #expect(second.map(\.branch) == first.map(\.branch))
        #expect(second.map { $0.plans.map(\.removal.edits) } == first.map { $0.plans.map(\.removal.edits) })
    }

    @Test("a pull request takes no more entries than the policy says, those of one release together")
    func entryLimit() throws {
        var world = fixture(["a": ["x-v1.28-a", "x-v1.29-a", "x-v1.28-b", "x-v1.29-b", "x-v1.29-c"]])
        world.policy.removals.maxEntriesPerPullRequest = 3
        let planned = try world.proposals(world.sweep(onDay: 1))
        #expect(planned.proposals.map { $0.selectors.map(\.name) } == [["x-v1.28-a", "x-v1.28-b"]])
        #expect(planned.entries.count { $0.reasonNames == [.limit] } == 3)
        world.policy.removals.maxEntriesPerPullRequest = 1
        #expect(try world.proposals(world.sweep(onDay: 2)).proposals.map(\.entries.count) == [1])
    }

    @Test(
        "grouped by file, by contact or by entry; siblings of a release are one entry's group",
        arguments: [
            (RemovalPolicy.GroupBy.owners, ["a"]), (.file, ["a-a"]), (.contact, ["a-lead"]),
            (.entry, ["config-testgrids-a-1-28", "plain"]),
        ])
    func groupBy(groupBy: RemovalPolicy.GroupBy, areas: [String]) throws {
        var world = fixture(["a": ["x-v1.28-a", "x-v1.28-b", "plain"]])
        world.policy.removals.groupBy = groupBy
        let found = try world.proposals(world.sweep(onDay: 1)).proposals.map(\.area)
        #expect(found == areas.map { $0.replacing("config-testgrids-", with: "") })
    }

    @Test("without merge commits the contact decides, whatever the policy says")
    func mergeCommits() throws {
        var world = fixture(["a": ["a1"]])
        let proposal = try #require(world.proposals(world.sweep(onDay: 1), mergeCommits: false).proposals.first)
        #expect(proposal.groupBy == .contact)
        #expect(proposal.isGroupingForced)
    }

    @Test("a commit an entry where the policy wants it")
    func commitPer() throws {
        var world = fixture(["a": ["a1", "a2"]])
        world.policy.removals.commitPer = .entry
        let proposal = try #require(world.proposals(world.sweep(onDay: 1)).proposals.first)
        #expect(proposal.plans.map(\.contribution.selectors.count) == [1, 1])
        #expect(proposal.whole.selectors.count == 2)
    }

    @Test("what has to be edited by hand is told, and leaves its place to another")
    func handEdits() throws {
        var world = fixture(["a": ["a1", "a2"], "b": ["b1"]])
        world.files["config/testgrids/a/a.yaml"] = """
            test_groups: [{name: a1, gcs_prefix: acme/a1}, {name: a2, gcs_prefix: acme/a2}, {name: z, gcs_prefix: other/z}]
            dashboards:
            - name: d
              dashboard_tab:
              - name: a1
                test_group_name: a1
              - name: a2
                test_group_name: a2
              - name: b
                test_group_name: z

            """
        world.policy.removals.maxOpenPullRequests = 1
        let planned = try world.proposals(world.sweep(onDay: 1))
        #expect(planned.proposals.map(\.area) == ["b"])
        #expect(planned.entries.count { $0.reasonNames == [.handEdit] } == 2)
    }

    @Test("a bucket goes with the test groups below it, in one pull request")
    func buckets() throws {
        var world = fixture(["a": ["a1", "a2"]])
        world.files["kettle/buckets.yaml"] = "gs://acme/logs/:\n  prefix: \"a:\"\ngs://other/:\n  prefix: \"o:\"\n"
        world.sights["gs://acme/logs/"] = .build(daysAgo: 100)
        world.sweep(onDay: 0)
        let planned = try world.proposals(world.sweep(onDay: 1))
        #expect(
            planned.proposals.map { $0.selectors.map(\.description) } == [
                ["bucket:gs://acme/logs/", "test-group:a1", "test-group:a2"]
            ])
    }

    @Test(
        "names tell their release",
        arguments: [
            ("ci-acme-v1.27", 27), ("azure-1-28", 28), ("conformance-gardener, v1.35 AWS", 35), ("1.9-thing", 9),
            ("kops-k8s-1.16.3", 16), ("pull-acme", nil), ("kcp-0.11", nil), ("ip-10.1.27", nil), ("v11.27", nil),
            ("arm1-20", nil), ("1.123", nil),
        ] as [(String, Int?)])
    func releases(name: String, minor: Int?) {
        #expect(ReleaseBranch(in: name)?.minor == minor)
    }

    @Test("slugs are letters, digits and single dashes")
    func slugs() {
        #expect(RemovalGrouping.slug("config/testgrids/conformance/Gardener--X.yaml") == "conformance-gardener-x")
        #expect(RemovalGrouping.slug("") == "root")
        #expect(RemovalGrouping.slug("é!") == "root")
        #expect(RemovalGrouping.slug(String(repeating: "ab-", count: 30)).count <= 40)
    }
}
