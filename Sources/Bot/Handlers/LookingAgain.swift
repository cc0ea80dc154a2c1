internal import BotCore
internal import Foundation
internal import Persistence

/// Has pull requests looked at again whose only errors are of access: whoever opens a bucket does it outside of GitHub, and
/// nobody is told.
struct LookingAgain: Sendable {
    /// Where reminders wait.
    let schedules: any Schedules
    /// The clock.
    let now: @Sendable () -> Date

    /// When it is looked again, in minutes after the first look.
    static let minutes = [10, 60]

    /// When to look after a check; nil where there is no reason to.
    ///
    /// - Parameters:
    ///   - check: What was found.
    ///   - round: Which look it was, 0 for one that somebody caused.
    /// - Returns: The time; that of the reminder that is set already, where the same head is looked at twice.
    /// - Throws: `StoreError`.
    func dueAt(after check: PullRequestCheck, round: Int) async throws -> Date? {
        guard check.failsOnlyByAccess, Self.minutes.indices.contains(round) else { return nil }
        if let pending = try await pending(check) { return pending }
        let before = round == 0 ? 0 : Self.minutes[round - 1]
        return check.asOf.addingTimeInterval(Double(Self.minutes[round] - before) * 60)
    }

    /// When this head is looked at again, if a reminder is set.
    private func pending(_ check: PullRequestCheck) async throws -> Date? {
        let key = Self.key(Event.lane(of: check.repository, number: check.number))
        for job in try await schedules.all(limit: Self.jobsLookedThrough) where job.key == key && job.dueAt > now() {
            guard job.payload.contains(check.headSHA) else { continue }
            return job.dueAt
        }
        return nil
    }

    /// Reminders that are looked through for one of the same head; with more, it is set anew.
    private static let jobsLookedThrough = 10_000

    /// Sets the reminder, in the place of any other of this pull request.
    ///
    /// - Parameters:
    ///   - event: Which pull request, and which look it will be.
    ///   - dueAt: When.
    /// - Throws: `StoreError`.
    func remind(of event: LookAgainEvent, at dueAt: Date) async throws {
        let lane = Event.lookAgain(event).lane
        var later = LaterDelivery(
            id: "again:\(event.repository.id.rawValue)#\(event.number):\(event.head.text.prefix(12)):\(event.round)"
                + ":\(Int64(dueAt.timeIntervalSince1970))",
            event: LookAgainEvent.name, repository: event.repository.name.description, lane: lane,
            payload: event.payload)
        later.action = "due"
        later.kind = Event.lookAgain(event).kind
        try await schedules.schedule(try later.job(key: Self.key(lane), dueAt: dueAt))
    }

    /// Drops the reminder of a pull request.
    func forget(lane: String) async throws { _ = try await schedules.cancel(Self.key(lane)) }

    private static func key(_ lane: String) -> JobKey { JobKey("again:\(lane)") }
}

extension [UInt8] {
    /// Whether a commit is named in a payload.
    fileprivate func contains(_ sha: ObjectSHA) -> Bool {
        String(decoding: self, as: UTF8.self).contains(sha.text)
    }
}
