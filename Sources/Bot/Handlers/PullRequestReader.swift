internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Persistence

/// Reads pull requests and the registries before and after them.
///
/// Contents are read by what git calls them, so that a fork's files are read through the repository that the pull request
/// is to, and none is read twice.
struct PullRequestReader: Sendable {
    /// The repository.
    let github: GitHubRepository
    /// Which files a commit has.
    let trees: TreeReader
    /// Puts registries together.
    let registries: RegistryReader
    /// Registries before changes.
    let bases: BaseRegistries
    /// Policies of base branches.
    let policies: Policies
    /// The clock.
    let now: @Sendable () -> Date

    /// The reader of one repository.
    init(github: GitHubRepository, memory: RegistryMemory, cache: any BlobCache, now: @escaping @Sendable () -> Date) {
        self.github = github
        trees = TreeReader(github: github, cache: cache, now: now)
        registries = RegistryReader(parsed: memory.parsed, github: github)
        bases = memory.bases
        policies = memory.policies
        self.now = now
    }

    /// Reads all that the check of a pull request needs.
    ///
    /// - Parameter pullRequest: As it is now.
    /// - Returns: What was read.
    /// - Throws: `GitHubError`; `notFound` where its head has vanished. `RegistryTooLarge`, `StoreError`.
    func read(_ pullRequest: PullRequest) async throws -> PullRequestReading {
        try await read(CommitSpan(pullRequest))
    }

    /// Reads all that a check needs.
    func read(_ span: CommitSpan) async throws -> PullRequestReading {
        let policy = try await policy(of: span.baseBranch)
        let comparison = try await github.git.comparison(base: span.base, head: span.head)
        let (changes, files) = try await changes(of: span, comparison)
        let touch = RegistryTouch(changes, policy: policy)
        let (proposal, issues) =
            touch.isPolicyChanged ? try await proposal(of: span, comparison.mergeBaseTree, policy) : (nil, [])
        var both: PullRequestReading.Registries?
        var unread: [UnreadFile] = []
        if let first = touch.registryPaths.first {
            do {
                (both, unread) = try await registries(
                    of: changes, at: span.head, from: comparison.mergeBaseTree, policy)
            } catch let error as RegistryTooLarge {
                unread = [UnreadFile(path: first, reason: error.description)]
            }
        }
        let paths = Set(touch.registryPaths)
        let shown = (files ?? []).filter { paths.contains($0.path) }.compactMap { file in
            file.patch.map { (file.path, $0) }
        }
        return PullRequestReading(
            span: span, policy: policy, touch: touch, mergeBase: comparison.mergeBase, registries: both,
            policyIssues: issues, proposal: proposal, unreadFiles: unread,
            patches: Dictionary(shown, uniquingKeysWith: { $1 }), isListCut: files == nil)
    }

    /// The policy that a change brings, and what is wrong with it; a file that is deleted brings the defaults.
    private func proposal(
        of span: CommitSpan, _ mergeBaseTree: GitObjectID, _ policy: Policy
    ) async throws -> (PolicyProposal?, [PolicyIssue]) {
        var new: Policy? = Policy()
        if let bytes = try await file(PolicyFile.path, at: span.head.text) {
            let read = PolicyFile(bytes: bytes)
            guard read.issues.isEmpty else { return (nil, read.issues) }
            new = read.policy
        }
        guard let new, new != policy else { return (nil, []) }
        do {
            let registry = try await registry(of: mergeBaseTree, policy).registry
            let paths = try await trees.tree(mergeBaseTree).blobs.keys.map(\.text)
            let missing = try await missingLabels(among: PolicyProposal.newLabels(from: policy, to: new))
            return (PolicyProposal(old: policy, new: new, registry: registry, paths: paths, missingLabels: missing), [])
        } catch is RegistryTooLarge {
            // That is said where the registry itself is checked.
            return (nil, [])
        }
    }

    private func missingLabels(among names: [String]) async throws -> [String] {
        guard !names.isEmpty else { return [] }
        let known = Set(try await github.labels.known(names))
        return names.filter { !known.contains($0) }
    }

    /// The policy of a branch.
    func policy(of branch: String) async throws -> Policy {
        let key = Policies.Key(repository: github.name, branch: branch)
        return try await policies.policy(of: key, now: now()) { try await file(PolicyFile.path, at: branch) }
    }

    /// The registry of a tree, with what is wrong in it.
    func registry(of tree: GitObjectID, _ policy: Policy) async throws -> BaseRegistry {
        let key = BaseRegistries.Key(tree: tree.text, policy: policy)
        if let known = bases.find(key) { return known }
        let base = try await judged(try await trees.tree(tree), policy)
        bases.keep(base, for: key)
        return base
    }

    private func judged(_ tree: FileTree, _ policy: Policy) async throws -> BaseRegistry {
        let registry = try await registries.read(tree, policy: policy).registry
        return BaseRegistry(registry: registry, findings: RegistryCheck.findings(in: registry, policy: policy))
    }

    // MARK: - What changed

    /// Everything that differs between where the branch parted and its head.
    ///
    /// The files are those that GitHub listed; nil where it lists too few.
    /// A comparison lists up to 300 files, the pull request's own list up to 3,000; with more than that, whole trees are
    /// compared.
    private func changes(
        of span: CommitSpan, _ comparison: GitComparison
    ) async throws -> (changes: [ChangedFile], files: [PullRequestFile]?) {
        if comparison.files.count < GitComparison.maxListedFiles {
            return (comparison.files.map(ChangedFile.init), comparison.files)
        }
        if let pullRequest = span.pullRequest, let count = pullRequest.changedFiles,
            count <= PullRequests.maxListedFiles
        {
            let files = try await github.pullRequests.files(of: pullRequest.number)
            // Of another head, if commits were pushed meanwhile: then trees tell.
            if files.count == count { return (files.map(ChangedFile.init), files) }
        }
        let before = try await trees.tree(comparison.mergeBaseTree)
        let after = try await trees.tree(ofCommit: span.head)
        return (before.changes(to: after), nil)
    }

    private func registries(
        of changes: [ChangedFile], at head: GitObjectID, from mergeBaseTree: GitObjectID, _ policy: Policy
    ) async throws -> (PullRequestReading.Registries, [UnreadFile]) {
        let before = try await trees.tree(mergeBaseTree)
        var after = before.applying(changes)
        if after == nil { after = try await trees.tree(ofCommit: head) }
        let moved = before.moving(changes, RegistryFileSorter(paths: policy.paths))
        let base =
            moved == before ? try await registry(of: mergeBaseTree, policy) : try await judged(moved, policy)
        let head = try await registries.read(after ?? before, policy: policy)
        let both = PullRequestReading.Registries(
            base: base, head: head.registry, change: RegistryChange(from: base.registry, to: head.registry))
        return (both, head.unreadFiles)
    }

    /// A file of a branch or commit; nil where it has none of that name.
    private func file(_ path: String, at ref: String) async throws -> [UInt8]? {
        do {
            return try await github.git.file(path, at: ref)
        } catch let error as GitHubError where error.kind == .notFound {
            return nil
        }
    }
}

extension ChangedFile {
    /// A changed file as GitHub's list has it.
    init(_ file: PullRequestFile) {
        self.init(
            path: file.path, status: file.change.rawValue, previousPath: file.previousPath, blob: file.blob?.text)
    }
}
