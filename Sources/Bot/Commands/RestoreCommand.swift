internal import ArgumentParser
internal import BotCore
internal import Foundation

/// `bucketbot restore`: what a commit removed goes back to where it came from.
struct RestoreCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "restore",
        abstract: "Put back entries that a commit removed, the exact lines where they came from.",
        discussion: """
            A file that is as the removal left it becomes what it was, byte for byte. In a file that has changed, been \
            split or sorted since, the lines go beside the neighbors that they had. What cannot be put back is said, \
            with the reason, and the exit status is 1.

            Examples:
              bucketbot restore 1b716f02ac --checkout .
              bucketbot restore test-group:ci-acme-e2e --checkout . --commit
            """
    )

    @Argument(help: ArgumentHelp("The commit that removed, or what to put back.", valueName: "commit|selector"))
    var targets: [String] = []

    @OptionGroup var options: EditOptions

    func run() async throws {
        try options.requireFormat()
        let templates = try options.sentences()
        let checkout = try Checkout(path: options.checkout)
        let policy = try checkout.policy()
        let registry = Registry(files: try await checkout.registryFiles(policy: policy), policy: policy)
        let git = GitRepository(folder: checkout.folder.path)
        let (removals, selectors) = try await removals(git, policy: policy)
        var current = RestorePlanner(registry: registry, policy: policy)
        var commits: [String] = []
        var plans: [RestorePlan] = []
        // Planned one after the other first, so that nothing is written where one of them cannot be planned.
        for removal in removals {
            let plan = current.plan(removal.files, only: selectors)
            plans.append(plan)
            current = current.after(plan)
        }
        let whole = RestorePlan.joined(plans)
        if options.commit {
            try await git.requireCommittable(whole.edits.map(\.path))
            let messages = CommitMessages(templates: templates)
            for (plan, removal) in zip(plans, removals) where !plan.edits.isEmpty {
                try checkout.write(plan.edits)
                do {
                    let message = messages.message(for: plan, removedBy: removal.commit)
                    commits.append(try await git.commit(plan.edits.map(\.path), message: message))
                } catch {
                    try checkout.write(plan.edits.map(\.reversed))
                    throw error
                }
            }
        } else if options.write {
            try checkout.write(whole.edits)
        }
        let report = EditReport(
            restoration: whole, asOf: Date(), isWritten: options.write || options.commit, commits: commits)
        try options.print(report, templates: templates)
    }

    /// The commits whose removals are undone, and what of them; nil for all.
    private func removals(
        _ git: GitRepository, policy: Policy
    ) async throws -> (removals: [(commit: String, files: [RemovedFile])], selectors: [Selector]?) {
        if targets.count == 1, let target = targets.first, options.selectorsFile == nil, !isSelector(target) {
            return ([try await git.removal(by: target)], nil)
        }
        let selectors = try SelectorList.read(targets, file: options.selectorsFile)
        guard !selectors.isEmpty else { throw WrongUse("Name a commit, or what to put back as in test-group:NAME.") }
        var found: [(commit: String, files: [RemovedFile])] = []
        for selector in selectors {
            let removal = try await removal(of: selector, git, policy: policy)
            if !found.contains(where: { $0.commit == removal.commit }) { found.append(removal) }
        }
        return (found, selectors)
    }

    private func isSelector(_ text: String) -> Bool {
        Selector.kinds.contains { text.hasPrefix($0 + ":") }
    }

    /// The newest commit that took an entry out.
    private func removal(
        of selector: Selector, _ git: GitRepository, policy: Policy
    ) async throws -> (commit: String, files: [RemovedFile]) {
        for commit in try await git.commits(changing: selector.name) {
            let removal: (commit: String, files: [RemovedFile])
            do {
                removal = try await git.removal(by: commit)
            } catch EditError.unknownCommit {
                // The first commit of a history has taken nothing out.
                continue
            }
            if RemovedFile.removes(selector, removal.files, policy: policy) { return removal }
        }
        throw EditError.neverRemoved(selector.description)
    }
}
