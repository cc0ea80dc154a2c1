internal import BotCore
internal import Foundation
internal import Persistence

/// The repositories where the App is, or was, as events of its installation told.
struct KnownRepositories: Sendable {
    /// Where it is kept.
    let cursors: any Cursors
    /// The clock.
    let now: @Sendable () -> Date

    /// What is kept of a repository that the App may see: the installation's number; and of one that it may not any more.
    private static let gone = "gone"

    /// Takes what an event tells.
    ///
    /// - Throws: `StoreError`.
    func note(_ event: InstallationEvent) async throws {
        for repository in event.added {
            try await cursors.move(
                Self.name(repository.name), to: "\(event.installationID.rawValue)", now: now())
        }
        for repository in event.removed {
            try await cursors.move(Self.name(repository.name), to: Self.gone, now: now())
        }
    }

    /// Whether the App may see a repository; nil where nobody told.
    func isInstalled(_ repository: RepositoryName) async throws -> Bool? {
        try await cursors.position(of: Self.name(repository)).map { $0.value != Self.gone }
    }

    private static func name(_ repository: RepositoryName) -> CursorName {
        CursorName("repository:\(repository.description.lowercased())")
    }
}
