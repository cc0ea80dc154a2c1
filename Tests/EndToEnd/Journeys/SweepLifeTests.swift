import BotCore
import Foundation
import Playground
import TestSupport
import Testing

@testable import Bot

@Suite("A sweep of three hundred entries, and what becomes of what it opens")
struct SweepLifeTests {
    /// The removal pull request of an area, the newest one.
    private func pull(_ area: String, in world: World) throws -> GitHubStandIn.SeenPull {
        let all = world.gitHub.pulls(in: world.repository)
        return try #require(all.last { $0.branch.hasPrefix("bucketbot/remove-\(area)-") }, "\(all.map(\.branch))")
    }

    /// The pull requests that take something out, by their areas.
    private func openAreas(in world: World) -> [String] {
        world.gitHub.pulls(in: world.repository).filter(\.isOpen).map { pull in
            String(pull.branch.dropFirst("bucketbot/remove-".count).dropLast(9))
        }.sorted()
    }

    /// The bot's comments that mention somebody; all its comments count as read then.
    private func pings(on pull: GitHubStandIn.SeenPull, in world: World) -> [String] {
        world.comments(on: pull.issue).map(\.body).filter { $0.contains("you are the one to ask") }
    }

    private func withPeople(
        _ body: @escaping @Sendable (World, SweptRegistry, [String: StandInAccount]) async throws -> Void
    ) async throws {
        try await withSweptWorld { world, registry in
            world.preparedForRemovals()
            var leads: [String: StandInAccount] = [:]
            for area in ["north", "south", "east", "west"] {
                leads[area] = world.gitHub.addAccount("\(area)-lead")
            }
            world.gitHub.addMembers(Array(leads.values), to: world.example.organization)
            try await body(world, registry, leads)
            for pull in world.gitHub.pulls(in: world.repository) { _ = world.comments(on: pull.issue) }
        }
    }

    /// A day later, swept and delivered.
    private func nextSweep(of world: World) async throws -> SweepEngine.Result {
        world.clock.advance(seconds: 86_400)
        let result = try await world.sweep(reconciles: true)
        try await world.deliver()
        return result
    }

    /// Another day, on which nothing is written.
    private func expectQuietSweep(of world: World) async throws {
        let asked = try await world.requests { _ = try await nextSweep(of: world) }
        #expect(asked.writes == [])
    }

    private func selectors(_ suspension: Suspension, in result: SweepEngine.Result) -> Set<BotCore.Selector> {
        let entries = result.report.entries.filter { $0.suspensions.contains { $0.suspension == suspension } }
        return Set(entries.map(\.selector))
    }

    private func groups(_ names: [String]) -> Set<BotCore.Selector> { Set(names.map { .testGroup($0) }) }

    // MARK: - As planned

    @Test("its pull requests, commits, labels and mentions are those of the plan; no later sweep changes anything")
    func asPlanned() async throws {
        try await withPeople { world, _, _ in
            let plan = try await world.sweep()
            let asked = try await world.requests {
                world.clock.advance(seconds: 60)
                let done = try await world.sweep(reconciles: true)
                #expect(done.proposals.map(\.branch) == plan.proposals.map(\.branch))
                try await world.deliver()
            }
            let messages = CommitMessages(templates: world.bot.parts.words.texts)
            #expect(world.gitHub.pulls(in: world.repository).count == plan.proposals.count)
            for proposal in plan.proposals {
                let pull = try pull(proposal.area, in: world)
                #expect(pull.branch == proposal.branch && pull.isOpen)
                let commits = try await world.gitHub.commits(of: pull.issue).map(\.message.trimmed)
                let isAsPlanned = commits == proposal.plans.map { messages.message(for: $0).trimmed }
                #expect(isAsPlanned, "\(proposal.area)")
                for edit in proposal.whole.edits {
                    let bytes = try await world.gitHub.file(edit.path, at: pull.head, in: world.repository)
                    let isEdited = bytes == edit.new
                    #expect(isEdited, "\(edit.path)")
                }
                #expect(pull.labels.sorted() == ["area/testgrid", "do-not-merge/hold", "kind/cleanup"])
                let mentions = pings(on: pull, in: world).joined().matches(of: #/@([a-z-]+):/#).map { String($0.1) }
                // Nobody is known to own what stands outside of the areas.
                #expect(mentions == (proposal.area == "root" ? [] : ["\(proposal.area)-lead"]))
                #expect(RemovalRecord(body: pull.body)?.proposed == proposal.selectors)
            }
            try expectSnapshot(of: writes(asked), named: "sweep-writes.txt")
            try await expectQuietSweep(of: world)
            try await world.withLostDatabase { restored in
                try await expectQuietSweep(of: restored)
            }
        }
    }

    /// Every write, counted.
    private func writes(_ asked: [GitHubJournal.Entry]) -> String {
        let counts = Dictionary(grouping: asked.writes) { $0 }.mapValues(\.count)
        return counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)\n" }.joined()
    }

    // MARK: - What becomes of them

    /// What no pull request is left for at first.
    private var waiting: Set<BotCore.Selector> {
        groups(SweptRegistry.names("e", 20) + SweptRegistry.names("w", 19))
    }

    @Test("results that resume, edits, refusals, merges, reverts, orders to keep and moves of the base end as designed")
    func life() async throws {
        try await withPeople { world, registry, leads in
            let first = try await world.sweep(reconciles: true)
            try await world.deliver()
            #expect(openAreas(in: world) == ["north", "root", "south"])
            #expect(selectors(.limit, in: first) == waiting)
            try await peopleAct(in: world, leads)
            let second = try await nextSweep(of: world)
            try await expectResumedFrozenAndKept(second, in: world)
            try await peopleDecide(in: world, registry)
            let third = try await nextSweep(of: world)
            try await expectDeclinedMergedAndMoved(third, in: world)
            let path = "config/testgrids/north/n.yaml"
            try await world.pushToMaster([path: registry.files[path] ?? nil])
            try await world.deliver()
            let fourth = try await nextSweep(of: world)
            let north = groups(SweptRegistry.names("n", 22)).subtracting(groups(["n0", "n1"]))
            #expect(selectors(.snoozed, in: fourth) == north)
            #expect(try pull("north", in: world).body.contains("standing=restored"))
            let words = world.bot.parts.words
            let text = SweepText(templates: words.texts, rules: words.rules, style: TextStyle(isColored: false))
            try expectSnapshot(of: text.text(of: fourth.report, fourth.proposals), named: "sweep-life.txt")
            try await expectQuiet(world)
        }
    }

    private func peopleAct(in world: World, _ leads: [String: StandInAccount]) async throws {
        world.storage.update(bucket: "sweep-n") { bucket in
            for name in ["n0", "n1"] {
                bucket.put(
                    SyntheticJob(
                        ObjectName("logs/\(name)"), ids: .snowflake, count: 3,
                        newest: world.clock.now.addingTimeInterval(3_600), intervalSeconds: 1_800))
            }
        }
        let south = try pull("south", in: world)
        try await world.gitHub.push(
            ["README.md": "Edited by hand.\n"], to: world.repository.branch(south.branch), by: world.maintainer)
        let lead = try #require(leads["north"])
        try world.gitHub.comment("/keep test-group:n5 moving", on: try pull("north", in: world).issue, by: lead)
        try await world.deliver()
    }

    private func expectResumedFrozenAndKept(_ result: SweepEngine.Result, in world: World) async throws {
        let north = try pull("north", in: world)
        let left = try await text("config/testgrids/north/n.yaml", at: north.head, in: world)
        let stays = SweptRegistry.names("n", 22).filter { left.contains("- name: \($0)\n") }
        #expect(stays == ["n0", "n1", "n5"])
        #expect(north.isOpen && north.title.contains("19 entries"))
        let south = try pull("south", in: world)
        #expect(south.isOpen && south.body.contains("Somebody else's commit"))
        let said = world.comments(on: south.issue).filter { $0.body.contains("I leave the branch alone") }
        #expect(said.count == 1)
        #expect(selectors(.snoozed, in: result) == groups(["n5"]))
        for pull in [north, south] { #expect(pings(on: pull, in: world).count == 1) }
    }

    private func peopleDecide(in world: World, _ registry: SweptRegistry) async throws {
        try await world.gitHub.close(try pull("south", in: world).issue, by: world.maintainer)
        try await world.gitHub.merge(try pull("north", in: world).issue, by: world.maintainer)
        let path = "config/testgrids/idle/i.yaml"
        let text = (registry.files[path] ?? nil) ?? ""
        try await world.pushToMaster([
            path: text.replacing("sweep-i/logs/i3\n", with: "sweep-i/logs/i3\n  days_of_results: 3\n")
        ])
        try await world.deliver()
    }

    private func expectDeclinedMergedAndMoved(_ result: SweepEngine.Result, in world: World) async throws {
        #expect(result.report.entries.count == 281)
        let south = SweptRegistry.names("s", 15) + SweptRegistry.names("t", 6)
        #expect(selectors(.declined, in: result) == groups(south))
        #expect(try pull("south", in: world).body.contains("standing=declined"))
        #expect(try pull("north", in: world).isMerged)
        // Two have ended, and so two others were opened.
        #expect(selectors(.limit, in: result).isDisjoint(with: waiting))
        #expect(openAreas(in: world) == ["east", "root", "west"])
        let root = try pull("root", in: world)
        let left = try await text("config/testgrids/idle/i.yaml", at: root.head, in: world)
        #expect(left == "")
        try await world.gitHub.merge(root.issue, by: world.maintainer)
        try await world.deliver()
    }

    private func text(_ path: String, at revision: String, in world: World) async throws -> String {
        String(decoding: try await world.gitHub.file(path, at: revision, in: world.repository) ?? [], as: UTF8.self)
    }

    /// Nothing is written any more, with an empty database neither, and nobody was mentioned twice.
    private func expectQuiet(_ world: World) async throws {
        try await expectQuietSweep(of: world)
        try await world.withLostDatabase { restored in
            try await expectQuietSweep(of: restored)
        }
        for pull in world.gitHub.pulls(in: world.repository) { #expect(pings(on: pull, in: world).count <= 1) }
    }
}

extension String {
    /// Without white space at its end, which git does not keep.
    fileprivate var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }
}
