internal import BotCore

/// The repositories that the bot works on.
struct RepositoryScope: Hashable, Sendable {
    /// Those that `BUCKETBOT_REPOSITORIES` names; nil where it names none, so that the installation decides.
    let named: Set<RepositoryName>?

    /// Every repository where the App is installed.
    static let installed = RepositoryScope(named: nil)

    /// Whether events of a repository are worked on.
    func covers(_ repository: RepositoryName) -> Bool { named.map { $0.contains(repository) } ?? true }
}
