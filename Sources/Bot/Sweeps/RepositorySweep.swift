internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import Persistence

/// Sweeps one repository on GitHub: reads what people decided, looks at every entry, and says what is proposed.
struct RepositorySweep: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository
    /// Is told how far it is.
    var progress: @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
    /// The clock of verdicts where it is not the one on the wall.
    var asOf: Date?
    /// Whether it is kept what is found; where it is not, nothing is known the next time.
    var isKept = true

    /// Whether removal pull requests are read before, and brought to what is proposed after.
    var reconciles = true

    /// What came of it.
    enum Outcome: Sendable {
        /// It was swept.
        case swept(SweepEngine.Result)
        /// It came to its end before, or somebody else is at it.
        case notOurs(SweepStart)
    }

    /// Sweeps, or goes on with a sweep that was cut off.
    ///
    /// - Parameter dueAt: When it is due: one sweep for each such time; nil for now.
    /// - Returns: What came of it.
    /// - Throws: `GitHubError`, `StoreError`, `LeaseLost`, and why the registry could not be read.
    func run(dueAt: Date?) async throws -> Outcome {
        let name = github.name.description.lowercased()
        var history: SweepHistory?
        let asOf = asOf
        let now = asOf.map { time in { @Sendable () -> Date in time } } ?? parts.now
        if isKept {
            switch try await SweepHistory.begin(
                name, dueAt: dueAt, in: parts.store, now: now, pause: parts.pause)
            {
            case .ours(let ours): history = ours
            case .notOurs(let start): return .notOurs(start)
            }
        }
        let removals = RemovalPullRequests(parts: parts)
        let standings = reconciles ? try await removals.standings(of: github) : EntryStandings()
        let ground = try await SweepGround(github, parts)
        var engine = SweepEngine(ground: ground, storage: parts.storage, standings: standings)
        engine.progress = progress
        engine.alert = { outage, sweep in Self.alert(outage, sweep, in: name, parts.logger) }
        let sweep = self
        // Before the sweep counts as done, so that it is gone on with where GitHub was in trouble meanwhile.
        engine.followUp = { try await sweep.followUp($0, on: ground, removals) }
        let result = try await engine.run(history, now: now())
        parts.logger.info(
            "A repository was swept.",
            metadata: [
                "repository": "\(github.name)", "entries": "\(result.report.entries.count)",
                "proposed": "\(result.report.proposed.count)", "requests": "\(result.report.requestCount)",
            ])
        return .swept(result)
    }

    /// Acts on what was found: removals, contacts, and last the issue that shows all of it.
    private func followUp(
        _ result: SweepEngine.Result, on ground: SweepGround, _ removals: RemovalPullRequests
    ) async throws -> SweepEngine.Result {
        var result = result
        var opened: [String: Int] = [:]
        if reconciles, isKept { opened = try await reconcile(result, removals) }
        result.report.findings += try await ContactSweep(parts: parts, github: github)
            .findings(for: result.report.entries, in: ground.registry)
        if isKept, ground.policy.dashboardIssue {
            let content = DashboardContent(
                repository: github.name, report: result.report, proposals: result.proposals, opened: opened,
                links: parts.links)
            try await DashboardWriter(parts: parts, github: github).bring(content)
        }
        return result
    }

    /// Opens, changes and closes removal pull requests; in a dry run what would be done is recorded.
    ///
    /// - Returns: The pull requests that were opened, by their branches.
    private func reconcile(
        _ result: SweepEngine.Result, _ removals: RemovalPullRequests
    ) async throws -> [String: Int] {
        let outcome = try await removals.reconcile(github, result.proposals, result.report)
        parts.logger.info(
            "The removal pull requests were brought to what is proposed.",
            metadata: [
                "repository": "\(github.name)", "opened": "\(outcome.opened)", "looked_at": "\(outcome.driven)",
                "left_out": "\(outcome.leftOut)", "failed": "\(outcome.failed)",
            ])
        return outcome.numbers
    }

    /// Tells whoever runs the bot, once for each outage.
    private static func alert(_ outage: SweepOutage, _ sweep: SweepID?, in name: String, _ logger: Logger) {
        logger.error(
            "A sweep looks like an outage, and nothing is proposed: see what happened, then acknowledge the sweep.",
            metadata: [
                "repository": "\(name)", "sweep": "\(sweep.map(\.description) ?? "none")", "reason": "\(outage.words)",
            ])
    }
}
