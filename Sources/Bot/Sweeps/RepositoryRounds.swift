internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging

/// Goes through all repositories when the time has come.
///
/// What was missed while nothing ran is made up for by one round; who does the work knows what was done for which time.
struct RepositoryRounds: Sendable {
    /// When.
    let schedule: CronSchedule
    /// What all handlers work with.
    let parts: HandlerParts
    /// A part of the longest delay, 0 to 1: not everybody asks at the full hour.
    let delay: Double

    /// The longest that a round waits after it is due.
    static let longestDelaySeconds = 300.0
    /// Repositories of a round; the bot is made for a few.
    static let repositoryLimit = 100

    /// Does what is due.
    ///
    /// - Parameters:
    ///   - purpose: What it is, as it fits behind "A repository could not be".
    ///   - step: Does it in one repository for one time, unless it has been; returns whether it is done. What goes wrong
    ///     there keeps no other repository from its turn.
    /// - Returns: How long until the next time; nil where something went wrong, to be tried again soon.
    /// - Throws: `GitHubError` where GitHub does not say which repositories there are; `CancellationError`.
    func run(
        _ purpose: String, _ step: (RepositoryName, _ due: Date) async throws -> Bool
    ) async throws -> Duration? {
        let delaySeconds = delay * Self.longestDelaySeconds
        let shifted = parts.now().addingTimeInterval(-delaySeconds)
        var isWell = true
        if let due = schedule.lastDue(atOrBefore: shifted) {
            for name in try await repositories() {
                do {
                    let isDone = try await step(name, due)
                    isWell = isWell && isDone
                } catch let error as CancellationError {
                    throw error
                } catch {
                    isWell = false
                    parts.logger.error(
                        "A repository could not be \(purpose); it is tried again.",
                        metadata: ["repository": "\(name)", "reason": "\(error)"])
                }
            }
        }
        guard isWell, let next = schedule.nextDue(after: shifted) else { return nil }
        let wait = next.addingTimeInterval(delaySeconds).timeIntervalSince(parts.now())
        return .seconds(max(1, wait))
    }

    /// The repositories that the bot works on.
    private func repositories() async throws -> [RepositoryName] {
        if let named = parts.scope.named { return named.sorted { $0.description < $1.description } }
        var names: [RepositoryName] = []
        for installation in try await parts.github.app.installations() where installation.suspendedAt == nil {
            let all = try await parts.github.repositories(of: installation.id)
            names += all.filter { !$0.isArchived }.map(\.name)
        }
        if names.count > Self.repositoryLimit {
            parts.logger.error(
                "The App sees more repositories than are looked after; name those that matter in BUCKETBOT_REPOSITORIES.",
                metadata: ["repositories": "\(names.count)", "looked_after": "\(Self.repositoryLimit)"])
        }
        return Array(names.sorted { $0.description < $1.description }.prefix(Self.repositoryLimit))
    }
}
