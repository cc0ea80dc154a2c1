internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import Persistence

/// Sweeps every repository when its time has come, once for each time however often the program is started.
struct ScheduledSweeps: Sendable {
    /// When, and where.
    let rounds: RepositoryRounds

    /// Sweeps by a schedule.
    ///
    /// - Parameters:
    ///   - schedule: When.
    ///   - parts: What all handlers work with.
    ///   - delay: A part of the longest delay, 0 to 1.
    init(schedule: CronSchedule, parts: HandlerParts, delay: Double) {
        rounds = RepositoryRounds(schedule: schedule, parts: parts, delay: delay)
    }

    /// Sweeps what is due.
    ///
    /// - Returns: How long until the next time; nil where something went wrong, to be tried again soon.
    /// - Throws: `GitHubError` where GitHub does not say which repositories there are; `CancellationError`.
    func runOnce() async throws -> Duration? {
        try await rounds.run("swept") { name, due in try await sweep(name, due) }
    }

    private func sweep(_ name: RepositoryName, _ due: Date) async throws -> Bool {
        let parts = rounds.parts
        let tenths = Tenths()
        var sweep = RepositorySweep(
            parts: parts, github: parts.repository(name, installation: nil, priority: .background))
        sweep.progress = { done, total in
            guard let share = tenths.next(done, of: total) else { return }
            parts.logger.debug("A sweep goes on.", metadata: ["repository": "\(name)", "done": "\(share * 10) %"])
        }
        if case .notOurs(.underWay(_)) = try await sweep.run(dueAt: due) { return false }
        return true
    }
}
