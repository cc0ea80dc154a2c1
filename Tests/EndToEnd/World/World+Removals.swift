import BotCore
import Foundation
import GitHubAPI
import Playground
import Testing

@testable import Bot

/// A registry with entries of three contacts that can go, beside one that cannot.
enum StaleRegistry {
    static let grid = "config/testgrids/acme/acme.yaml"
    static let all = ["acme-old", "acme-older", "globex-old", "hooli-old"]

    static let files: [String: String?] = [
        "kettle/buckets.yaml": (cleanRegistry[bucketsFile] ?? "")
            + entry("acme-old-results", prefix: "acme-old:") + entry("globex-results", contact: "globex-kim")
            + entry("hooli-results", contact: "hooli-gone"),
        grid: """
        test_groups:
        - name: acme-e2e
          gcs_prefix: acme-results/logs/e2e
          disable_prowjob_analysis: true
        - name: acme-old
          gcs_prefix: acme-old-results/logs/old
        - name: acme-older
          gcs_prefix: acme-old-results/logs/older
        - name: globex-old
          gcs_prefix: globex-results/logs/old
        - name: hooli-old
          gcs_prefix: hooli-results/logs/old
        dashboards:
        - name: conformance-acme
          dashboard_tab:
          - name: e2e
            test_group_name: acme-e2e
            description: Runs the conformance tests
          - name: old
            test_group_name: acme-old
          - name: older
            test_group_name: acme-older
          - name: globex
            test_group_name: globex-old
          - name: hooli
            test_group_name: hooli-old

        """,
        "config/testgrids/acme/OWNERS": "approvers:\n- acme-owner\n- spiffxp\n",
        "docs/results.md": "The group acme-old shows old results.\n",
    ]

    static var plan: WorldPlan {
        var plan = WorldPlan()
        plan.files = files
        return plan
    }
}

extension World {
    /// The repository as the bot asks it.
    var github: GitHubRepository {
        get throws { bot.parts.repository(try #require(RepositoryName(repository.fullName)), installation: nil) }
    }

    /// The bot's removals.
    var removals: RemovalPullRequests { RemovalPullRequests(parts: bot.parts) }

    /// Adds the labels that the policy wants, and the people whom the registry names, all of them members.
    @discardableResult
    func preparedForRemovals() -> (kim: StandInAccount, owner: StandInAccount) {
        for label in ["area/testgrid", "kind/cleanup", "do-not-merge/hold"] { gitHub.addLabel(label, to: repository) }
        let (kim, owner) = (gitHub.addAccount("globex-kim"), gitHub.addAccount("acme-owner"))
        gitHub.addMembers([contributor, kim, owner], to: example.organization)
        return (kim, owner)
    }

    /// What a sweep would have found of groups.
    func swept(
        _ names: [String], in registry: Registry, verdict: Verdict = .stale, ageDays: Int = 200
    ) throws -> [SweptEntry] {
        try names.map { name in
            let group = try #require(registry.group(named: name))
            let newest = clock.now.addingTimeInterval(-86_400 * Double(ageDays))
            let fact = Fact(
                kind: .finished, at: newest, build: "17",
                url: "https://storage.googleapis.com/\(name)-results/logs/old/17/finished.json")
            return SweptEntry(
                selector: group.selector, place: group.headPlace, locations: group.gcsPrefix?.locations ?? [],
                freshness: Freshness(
                    verdict: verdict, newest: NewestFact(fact: fact, isExact: true), ageDays: ageDays,
                    staleAfterDays: 90),
                confirmations: Confirmations(seen: 2, needed: 2), contacts: registry.contacts(of: group))
        }
    }

    /// Puts the results of a group into a bucket that holds nothing else, the newest of so many days ago.
    func store(_ group: String, in bucket: String, ageDays: Double) {
        let newest = clock.now.addingTimeInterval(-86_400 * ageDays)
        storage.add(
            StandInBucket(
                bucket, access: .worldReadable,
                jobs: [
                    SyntheticJob(
                        ObjectName("logs/\(group)"), ids: .snowflake, count: 3, newest: newest, intervalSeconds: 3_600)
                ]))
    }

    /// Has the bot reconcile what a sweep would propose.
    ///
    /// - Parameters:
    ///   - names: The groups that can go.
    ///   - fresh: Groups that get results again.
    ///   - area: The area of their pull request.
    /// - Returns: What the bot did.
    /// - Throws: Whatever the bot throws.
    @discardableResult
    func reconcile(
        _ names: [String], fresh: [String] = [], area: String = "config-testgrids-acme"
    ) async throws -> RemovalPullRequests.Outcome {
        let github = try github
        let standings = try await removals.standings(of: github)
        let policy = try await bot.parts.reader(of: github).policy(of: "master")
        let ground = RemovalGround(parts: bot.parts, github: github)
        let reading = try await ground.read(try await github.git.ref("heads/master").object, policy)
        let known = names.filter { reading.registry.group(named: $0) != nil }
        let stale = try swept(known, in: reading.registry)
        let again = try swept(fresh, in: reading.registry, verdict: .fresh, ageDays: 0)
        let free = stale.filter { entry in
            standings.openRemoval(of: entry.selector) == nil
                && standings.declined[entry.selector]?.contains(entry.evidenceID ?? "") != true
                && (standings.snoozed[entry.selector] ?? .distantPast) < clock.now
                && standings.unsettled[entry.selector] == nil
        }
        var proposals: [RemovalProposal] = []
        if !free.isEmpty {
            let planner = try await ground.planner(on: reading, policy)
            let plans = try planner.contributions(free.map(\.selector))
            proposals = [
                RemovalProposal(
                    groupBy: .owners, isGroupingForced: false, area: area, key: "0a1b2c3d",
                    openPullRequest: nil, plans: plans.plans, whole: plans.whole, entries: free)
            ]
        }
        let report = SweepReport(
            asOf: clock.now, commit: reading.commit.text, entries: stale + again, outage: nil, requestCount: 0,
            fileCount: 0)
        return try await removals.reconcile(github, proposals, report)
    }

    /// The only removal pull request.
    func onlyRemoval(sourceLocation: SourceLocation = #_sourceLocation) throws -> GitHubStandIn.SeenPull {
        let all = gitHub.pulls(in: repository).filter { $0.branch.hasPrefix("bucketbot/remove-") }
        #expect(all.count == 1, "\(all.map(\.title))", sourceLocation: sourceLocation)
        return try #require(all.first, sourceLocation: sourceLocation)
    }

    /// A pull request with its commits, comments and labels, as a text to review.
    func story(of pull: GitHubStandIn.SeenPull) async throws -> String {
        let commits = try await gitHub.commits(of: pull.issue).map { "--- commit by \($0.author)\n\($0.message)" }
        let comments = gitHub.comments(on: pull.issue).map { "--- comment by \($0.author.login)\n\($0.body)" }
        let state = pull.isOpen ? "open" : pull.isMerged ? "merged" : "closed"
        let text = """
            === #\(pull.issue.number), \(state), by \(pull.author), from \(pull.branch)
            \(pull.title)
            labels: \(pull.labels.sorted().joined(separator: ", "))

            \(pull.body)
            \(commits.joined(separator: "\n"))
            \(comments.joined(separator: "\n"))

            """
        return written(text).replacing(#/[0-9a-f]{40}/#, with: "COMMIT").replacing(
            #/\[[0-9a-f]{10}\]/#, with: "[COMMIT]")
    }

    /// Whether the base branch, or another commit, has test groups.
    func has(_ group: String, at revision: String = "master") async throws -> Bool {
        let bytes = try await gitHub.file(StaleRegistry.grid, at: revision, in: repository) ?? []
        return String(decoding: bytes, as: UTF8.self).contains("name: \(group)\n")
    }
}

/// Runs `body` in a world in which a removal pull request is open.
///
/// - Parameters:
///   - groups: What it takes out.
///   - body: Gets the world and the pull request.
/// - Throws: What `body` throws.
func withRemoval(
    of groups: [String] = StaleRegistry.all,
    _ body: @escaping @Sendable (World, GitHubStandIn.SeenPull) async throws -> Void
) async throws {
    try await withWorld(StaleRegistry.plan) { world in
        world.preparedForRemovals()
        try await world.reconcile(groups)
        try await world.deliver()
        let pull = try world.onlyRemoval()
        try await body(world, pull)
        _ = world.comments(on: pull.issue)
    }
}
