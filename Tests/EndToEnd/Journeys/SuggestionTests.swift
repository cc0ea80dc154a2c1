import BotCore
import Playground
import TestSupport
import Testing

@testable import Bot

@Suite("Corrections that can be applied by a click")
struct SuggestionTests {
    /// A slash and a colon that are missing, on lines of their own.
    private static let mistaken = buckets(
        adding: """
            gs://globex-results/logs:
              contact: "acme-jdoe"
              prefix: "globex"
              sequential: false

            """)

    @Test(
        "are one review on the lines they mend, and applying all of them mends it all", arguments: [false, true])
    func applied(hasToken: Bool) async throws {
        try await withWorld(WorldPlan(hasToken: hasToken)) { world in
            let pull = try await world.openPullRequest([bucketsFile: Self.mistaken])
            let asked = try await world.requests { try await world.deliver() }
            #expect(asked.writes.count { $0.hasSuffix("/reviews") } == 1)
            #expect(world.gitHub.reviews(of: pull.issue).count == 1)
            let comments = world.gitHub.reviewComments(on: pull.issue)
            #expect(comments.map(\.line) == [6, 8])
            #expect(comments.allSatisfy { $0.author.login == world.botLogin })
            if !hasToken { try expectSnapshot(of: world.conversation(on: pull.issue), named: "suggestions.md") }
            try await world.applySuggestions(to: pull)
            try await world.deliver()
            #expect(try world.verdict(on: pull.issue) == "success")
            #expect(world.gitHub.reviewComments(on: pull.issue).count == 2)
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test(
        "come once: not again with a push that leaves the lines, nor from a bot whose database was lost",
        arguments: [false, true])
    func once(hasToken: Bool) async throws {
        try await withWorld(WorldPlan(hasToken: hasToken)) { world in
            let pull = try await world.openPullRequest([bucketsFile: Self.mistaken])
            try await world.deliver()
            try await world.push([bucketsFile: "# Ours too\n" + Self.mistaken], to: pull)
            try await world.deliver()
            #expect(world.gitHub.reviewComments(on: pull.issue).count == 2)
            _ = try world.onlyComment(on: pull.issue)
            let delivery = try #require(world.gitHub.deliveries.first { $0.event == "pull_request" })
            try await world.withLostDatabase { world in
                #expect(try await world.post(delivery.event, id: "again", body: delivery.payload) == 200)
                let asked = try await world.requests { try await world.work() }
                #expect(asked.writes == [])
                #expect(world.gitHub.reviews(of: pull.issue).count == 1)
            }
            let other = Self.mistaken.replacing("\"globex\"", with: "\"initech\"")
            try await world.push([bucketsFile: other], to: pull)
            try await world.deliver()
            let bodies = world.gitHub.reviewComments(on: pull.issue).map(\.body)
            #expect(bodies.count == 3)
            #expect(bodies.last?.contains("prefix: \"initech:\"") == true)
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("name the author as the contact where nobody can be asked about new results", arguments: [false, true])
    func contact(hasToken: Bool) async throws {
        try await withWorld(WorldPlan(hasToken: hasToken)) { world in
            let pull = try await world.openPullRequest(["config/testgrids/globex/globex.yaml": globexGrid])
            try await world.deliver()
            let comment = try #require(world.gitHub.reviewComments(on: pull.issue).first)
            #expect(comment.line == 10)
            #expect(comment.body.contains("description: Runs the conformance tests (contact @acme-jdoe)\n"))
            #expect(try world.onlyComment(on: pull.issue).body.contains("nobody is named to ask"))
            #expect(try world.verdict(on: pull.issue) == "failure")
            if !hasToken { try expectSnapshot(of: world.conversation(on: pull.issue), named: "contact.md") }
            try await world.applySuggestions(to: pull)
            try await world.deliver()
            #expect(try !world.onlyComment(on: pull.issue).body.contains("nobody is named to ask"))
            #expect(world.gitHub.reviewComments(on: pull.issue).count == 1)
        }
    }

    @Test("are not made to bots, for generated files, or where the policy wants no comment")
    func quiet() async throws {
        let policy = "version: 1\ncomment: never\n"
        try await withWorld(WorldPlan(policy: policy)) { world in
            let pull = try await world.openPullRequest([bucketsFile: Self.mistaken])
            try await world.deliver()
            #expect(world.gitHub.reviews(of: pull.issue).isEmpty)
        }
        try await withWorld { world in
            let pull = try await world.openPullRequest([bucketsFile: Self.mistaken], by: world.example.app.bot)
            try await world.deliver()
            #expect(world.gitHub.reviews(of: pull.issue).isEmpty)
            #expect(try world.onlyCheckRun(of: pull.issue).conclusion == "failure")
        }
    }

    @Test("that GitHub does not take are given up, and everything else is said", arguments: [false, true])
    func refused(hasToken: Bool) async throws {
        try await withWorld(WorldPlan(hasToken: hasToken)) { world in
            world.gitHub.misbehave(
                .failure(status: 422, message: "Line could not be resolved"),
                on: .init("POST", "/reviews", isSuffix: true))
            let pull = try await world.openPullRequest([bucketsFile: Self.mistaken])
            try await world.deliver()
            _ = try world.onlyComment(on: pull.issue)
            #expect(try world.verdict(on: pull.issue) == "failure")
            #expect(world.gitHub.reviews(of: pull.issue).isEmpty)
        }
    }

    @Test("are offered as a comment above the group where the tab's lines are not shown, and once in all")
    func contactElsewhere() async throws {
        let tabs = (1...12).map { "  - name: t\($0)\n    test_group_name: acme-e2e\n    description: Of acme\n" }
            .joined()
        let dashboard = "dashboards:\n- name: conformance-globex\n  dashboard_tab:\n\(tabs)"
        let tab = "  - name: e2e\n    test_group_name: globex-e2e\n    description: Of globex\n"
        let (old, new) = ("globex/old.yaml", "globex/globex.yaml")
        let group = "test_groups:\n- name: globex-e2e\n  gcs_prefix: globex-results/logs/e2e\n"
        // The tab is there already, and waits for its group.
        let plan = WorldPlan(
            hasToken: false, files: ["config/testgrids/\(old)": dashboard + tab])
        try await withWorld(plan) { world in
            let pull = try await world.openPullRequest(["config/testgrids/\(new)": group])
            try await world.deliver()
            let comment = try #require(world.gitHub.reviewComments(on: pull.issue).first)
            #expect(comment.path == "config/testgrids/\(new)" && comment.line == 2)
            #expect(comment.body.contains("# conformance-globex (contact: @acme-jdoe)\n- name: globex-e2e\n"))
            let described = tab.replacing("Of globex", with: "Of globex, daily")
            try await world.push(["config/testgrids/\(old)": dashboard + described], to: pull)
            try await world.deliver()
            #expect(world.gitHub.reviewComments(on: pull.issue).count == 1, "the other place is no other offer")
            _ = try world.onlyComment(on: pull.issue)
        }
    }

    @Test("cost one request where they are the first that is said, and none where nothing is new")
    func budget() async throws {
        try await withWorld { world in
            let first = try await world.openedPullRequest()
            _ = try world.onlyComment(on: first.issue)
            let pull = try await world.openPullRequest([bucketsFile: Self.mistaken], branch: "second")
            let asked = try await world.requests { try await world.deliver() }
            #expect(asked.costly.count <= 6 + 1 + 1, "\(asked.costly)")
            _ = try world.onlyComment(on: pull.issue)
            #expect(world.gitHub.reviews(of: pull.issue).count == 1)
        }
    }
}

/// A dashboard of results from elsewhere that nobody answers for.
private let globexGrid = """
    test_groups:
    - name: globex-e2e
      gcs_prefix: globex-results/logs/e2e
      disable_prowjob_analysis: true
    dashboards:
    - name: conformance-globex
      dashboard_tab:
      - name: e2e
        test_group_name: globex-e2e
        description: Runs the conformance tests
        results_url_template:
          url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/
        open_test_template:
          url: https://gcsweb.k8s.io/gcs/<gcs_prefix>/<changelist>

    """

extension World {
    /// Applies every suggestion of the bot's on a pull request as GitHub does, in one commit.
    fileprivate func applySuggestions(to pull: OpenedPull) async throws {
        var files: [String: [Substring]] = [:]
        let head = try #require(gitHub.headSHA(of: pull.issue))
        // From below, so that lines keep their numbers.
        let comments = gitHub.reviewComments(on: pull.issue).sorted { ($0.line ?? 0) > ($1.line ?? 0) }
        for comment in comments {
            let file = try await gitHub.file(comment.path, at: head, in: repository)
            let text = String(decoding: try #require(file), as: UTF8.self)
            var lines = files[comment.path] ?? text.split(separator: "\n", omittingEmptySubsequences: false)
            let body = comment.body.split(separator: "\n", omittingEmptySubsequences: false)
            let start = try #require(body.firstIndex { $0.hasSuffix("suggestion") && $0.hasPrefix("```") })
            let fence = body[start].dropLast("suggestion".count)
            let end = try #require(body[(start + 1)...].firstIndex(of: fence))
            let last = try #require(comment.line)
            lines.replaceSubrange((comment.startLine ?? last) - 1..<last, with: body[(start + 1)..<end])
            files[comment.path] = lines
        }
        try await push(files.mapValues { $0.joined(separator: "\n") }, to: pull)
    }
}
