internal import BotCore
internal import GitHubAPI

/// The commits of a removal, planned from one commit of the base branch and stored where nobody sees them yet.
struct RemovalBuild: Sendable {
    /// What each commit takes out.
    let plans: ContributionPlans
    /// The commits, in order; empty in a dry run.
    let commits: [GitObjectID]
    /// What cannot be taken out from there.
    let refused: [Selector]

    /// Who stores commits, and what they say.
    struct Store: Sendable {
        let commits: RemovalCommits
        let messages: CommitMessages
    }

    /// Plans and stores.
    ///
    /// - Parameters:
    ///   - selectors: What goes; what the registry does not have is left out.
    ///   - planner: Plans from `base`.
    ///   - base: The commit to build on.
    ///   - ground: Tells modes of files.
    ///   - store: Stores them; nil in a dry run.
    /// - Returns: The commits.
    /// - Throws: `GitHubError`.
    static func make(
        _ selectors: [Selector], planner: RemovalPlanner, base: RemovalGround.Reading, ground: RemovalGround,
        store: Store?
    ) async throws -> RemovalBuild {
        let plans = try planner.contributions(
            selectors.filter(base.registry.names), commitPer: base.policy.removals.commitPer)
        var stored: [GitObjectID] = []
        if let store, !plans.plans.isEmpty {
            let drafts = plans.plans.map { plan in
                RemovalCommits.Draft(message: store.messages.message(for: plan), edits: plan.removal.edits)
            }
            stored = try await store.commits.store(drafts, on: base, modes: try await ground.modes(of: base.tree))
        }
        return RemovalBuild(plans: plans, commits: stored, refused: plans.whole.refusals.map(\.selector))
    }
}
