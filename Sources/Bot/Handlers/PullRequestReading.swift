internal import BotCore
internal import GitHubAPI

/// What was read of a pull request: all that its check needs beside the buckets.
struct PullRequestReading: Sendable {
    /// The commits between which it was looked for what has changed.
    let span: CommitSpan
    /// The policy of the base branch.
    let policy: Policy
    /// What the changed paths have to do with the registry.
    let touch: RegistryTouch
    /// Where the branch parted from its base.
    let mergeBase: GitObjectID
    /// The registries before and after; nil where nothing of the registry is touched, or it is too large to be read.
    let registries: Registries?
    /// What is wrong with the policy that the pull request brings; empty where it brings none.
    let policyIssues: [PolicyIssue]
    /// The policy that the pull request brings, where it can be used and is another one.
    let proposal: PolicyProposal?
    /// Files of the registry that could not be read.
    let unreadFiles: [UnreadFile]
    /// The hunks of the changed files of the registry, by path; empty where whole trees were compared.
    let patches: [String: String]
    /// Whether there are more changed files than GitHub lists, so that whole trees were compared.
    let isListCut: Bool

    /// The registry before and after.
    struct Registries: Sendable {
        /// Where the branch parted from its base.
        let base: BaseRegistry
        /// With the pull request.
        let head: Registry
        /// What lies between.
        let change: RegistryChange
    }

    /// The commit that the check is about.
    var head: GitObjectID { span.head }
    /// The pull request as it was when it was read; nil in the merge queue.
    var pullRequest: PullRequest? { span.pullRequest }

    /// What is wrong with the registry, and was not before.
    var offlineFindings: [Finding] {
        guard let registries else { return [] }
        return RegistryCheck.findings(
            of: registries.change, in: registries.head, policy: policy, baseFindings: registries.base.findings)
    }

    /// What can be mended by a click, of all that was found.
    func suggestions(for findings: [Finding]) -> [Suggestion] {
        guard let registries else { return [] }
        return SuggestionPlan(
            registry: registries.head, patches: patches, author: pullRequest?.author?.login, policy: policy
        ).suggestions(for: findings)
    }

    /// What the pull request adds or changes, to be probed.
    var targets: [ProbeTarget] {
        guard let registries else { return [] }
        let scope = CheckScope.changed(registries.change, in: registries.head)
        return scope.entries.compactMap(registries.head.probeTarget)
    }

    /// Whether an entry was not there before.
    func adds(_ entry: Selector) -> Bool {
        guard let registries else { return false }
        return switch entry {
        case .bucket(let key): !registries.change.base.buckets.contains { $0.key == key }
        case .testGroup(let name): registries.change.base.group(named: name) == nil
        case .dashboard, .tab, .dashboardGroup: false
        }
    }
}
