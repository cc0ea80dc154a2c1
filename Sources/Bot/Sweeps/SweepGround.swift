internal import BotCore
internal import Foundation
internal import GitHubAPI

/// A registry at one commit, with all that a sweep has to know of what is around it.
struct SweepGround: Sendable {
    /// What the store calls the registry: `owner/name` in lower case, or the path of a folder.
    let name: String
    /// The registry.
    let registry: Registry
    /// The repository's policy.
    let policy: Policy
    /// What else the tree holds.
    let surroundings: RemovalSurroundings
    /// The commit; nil for a folder.
    let commit: String?
    /// Whether pull requests may be merged with a merge commit; true where nobody tells.
    var allowsMergeCommits = true
}

extension SweepGround {
    /// The registry of a checkout, as its files are now.
    ///
    /// - Throws: `CheckoutError` or `WrongUse`.
    init(_ checkout: Checkout) async throws {
        let policy = try checkout.policy()
        let files = try await checkout.registryFiles(policy: policy)
        self.init(
            name: "folder:\(checkout.folder.path)", registry: Registry(files: files, policy: policy), policy: policy,
            surroundings: try checkout.surroundings(), commit: nil)
    }

    /// The registry of a repository's default branch, at the commit that it has now.
    ///
    /// - Throws: `GitHubError`, `StoreError`, `RegistryTooLarge`; `UnreadableRegistry` where GitHub does not have a file.
    init(_ github: GitHubRepository, _ parts: HandlerParts) async throws {
        let ground = RemovalGround(parts: parts, github: github)
        let details = try await github.details()
        let policy = try await ground.reader.policy(of: details.defaultBranch)
        let reading = try await ground.read(try await github.git.ref("heads/\(details.defaultBranch)").object, policy)
        var surroundings = RemovalSurroundings()
        surroundings.paths = Set(reading.files.blobs.keys.map(\.text))
        self.init(
            name: github.name.description.lowercased(), registry: reading.registry, policy: policy,
            surroundings: surroundings, commit: reading.commit.text,
            allowsMergeCommits: details.merging?.allowsMergeCommits ?? true)
    }
}
