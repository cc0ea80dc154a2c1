internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import OpenSSLCrypto

/// Opens the pull request that puts back what a merged one took out.
struct RemovalRestoring: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository
    /// Our own account.
    let ours: GitHubAccount
    /// The merged pull request.
    let pull: PullRequest
    /// What its text says.
    let record: RemovalRecord

    /// What every branch that puts something back starts with.
    static let branchPrefix = "bucketbot/restore-"

    /// Plans on the newest commit of the base branch, and opens the pull request.
    ///
    /// - Parameters:
    ///   - selectors: What comes back; nil for everything.
    ///   - person: Who asked for it.
    /// - Returns: What came of it.
    /// - Throws: `GitHubError`, `StoreError`, and why a registry could not be read.
    func restore(_ selectors: [Selector]?, for person: String) async throws -> RemovalAnswer {
        let ground = RemovalGround(parts: parts, github: github)
        let newest = try await ground.base(called: pull.base.branch)
        let policy = try await ground.reader.policy(of: newest.branch)
        let base = try await ground.read(newest.commit, policy)
        let plan = RestorePlanner(registry: base.registry, policy: policy)
            .plan(try await removedFiles(ground), only: selectors)
        guard !plan.edits.isEmpty else {
            return .nothingToRestore(present: plan.present, conflicts: plan.conflicts)
        }
        let texts = parts.words.texts
        let (title, body) = RemovalReplies(templates: texts).restoration(plan, of: pull.number.value, for: person)
        let draft = PullRequestDraft(
            title: title, body: body, head: try branch(selectors), base: newest.branch)
        let writer = RemovalWriter(github: github, ours: ours, writes: parts.writes)
        if let open = try await writer.find(draft.head) {
            // Whoever was cut off before they were set comes back here.
            try await label(open.number, of: draft.head, policy.removals, writer)
            return .restoring(plan.selectors, number: open.number.value, conflicts: plan.conflicts)
        }
        let commits = RemovalCommits(github: github, ours: ours, writes: parts.writes)
        if !parts.isDryRun {
            let message = CommitMessages(templates: texts).message(for: plan, removedBy: pull.head.sha.text)
            let stored = try await commits.store(
                [.init(message: message, edits: plan.edits)], on: base, modes: try await ground.modes(of: base.tree))
            if let last = stored.last { try await commits.point(draft.head, to: last) }
        }
        let number = try await writer.open(draft)
        if let number { try await label(number, of: draft.head, policy.removals, writer) }
        return .restoring(plan.selectors, number: number?.value, conflicts: plan.conflicts)
    }

    /// Sets the labels that the policy wants and the repository has; nobody has to be waited for, so none holds it.
    private func label(
        _ number: IssueNumber, of branch: String, _ policy: RemovalPolicy, _ writer: RemovalWriter
    ) async throws {
        let present = Set(try await github.pullRequests.get(number).labels.map { $0.lowercased() })
        let missing = try await github.labels.known(policy.labels).filter { !present.contains($0.lowercased()) }
        if !missing.isEmpty { try await writer.setLabels(missing, on: number) }
        try await writer.settle(number, branch: branch)
    }

    /// What the pull request's own commits did, whatever way they were merged.
    private func removedFiles(_ ground: RemovalGround) async throws -> [RemovedFile] {
        let start = try await github.git.comparison(base: pull.base.sha, head: pull.head.sha)
        let before = try await ground.reader.trees.tree(start.mergeBaseTree)
        let after = try await ground.reader.trees.tree(ofCommit: pull.head.sha)
        let paths = Set(before.blobs.keys).union(after.blobs.keys).filter { before.blobs[$0] != after.blobs[$0] }
        let blobs = paths.flatMap { [before.blobs[$0], after.blobs[$0]] }.compactMap { $0 }
        let contents = try await github.blobs.read(Array(Set(blobs.compactMap { GitObjectID($0) })))
        func bytes(_ blob: String?) throws -> [UInt8]? {
            guard let blob else { return nil }
            guard let id = GitObjectID(blob), case .bytes(let bytes)? = contents[id] else {
                throw UnreadableRegistry(path: blob)
            }
            return bytes
        }
        return try paths.sorted().map { path in
            RemovedFile(
                path: path.text, before: try bytes(before.blobs[path]), after: try bytes(after.blobs[path]))
        }
    }

    /// The same branch for the same wish.
    private func branch(_ selectors: [Selector]?) throws -> String {
        var key = record.key
        if let selectors {
            let text = RemovalProposal.keyText(of: selectors)
            key = try hexadecimal(Array(sha256(Array(text.utf8)).prefix(4)))
        }
        return "\(Self.branchPrefix)\(pull.number)-\(key)"
    }
}
