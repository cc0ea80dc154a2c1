import BotCore
import Playground
import TestSupport
import Testing

@testable import Bot

@Suite("/keep and /restore")
struct RemovalCommandTests {
    /// What the bot answers a line on an open removal pull request.
    private func answer(_ line: String, by person: StandInAccount, in world: World) async throws -> String {
        let pull = try world.onlyRemoval()
        let before = world.comments(on: pull.issue).count
        try world.gitHub.comment(line, on: pull.issue, by: person)
        try await world.deliver()
        let said = world.comments(on: pull.issue).dropFirst(before)
        #expect(!said.isEmpty)
        return said.map(\.body).joined(separator: "\n---\n")
    }

    private func lines(_ bytes: [UInt8]?) -> [String] {
        String(decoding: bytes ?? [], as: UTF8.self).split(separator: "\n").map(String.init)
    }

    private func withRemoval(
        _ body: @escaping @Sendable (World, (kim: StandInAccount, owner: StandInAccount)) async throws -> Void
    ) async throws {
        try await withWorld(StaleRegistry.plan) { world in
            let people = world.preparedForRemovals()
            try await world.reconcile(StaleRegistry.all)
            try await world.deliver()
            // Members may decide about everything; these are to be contacts and owners alone.
            for person in [people.kim, people.owner] {
                world.gitHub.removeMember(person, of: world.example.organization)
            }
            try await body(world, people)
            for pull in world.gitHub.pulls(in: world.repository) { _ = world.comments(on: pull.issue) }
        }
    }

    @Test("a contact keeps the own entry, and the pull request goes on without it")
    func contact() async throws {
        try await withRemoval { world, people in
            let text = try await answer(
                "/keep test-group:globex-old until 2099-03-01 moving buckets", by: people.kim, in: world)
            #expect(text.contains("alone until 2099-03-01"), "\(text)")
            let after = try world.onlyRemoval()
            #expect(try await world.has("globex-old", at: after.head))
            #expect(after.body.contains("`globex-kim` wants to keep it"))
            #expect(try await world.reconcile(StaleRegistry.all).opened == [])
            try await world.withLostDatabase { restored in
                let standings = try await restored.removals.standings(of: try restored.github)
                #expect(standings.snoozed[.testGroup("globex-old")] != nil)
            }
        }
    }

    @Test("the button of its check keeps what is theirs who press it, and that is said once")
    func button() async throws {
        try await withRemoval { world, people in
            let pull = try world.onlyRemoval()
            let before = world.comments(on: pull.issue).count
            let run = try #require(world.checkRuns(of: pull.issue).last)
            let button = try #require(run.buttons.first { $0.identifier == "keep" })
            world.gitHub.press(button, of: run, in: world.repository, by: people.kim)
            try await world.deliver()
            let after = try world.onlyRemoval()
            #expect(after.isOpen)
            #expect(try await world.has("globex-old", at: after.head))
            #expect(try await !world.has("acme-old", at: after.head))
            #expect(after.body.contains("`globex-kim` wants to keep it"))
            let said = world.comments(on: pull.issue).dropFirst(before)
            #expect(said.count == 1)
            #expect(said.last?.body.contains("I leave `test-group:globex-old` alone until") == true)
        }
    }

    @Test("without a name a contact keeps what is theirs, and an owner of the file keeps all, which closes it")
    func everything() async throws {
        try await withRemoval { world, people in
            _ = try await answer("/keep", by: people.kim, in: world)
            #expect(try world.onlyRemoval().isOpen)
            #expect(try await world.has("globex-old", at: world.onlyRemoval().head))
            let text = try await answer("/keep", by: people.owner, in: world)
            #expect(text.contains("Nothing is left here to remove"), "\(text)")
            #expect(try !world.onlyRemoval().isOpen)
            #expect(try await world.reconcile(StaleRegistry.all).opened == [])
        }
    }

    @Test("somebody else may not, and is told who may; without an answer of GitHub nobody is told so")
    func permission() async throws {
        try await withRemoval { world, people in
            let stranger = world.gitHub.addAccount("passer-by")
            let refused = try await answer("/keep", by: stranger, in: world)
            #expect(refused.contains("GitHub says that you are none of these"), "\(refused)")
            let notTheirs = try await answer("/keep test-group:acme-old", by: people.kim, in: world)
            #expect(notTheirs.contains("you are none of these"), "\(notTheirs)")
            world.gitHub.misbehave(.failure(status: 500), on: .init("GET", "/collaborators/"))
            world.gitHub.misbehave(.failure(status: 500), on: .init("GET", "/members/"))
            let unknown = try await answer("/keep test-group:acme-old", by: stranger, in: world)
            #expect(unknown.contains("could not find out"), "\(unknown)")
            world.gitHub.behave()
            #expect(try world.onlyRemoval().isOpen)
        }
    }

    @Test("what makes no sense is explained")
    func senseless() async throws {
        try await withRemoval { world, _ in
            let other = try await answer("/keep test-group:acme-e2e", by: world.maintainer, in: world)
            #expect(other.contains("does not take out `test-group:acme-e2e`"), "\(other)")
            let past = try await answer("/keep until 2001-01-01", by: world.maintainer, in: world)
            #expect(past.contains("2001-01-01 is over"), "\(past)")
            let early = try await answer("/restore", by: world.maintainer, in: world)
            #expect(early.contains("not merged"), "\(early)")
        }
    }

    @Test("after the merge /restore puts all of it back, byte for byte")
    func restoreAll() async throws {
        try await withRemoval { world, _ in
            let files = [StaleRegistry.grid, bucketsFile]
            var before: [[UInt8]?] = []
            for file in files {
                before.append(try await world.gitHub.file(file, at: "master", in: world.repository))
            }
            try await world.gitHub.merge(try world.onlyRemoval().issue, by: world.maintainer)
            try await world.deliver()
            _ = try await answer("/restore", by: world.maintainer, in: world)
            let pull = try #require(world.gitHub.pulls(in: world.repository).last)
            for (file, bytes) in zip(files, before) {
                #expect(try await world.gitHub.file(file, at: pull.head, in: world.repository) == bytes)
            }
            // One label of the policy is not there, and none holds it.
            #expect(pull.labels.sorted() == ["area/testgrid", "kind/cleanup"])
            // The same wish finds the same pull request.
            _ = try await answer("/restore", by: world.maintainer, in: world)
            #expect(world.gitHub.pulls(in: world.repository).count == 2)
        }
    }

    @Test("entries come back one by one as well, also where the file has moved on")
    func restore() async throws {
        try await withRemoval { world, people in
            let pull = try world.onlyRemoval()
            let before = try await world.gitHub.file(StaleRegistry.grid, at: "master", in: world.repository)
            try await world.gitHub.merge(pull.issue, by: world.maintainer)
            try await world.deliver()
            let text = try await answer("/restore test-group:globex-old", by: people.kim, in: world)
            #expect(text.contains("puts back `test-group:globex-old`"), "\(text)")
            let partial = try #require(world.gitHub.pulls(in: world.repository).last)
            #expect(try await world.has("globex-old", at: partial.head))
            #expect(try await !world.has("acme-old", at: partial.head))
            try expectSnapshot(of: try await world.story(of: partial), named: "removal-restored.txt")
            try await world.gitHub.merge(partial.issue, by: world.maintainer)
            try await world.deliver()
            _ = try await answer("/restore", by: world.maintainer, in: world)
            let whole = try #require(world.gitHub.pulls(in: world.repository).last)
            try await world.gitHub.merge(whole.issue, by: world.maintainer)
            try await world.deliver()
            let after = try await world.gitHub.file(StaleRegistry.grid, at: "master", in: world.repository)
            // Put back in parts, neighbors may have changed places.
            #expect(lines(after).sorted() == lines(before).sorted())
            #expect(try await world.reconcile(StaleRegistry.all).opened == [])
            let again = try await answer("/restore", by: world.maintainer, in: world)
            #expect(again.contains("nothing that I could put back"), "\(again)")
        }
    }

    @Test("/restore finds its way where the default branch has another name since")
    func renamedBase() async throws {
        try await withRemoval { world, _ in
            try await world.gitHub.merge(try world.onlyRemoval().issue, by: world.maintainer)
            try await world.deliver()
            try await world.gitHub.renameDefaultBranch(of: world.repository, to: "main")
            let text = try await answer("/restore test-group:globex-old", by: world.maintainer, in: world)
            #expect(text.contains("puts back `test-group:globex-old`"), "\(text)")
            let pull = try #require(world.gitHub.pulls(in: world.repository).last)
            #expect(try await world.has("globex-old", at: pull.head))
            try await world.gitHub.merge(pull.issue, by: world.maintainer)
            #expect(try await world.has("globex-old", at: "main"))
        }
    }
}
