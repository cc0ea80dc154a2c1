internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import Persistence

/// Sweeps every repository when its time has come, once for each time however often the program is started.
///
/// What was missed while nothing ran is made up for by one sweep.
struct ScheduledSweeps: Sendable {
    /// When.
    let schedule: CronSchedule
    /// What all handlers work with.
    let parts: HandlerParts
    /// A part of the longest delay, 0 to 1: not everybody asks Google's storage at the full hour.
    let delay: Double

    /// The longest that a sweep waits after it is due.
    static let longestDelaySeconds = 300.0
    /// Repositories that are swept; the bot is made for a few.
    static let repositoryLimit = 100

    /// Sweeps what is due.
    ///
    /// - Returns: How long until the next time; nil where something went wrong, to be tried again soon.
    /// - Throws: `GitHubError` where GitHub does not say which repositories there are; `CancellationError`.
    func runOnce() async throws -> Duration? {
        let delaySeconds = delay * Self.longestDelaySeconds
        let shifted = parts.now().addingTimeInterval(-delaySeconds)
        var isWell = true
        if let due = schedule.lastDue(atOrBefore: shifted) {
            for name in try await repositories() {
                let isDone = try await sweep(name, due)
                isWell = isWell && isDone
            }
        }
        guard isWell, let next = schedule.nextDue(after: shifted) else { return nil }
        let wait = next.addingTimeInterval(delaySeconds).timeIntervalSince(parts.now())
        return .seconds(max(1, wait))
    }

    /// Sweeps one repository; what goes wrong there keeps no other from being swept.
    private func sweep(_ name: RepositoryName, _ due: Date) async throws -> Bool {
        do {
            let github = parts.repository(name, installation: nil, priority: .background)
            let tenths = Tenths()
            var sweep = RepositorySweep(parts: parts, github: github)
            sweep.progress = { done, total in
                guard let share = tenths.next(done, of: total) else { return }
                parts.logger.debug(
                    "A sweep goes on.", metadata: ["repository": "\(name)", "done": "\(share * 10) %"])
            }
            if case .notOurs(.underWay(_)) = try await sweep.run(dueAt: due) { return false }
            return true
        } catch let error as CancellationError {
            throw error
        } catch {
            parts.logger.error(
                "A repository could not be swept; it is tried again.",
                metadata: ["repository": "\(name)", "reason": "\(error)"])
            return false
        }
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
                "The App sees more repositories than are swept; name those that matter in BUCKETBOT_REPOSITORIES.",
                metadata: ["repositories": "\(names.count)", "swept": "\(Self.repositoryLimit)"])
        }
        return Array(names.sorted { $0.description < $1.description }.prefix(Self.repositoryLimit))
    }
}
