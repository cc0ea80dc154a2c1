import Foundation
import GitHubContract
import Persistence
import Playground
import TestSupport
import Testing

@testable import Bot

/// The registry that journeys start with, and pieces to change it with.
enum JourneyFiles {
    /// The file of buckets.
    static let buckets = "kettle/buckets.yaml"

    /// An entry of it that is right, for a bucket that `Journey` serves.
    static let acme = entry("gs://acme-k8s-results/logs/", prefix: "acme:")

    /// What the repository starts with.
    static var start: GitChanges {
        [
            buckets: "# Buckets whose results go to BigQuery.\n\n" + acme,
            "config/testgrids/acme/acme.yaml": """
            test_groups:
            - name: ci-acme-conformance
              gcs_prefix: acme-k8s-results/logs/ci-acme-conformance
            dashboards:
            - name: conformance-acme
              dashboard_tab:
              - name: Acme, v1.35
                test_group_name: ci-acme-conformance
                description: Conformance on Acme; contact acme-jdoe

            """,
            "OWNERS": "approvers:\n- spiffxp\n",
        ]
    }

    /// An entry of the file of buckets.
    static func entry(_ location: String, prefix: String, contact: String = "acme-jdoe") -> String {
        "\(location):\n  contact: \"\(contact)\"\n  prefix: \"\(prefix)\"\n  sequential: false\n"
    }

    /// The file of buckets with further entries.
    static func adding(_ entries: String...) -> GitChanges {
        [buckets: "# Buckets whose results go to BigQuery.\n\n" + acme + entries.joined()]
    }
}

/// One run of the bot from a webhook to what people see, for a test.
///
/// How to write one: steer people through `world` (`openPullRequest`, `standIn.push`, `standIn.comment`), let the bot
/// work with `settle()`, and look with `comments(on:)`, `checkRuns`, `journal`. Whatever the bot wrote has to be looked
/// at with `comments(on:)` or `lineComments(on:)` before the test ends.
struct Journey {
    /// The bot, and the stand-ins around it.
    let bot: LoopbackBot

    /// GitHub, with a repository and people.
    var world: ExampleWorld { bot.world }
    /// The stand-in for GitHub.
    var github: GitHubStandIn { bot.github }

    /// Carries over and works until nothing is left; every delivery has to be taken.
    func settle(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        for delivery in try await bot.settle() {
            #expect(delivery.statusCode == 200, "\(delivery.event) \(delivery.status)", sourceLocation: sourceLocation)
        }
        let parked = try await parked()
        #expect(parked.isEmpty, sourceLocation: sourceLocation)
    }

    /// The comments of the bot; they count as looked at from then on.
    func botComments(on pull: IssueReference) -> [StandInComment] {
        github.comments(on: pull).filter { $0.author.id == world.app.bot.id }
    }

    /// The check runs of a pull request's newest commit.
    func checkRuns(of pull: IssueReference) -> [StandInCheckRun] {
        github.headSHA(of: pull).map { github.checkRuns(of: pull.repository, at: $0) } ?? []
    }

    private func parked() async throws -> [String] {
        try await bot.store.inbox.parked(limit: 10).map { "\($0.record.event): \($0.reason ?? "")" }
    }
}

/// The buckets of journeys: acme and globex are right, initech is private.
func journeyBuckets(now: Date) throws -> StandInWorld {
    let folder = SharedMaterial.checkout.appending(path: "Examples/buckets")
    return try StandInWorld(folder: folder, now: now)
}

/// Runs a journey, and expects at its end that nothing was asked that nobody should ask, that every request and answer
/// is as GitHub describes it, and that the test looked at every comment.
///
/// - Parameters:
///   - change: Changes how the bot is set up.
///   - sourceLocation: Where a difference is reported.
///   - body: The journey.
/// - Throws: What `body` throws, or why something could not be started.
func withJourney(
    _ change: (inout LoopbackBot.Setup) -> Void = { _ in }, sourceLocation: SourceLocation = #_sourceLocation,
    _ body: (Journey) async throws -> Void
) async throws {
    var setup = LoopbackBot.Setup(files: JourneyFiles.start)
    setup.buckets = try journeyBuckets(now: Date())
    change(&setup)
    try await LoopbackBot.with(setup) { bot in
        try await body(Journey(bot: bot))
        expectNoSurprises(in: bot.github, sourceLocation: sourceLocation)
        expectNoUnreadComments(in: bot.github, sourceLocation: sourceLocation)
        try expectContract(of: bot.github, sourceLocation: sourceLocation)
        for request in bot.storage.journal.unexpected {
            Issue.record("unexpected: \(request.method) \(request.target)", sourceLocation: sourceLocation)
        }
    }
}
