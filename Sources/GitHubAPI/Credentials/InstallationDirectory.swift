internal import BotCore
internal import Synchronization

/// Which installation looks after which repository, as far as it was asked or told.
final class InstallationDirectory: Sendable {
    private let known = Mutex<[RepositoryName: InstallationID]>([:])
    private let flights = SingleFlight<RepositoryName, InstallationID>()

    /// Repositories beyond this are asked for again, so that made-up names cannot fill the memory.
    private static let maxRepositories = 10_000

    /// Gives the installation, and asks for it once where it is not known.
    ///
    /// - Throws: What `ask` throws, and `CancellationError`.
    func installation(of name: RepositoryName, ask: () async throws -> InstallationID) async throws -> InstallationID {
        if let id = known.withLock({ $0[name] }) { return id }
        return try await flights.run(name) {
            let id = try await ask()
            note(id, of: name)
            return id
        }
    }

    /// Remembers what a webhook said.
    func note(_ id: InstallationID, of name: RepositoryName) {
        known.withLock { known in
            if known.count >= Self.maxRepositories { known.removeAll() }
            known[name] = id
        }
    }

    /// Forgets an installation that is no more, unless there is another one by now.
    func forget(_ id: InstallationID, of name: RepositoryName) {
        known.withLock { known in
            if known[name] == id { known[name] = nil }
        }
    }
}
