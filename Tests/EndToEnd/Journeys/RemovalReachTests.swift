import BotCore
import Foundation
import GoogleCloudStorage
import Persistence
import Playground
import Testing

@testable import Bot

@Suite("Who hears of a removal")
struct RemovalReachTests {
    /// A world in which a group has a team for a contact.
    private func withTeam(
        mayFail: Bool = false, _ body: @escaping @Sendable (World, StandInAccount) async throws -> Void
    ) async throws {
        var plan = StaleRegistry.plan
        plan.mayFail = mayFail
        let grid = (StaleRegistry.files[StaleRegistry.grid] ?? nil) ?? ""
        plan.files[StaleRegistry.grid] = grid.replacing(
            "- name: hooli-old\n  gcs", with: "# Hooli (contact: @kubernetes/hooli)\n- name: hooli-old\n  gcs")
        try await withWorld(plan) { world in
            let (kim, _) = world.preparedForRemovals()
            world.gitHub.addTeam("hooli", of: world.example.organization, [kim])
            try await body(world, kim)
        }
    }

    /// Whom the bot's comments mention, comment by comment.
    private func mentions(in world: World) throws -> [[String]] {
        world.comments(on: try world.onlyRemoval().issue).map { comment in
            comment.body.matches(of: #/@([a-z\/-]+):/#).map { String($0.1) }
        }
    }

    /// Pushes a registry that has the group of `globex-kim` no more.
    private func takeOutGlobex(in world: World) async throws {
        let grid = try await world.gitHub.file(StaleRegistry.grid, at: "master", in: world.repository)
        let text = String(decoding: grid ?? [], as: UTF8.self)
        try await world.pushToMaster([
            StaleRegistry.grid: text.replacing("- name: globex-old\n  gcs_prefix: globex-results/logs/old\n", with: "")
                .replacing("  - name: globex\n    test_group_name: globex-old\n", with: "")
        ])
    }

    /// How many mentions of somebody count.
    private func mentionCount(of login: String, in world: World) async throws -> Int {
        let pings = try await world.bot.store.removals.pings(since: .distantPast)
        return pings[Contact.key(.login, login)] ?? 0
    }

    /// The line of the text about somebody.
    private func line(about name: String, in world: World) throws -> Substring? {
        try world.onlyRemoval().body.split(separator: "\n").first { $0.hasPrefix("- `\(name)`, ") }
    }

    @Test("a contact who is no member would not: owners of the file are mentioned, and the text says why")
    func outside() async throws {
        try await withTeam { world, kim in
            world.gitHub.removeMember(kim, of: world.example.organization)
            try await world.reconcile(["globex-old"])
            try await world.deliver()
            #expect(try mentions(in: world) == [["acme-owner", "spiffxp"]])
            #expect(try line(about: "globex-kim", in: world)?.hasSuffix("GitHub would not tell them") == true)
        }
    }

    @Test("somebody who took the name of a contact is not mentioned")
    func takenName() async throws {
        try await withTeam { world, kim in
            _ = try await world.sweep()
            world.gitHub.rename(kim, to: "kim-lee")
            world.gitHub.addMembers([world.gitHub.addAccount("globex-kim")], to: world.example.organization)
            try await world.reconcile(["globex-old"])
            try await world.deliver()
            #expect(try mentions(in: world) == [["acme-owner", "spiffxp"]])
            #expect(try line(about: "globex-kim", in: world)?.contains("no account of theirs") == true)
        }
    }

    @Test("a contact of whom GitHub did not say anything is asked for again every day, and mentioned once")
    func unanswered() async throws {
        try await withTeam { world, _ in
            world.gitHub.misbehave(.failure(status: 503), on: .init("GET", "/members/globex-kim"))
            try await world.reconcile(["globex-old"])
            try await world.deliver()
            #expect(try mentions(in: world) == [["acme-owner", "spiffxp"]])
            #expect(try line(about: "globex-kim", in: world)?.contains("not asked yet") == true)
            world.gitHub.behave()
            for _ in 0..<2 {
                world.clock.advance(seconds: 86_400)
                _ = try await DailyReconciles(parts: world.bot.parts, delay: 0.5).runOnce()
                try await world.deliver()
                #expect(try mentions(in: world) == [["acme-owner", "spiffxp"], ["globex-kim"]])
            }
            try await world.withLostDatabase { restored in
                let writes = try await restored.requests { _ = try await restored.reconcile(["globex-old"]) }.writes
                #expect(writes == [])
            }
        }
    }

    @Test("whoever could be mentioned by now is not where the same push took out what it would have been about")
    func nothingLeft() async throws {
        try await withTeam { world, _ in
            world.gitHub.misbehave(.failure(status: 503), on: .init("GET", "/members/globex-kim"))
            try await world.reconcile(["globex-old", "hooli-old"])
            try await world.deliver()
            #expect(try mentions(in: world) == [["acme-owner", "spiffxp", "kubernetes/hooli"]])
            world.gitHub.behave()
            try await takeOutGlobex(in: world)
            try await world.deliver()
            #expect(try mentions(in: world) == [["acme-owner", "spiffxp", "kubernetes/hooli"]])
            #expect(try await mentionCount(of: "globex-kim", in: world) == 0)
            #expect(try world.onlyRemoval().body.contains("standing=gone"))
        }
    }

    @Test("whose entries stay before anybody is mentioned is not, and has the week's mention left")
    func takenBack() async throws {
        try await withTeam(mayFail: true) { world, _ in
            world.gitHub.misbehave(.failure(status: 422), on: .init("POST", "/labels", isSuffix: true))
            try await world.reconcile(["globex-old", "hooli-old"])
            #expect(try await mentionCount(of: "globex-kim", in: world) == 1)
            world.gitHub.behave()
            try await takeOutGlobex(in: world)
            try await world.deliver()
            #expect(try mentions(in: world) == [["kubernetes/hooli"]])
            #expect(try await mentionCount(of: "globex-kim", in: world) == 0)
        }
    }

    @Test("GitHub is asked while somebody else has the turn, so that many questions keep no command waiting")
    func askedBeforeTheTurn() async throws {
        try await withTeam { world, _ in
            world.gitHub.misbehave(.failure(status: 503), on: .init("GET", "/members/globex-kim"))
            try await world.reconcile(["globex-old"])
            try await world.deliver()
            world.gitHub.behave()
            world.clock.advance(seconds: 86_400)
            let turn = world.bot.parts.removalTurn
            let before = world.gitHub.journal.entries.count
            try await withThrowingTaskGroup(of: Void.self) { group in
                try await turn.withPermit {
                    group.addTask { try await world.reconcile(["globex-old"]) }
                    while turn.waitingCount == 0 { await Task.yield() }
                    let asked = world.gitHub.journal.entries.dropFirst(before)
                    #expect(asked.count { $0.request.path.hasSuffix("/members/globex-kim") } == 1)
                }
                try await group.waitForAll()
            }
            #expect(try mentions(in: world) == [["acme-owner", "spiffxp"], ["globex-kim"]])
        }
    }

    @Test("teams that are not shown to us are not called missing, and are mentioned when they are shown")
    func hiddenTeam() async throws {
        try await withTeam { world, _ in
            let app = world.example.app.appID
            world.gitHub.setPermissions(ExampleWorld.permissions.filter { $0.key != "members" }, of: app)
            world.gitHub.revokeInstallationTokens()
            try await world.reconcile(["hooli-old"])
            try await world.deliver()
            #expect(try mentions(in: world) == [["acme-owner", "spiffxp"]])
            #expect(try line(about: "kubernetes/hooli", in: world)?.contains("not asked yet") == true)
            world.gitHub.setPermissions(ExampleWorld.permissions, of: app)
            world.gitHub.revokeInstallationTokens()
            world.clock.advance(seconds: 86_400)
            try await world.reconcile(["hooli-old"])
            #expect(try mentions(in: world) == [["acme-owner", "spiffxp"], ["kubernetes/hooli"]])
            #expect(try line(about: "hooli-gone", in: world)?.contains("no account of theirs") == true)
        }
    }
}
