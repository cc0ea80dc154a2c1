import BotCore
import Foundation
import GitHubAPI
import Playground
import Testing

@testable import Bot

extension World {
    /// Sweeps the repository once.
    ///
    /// - Parameters:
    ///   - due: The time for which it is due; nil for now.
    ///   - reconciles: Whether pull requests are opened.
    /// - Returns: What it came to.
    /// - Throws: Why it could not be swept.
    func sweep(due: Date? = nil, reconciles: Bool = false) async throws -> SweepEngine.Result {
        var sweep = try repositorySweep()
        sweep.reconciles = reconciles
        let outcome = try await sweep.run(dueAt: due ?? clock.now)
        guard case .swept(let result) = outcome else { throw NotSwept() }
        return result
    }

    /// Who sweeps the repository.
    func repositorySweep() throws -> RepositorySweep {
        let name = try #require(RepositoryName(repository.fullName))
        var sweep = RepositorySweep(parts: bot.parts, github: bot.parts.github.repository(name))
        // What is proposed is held here; what becomes of it, in the journeys of removals.
        sweep.reconciles = false
        return sweep
    }

    private struct NotSwept: Error {}
}

/// Runs `body` in a world whose three hundred entries were swept on three days, so that everything that can be confirmed
/// is; on the day of `body` nobody has swept yet.
///
/// - Parameter body: Gets the world and its registry.
/// - Throws: What `body` throws.
func withSweptWorld(_ body: @escaping @Sendable (World, SweptRegistry) async throws -> Void) async throws {
    let registry = SweptRegistry.everything
    var plan = WorldPlan()
    plan.files = registry.files
    try await withWorld(plan) { world in
        for (bucket, access) in [
            ("sweep-d", AccessMode.private), ("sweep-x", .missing), ("sweep-o", .failing(.forbidden(reason: "odd"))),
        ] {
            world.storage.add(StandInBucket(bucket, access: access))
        }
        registry.fill(world.storage, at: world.clock.now)
        #expect(try await world.sweep().proposals.isEmpty)
        // A hundred days later everything is known to be old.
        for _ in 0..<2 {
            world.clock.advance(seconds: 50 * 86_400)
            registry.fill(world.storage, at: world.clock.now)
            _ = try await world.sweep()
        }
        world.clock.advance(seconds: 86_400)
        registry.fill(world.storage, at: world.clock.now)
        try await body(world, registry)
    }
}
