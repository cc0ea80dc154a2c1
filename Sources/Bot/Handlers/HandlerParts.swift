internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import GoogleCloudStorage
internal import Logging
internal import Persistence

/// What all handlers work with.
struct HandlerParts: Sendable {
    /// Asks and tells GitHub.
    let github: GitHubClient
    /// Everything that outlives the process.
    let store: any Store
    /// Asks Google Cloud Storage.
    let storage: any ObjectStorage
    /// Registries as they were read last.
    let memory: RegistryMemory
    /// What the bot says.
    let words: CommandTemplates
    /// Where links in comments lead.
    let links: CheckLinks
    /// The repositories that it works on.
    var scope = RepositoryScope.installed
    /// Whether nothing is sent to GitHub.
    var isDryRun = true
    /// How long a probe may take before the check run says that it has begun.
    var quietSeconds = 5.0
    /// One removal pull request is worked on at a time: a sweep, an event and a command may want the same one.
    var removalTurn = ConcurrencyLimit(1)
    /// Lets time pass.
    var pause: @Sendable (Duration) async throws -> Void = { try await Task.sleep(for: $0) }
    /// The clock.
    let now: @Sendable () -> Date
    /// Where it is told.
    var logger: Logger

    /// Who carries out writes.
    var writes: OutgoingWrites {
        OutgoingWrites(outbox: store.outbox, isDryRun: isDryRun, now: now, logger: logger)
    }

    /// Who reads pull requests of a repository.
    func reader(of repository: GitHubRepository) -> PullRequestReader {
        PullRequestReader(github: repository, memory: memory, cache: store.blobCache, now: now)
    }

    /// A repository, with the installation that an event named.
    func repository(
        _ name: RepositoryName, installation: BotCore.InstallationID?, priority: RequestPriority = .interactive
    ) -> GitHubRepository {
        let id = installation.flatMap { Int(exactly: $0.rawValue) }.map { GitHubAPI.InstallationID($0) }
        return github.prioritized(priority).repository(name, installation: id)
    }
}
