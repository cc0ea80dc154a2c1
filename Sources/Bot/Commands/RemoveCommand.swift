internal import ArgumentParser
internal import BotCore
internal import Foundation

/// `bucketbot remove`: entries of a registry, with all that only makes sense with them.
struct RemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove entries from the registry in a checkout, by deleting whole lines.",
        discussion: """
            With a test group go the tabs that show it, the dashboards that are empty then, their lines in dashboard \
            groups, and the entry of buckets.yaml that no group reads any more. Every edit is read again and proven: \
            the file means what it meant, without what was to go. What deleting lines cannot do is refused and said.

            The diff goes to standard output, everything else to standard error. The exit status is 1 where something \
            that was named stays.

            Examples:
              bucketbot remove test-group:ci-acme-e2e --checkout .
              bucketbot remove --selectors stale.txt --checkout . --commit
            """
    )

    @Argument(help: ArgumentHelp("What to remove.", valueName: "selector"))
    var selectors: [String] = []

    @OptionGroup var options: EditOptions

    func run() async throws {
        try options.requireFormat()
        let selected = try SelectorList.read(selectors, file: options.selectorsFile)
        guard !selected.isEmpty else { throw WrongUse("Name what to remove, as in test-group:NAME.") }
        let templates = try options.sentences()
        let checkout = try Checkout(path: options.checkout)
        let policy = try checkout.policy()
        let registry = Registry(files: try await checkout.registryFiles(policy: policy), policy: policy)
        let planner = RemovalPlanner(
            registry: registry, policy: policy, surroundings: try checkout.surroundings())
        let removal: RemovalPlan
        var commits: [String] = []
        if options.commit {
            let contributions = try planner.contributions(selected)
            removal = contributions.whole
            commits = try await commit(contributions, in: checkout, templates: templates)
        } else {
            removal = try planner.plan(selected)
            if options.write { try checkout.write(removal.edits) }
        }
        let report = EditReport(
            removal: removal, asOf: Date(), isWritten: options.write || options.commit, commits: commits)
        try options.print(report, templates: templates)
    }

    /// Writes and commits one contribution after the other.
    private func commit(
        _ contributions: ContributionPlans, in checkout: Checkout, templates: Templates
    ) async throws -> [String] {
        let git = GitRepository(folder: checkout.folder.path)
        try await git.requireCommittable(contributions.whole.edits.map(\.path))
        let messages = CommitMessages(templates: templates)
        var commits: [String] = []
        for plan in contributions.plans {
            try checkout.write(plan.removal.edits)
            do {
                commits.append(
                    try await git.commit(plan.removal.edits.map(\.path), message: messages.message(for: plan)))
            } catch {
                try checkout.write(plan.removal.edits.map(\.reversed))
                throw error
            }
        }
        return commits
    }
}
