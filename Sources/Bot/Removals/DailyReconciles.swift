internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import Persistence

/// Looks at the removal pull requests of every repository once a day, whether it is swept or not: holds come to their end,
/// bases move, and events get lost.
///
/// For which day it was done stands in the store, so that it is done once a day however often the program is started.
struct DailyReconciles: Sendable {
    /// When: half a day from the usual sweep, which looks at them as well.
    static let times = "0 18 * * *"

    /// When, and where.
    let rounds: RepositoryRounds

    /// A look each day.
    ///
    /// - Parameters:
    ///   - parts: What all handlers work with.
    ///   - delay: A part of the longest delay, 0 to 1.
    /// - Throws: Nothing, as long as `times` is a schedule.
    init(parts: HandlerParts, delay: Double) throws {
        rounds = RepositoryRounds(schedule: try CronSchedule(Self.times), parts: parts, delay: delay)
    }

    /// Does what is due.
    ///
    /// - Returns: How long until the next time; nil where something went wrong, to be tried again soon.
    /// - Throws: `GitHubError` where GitHub does not say which repositories there are; `CancellationError`.
    func runOnce() async throws -> Duration? {
        try await rounds.run("looked through for removal pull requests") { name, due in
            let parts = rounds.parts
            let cursor = CursorName("reconcile:\(name.description.lowercased())")
            let cursors = parts.store.cursors
            // Texts of one form, in the order of their times. What a clock that was ahead has left counts for nothing.
            if let done = try await cursors.position(of: cursor)?.value, done >= due.rfc3339,
                done <= parts.now().rfc3339
            {
                return true
            }
            let github = parts.repository(name, installation: nil, priority: .background)
            let look = try await RemovalPullRequests(parts: parts).lookAtAll(of: github)
            if let failure = look.failure { throw failure }
            try await cursors.move(cursor, to: due.rfc3339, now: parts.now())
            parts.logger.info(
                "The removal pull requests were looked at.",
                metadata: ["repository": "\(name)", "open": "\(look.open)"])
            return true
        }
    }
}
