import BotCore
import Foundation
import Playground
import TestSupport
import Testing

@testable import Bot

@Suite("Contacts who were renamed, are gone or have left")
struct ContactHealthTests {
    /// What becomes of a contact.
    enum Fate: String, Sendable, CaseIterable {
        case renamed, deleted, departed, taken = "name-taken", team = "team-deleted"

        /// Lets it happen.
        func happen(to kim: StandInAccount, in world: World) {
            switch self {
            case .renamed: world.gitHub.rename(kim, to: "kim-lee")
            case .deleted: world.gitHub.removeAccount(kim)
            case .departed: world.gitHub.removeMember(kim, of: world.example.organization)
            case .taken:
                world.gitHub.rename(kim, to: "kim-lee")
                world.gitHub.addAccount("globex-kim")
            case .team: world.gitHub.removeTeam("globex", of: world.example.organization)
            }
        }

        var rule: RuleID {
            switch self {
            case .renamed, .taken: "contact-renamed"
            case .deleted: "bucket-contact-unknown"
            case .departed: "contact-departed"
            case .team: "contact-gone"
            }
        }
    }

    private static let day = 86_400.0

    /// A bucket whose contact is Kim, below a group whose contact is a team; both get results.
    private static let files: [String: String?] = [
        bucketsFile: buckets(adding: entry("globex-results", contact: "globex-kim")),
        "kettle/OWNERS": "approvers:\n- spiffxp\n",
        gridFile: (cleanRegistry[gridFile] ?? "").replacing(
            "test_groups:\n",
            with: "test_groups:\n# Globex (contact: @kubernetes/globex)\n- name: globex-e2e\n"
                + "  gcs_prefix: globex-results/logs/e2e\n  disable_prowjob_analysis: true\n"
        ).replacing(
            "  dashboard_tab:\n",
            with: "  dashboard_tab:\n  - name: globex\n    test_group_name: globex-e2e\n"
                + "    description: Runs on Globex\n"
                + "    results_url_template:\n      url: https://gcsweb.k8s.io/gcs/x/\n"
                + "    open_test_template:\n      url: https://gcsweb.k8s.io/gcs/x/<changelist>\n"),
    ]

    private func withKim(
        _ change: (inout WorldPlan) -> Void = { _ in },
        _ body: @escaping @Sendable (World, StandInAccount) async throws -> Void
    ) async throws {
        var plan = WorldPlan()
        plan.files = Self.files
        change(&plan)
        try await withWorld(plan) { world in
            let kim = world.gitHub.addAccount("globex-kim")
            let organization = world.example.organization
            world.gitHub.addMembers([kim, world.contributor], to: organization)
            world.gitHub.addTeam("globex", of: organization, [kim])
            try await body(world, kim)
        }
    }

    /// Sweeps, and gives the rules that contacts break.
    private func findings(in world: World) async throws -> [RuleID] {
        try await world.sweep().report.findings.map(\.rule)
    }

    /// Names that were asked for.
    private func people(_ asked: [GitHubJournal.Entry]) -> [String] {
        asked.map(\.request.path).filter { $0.contains("/users/") || $0.contains("/user/") || $0.contains("/orgs/") }
    }

    /// Edits both entries, and gives what the bot says of it.
    private func pullRequest(in world: World) async throws -> OpenedPull {
        let edited = Self.files.mapValues {
            $0?.replacing("globex:", with: "globex-ci:").replacing("Runs on Globex", with: "Runs on Globex's machines")
                .replacing("globex-results/logs/e2e", with: "globex-results/logs/e2e/")
        }
        let pull = try await world.openPullRequest(edited)
        try await world.deliver()
        return pull
    }

    @Test("are told by the sweep, and on the next pull request that touches their entry", arguments: Fate.allCases)
    func told(fate: Fate) async throws {
        try await withKim { world, kim in
            #expect(try await findings(in: world) == [])
            fate.happen(to: kim, in: world)
            world.clock.advance(seconds: 3 * Self.day)
            let asked = try await world.requests {
                let report = try await world.sweep().report
                #expect(report.findings.map(\.rule) == [fate.rule])
                #expect(report.entries.allSatisfy { $0.freshness.verdict == .fresh })
            }
            #expect(asked.writes == [])
            let pull = try await pullRequest(in: world)
            let comment = try world.onlyComment(on: pull.issue)
            #expect(!comment.body.contains(#/(^|[^`\w\/])@\w/#), "\(comment.body)")
            try expectSnapshot(of: world.conversation(on: pull.issue), named: "contact-health/\(fate.rawValue).md")
        }
    }

    @Test("are not told where GitHub does not answer, and are told when it does")
    func unanswered() async throws {
        try await withKim { world, kim in
            _ = try await world.sweep()
            world.clock.advance(seconds: 3 * Self.day)
            world.gitHub.removeAccount(kim)
            world.gitHub.misbehave(.failure(status: 503), on: .init("GET", "/users/globex-kim"))
            #expect(try await findings(in: world) == [])
            world.gitHub.behave()
            world.clock.advance(seconds: Self.day)
            world.gitHub.misbehave(.failure(status: 500), on: .init("GET", "/user/\(kim.id)"))
            #expect(try await findings(in: world) == [])
            world.gitHub.behave()
            world.clock.advance(seconds: Self.day)
            world.gitHub.misbehave(.failure(status: 502), on: .init("GET", "/members/"))
            #expect(try await findings(in: world) == ["bucket-contact-unknown"])
        }
    }

    @Test("a limit of GitHub's keeps no sweep from coming to its end")
    func limited() async throws {
        try await withKim { world, _ in
            world.gitHub.misbehave(.primaryLimit(resetAfterSeconds: 3_000), on: .init("GET", "/users/"))
            let found = try await findings(in: world)
            #expect(found == [])
            world.gitHub.behave()
        }
    }

    @Test("everybody is asked for once in three days, and not again for a pull request")
    func frugal() async throws {
        try await withKim { world, _ in
            let first = try await world.requests { _ = try await world.sweep() }
            for name in ["/users/globex-kim", "/users/acme-jdoe", "/users/spiffxp", "/teams/globex"] {
                #expect(people(first).count { $0.hasSuffix(name) } == 1, "\(name)")
            }
            world.clock.advance(seconds: Self.day)
            let next = try await world.requests {
                _ = try await world.sweep()
                let pull = try await pullRequest(in: world)
                #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "success")
            }
            #expect(people(next) == [])
            world.clock.advance(seconds: 2 * Self.day)
            let later = try await world.requests { _ = try await world.sweep() }
            #expect(people(later).count { $0.hasSuffix("/users/globex-kim") } == 1)
        }
    }

    @Test("with a personal token of somebody who is no member, nobody is said to have left, and no team to be gone")
    func notShown() async throws {
        try await withKim({ $0.usesPersonalToken = true }) { world, kim in
            _ = try await world.sweep()
            world.clock.advance(seconds: 3 * Self.day)
            world.gitHub.removeMember(kim, of: world.example.organization)
            world.gitHub.removeTeam("globex", of: world.example.organization)
            #expect(try await findings(in: world) == [])
            world.clock.advance(seconds: 3 * Self.day)
            world.gitHub.rename(kim, to: "kim-lee")
            #expect(try await findings(in: world) == ["contact-renamed"])
        }
    }

    @Test("the contact of an entry that is to go is not looked after")
    func stale() async throws {
        try await withKim { world, kim in
            _ = try await world.sweep()
            world.gitHub.removeAccount(kim)
            world.clock.advance(seconds: 100 * Self.day)
            SweptRegistry(batches: []).fill(world.storage, at: world.clock.now)
            let report = try await world.sweep().report
            #expect(report.entries.contains { $0.freshness.verdict == .stale })
            #expect(report.findings == [])
        }
    }
}
