internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import Persistence

/// Finds what GitHub sent to the App and the bot never stored, and stores it.
///
/// GitHub tries once: what met a server that was down, full or out of reach is lost unless it is asked for. GitHub keeps
/// what it sent for three days.
///
/// Source: https://docs.github.com/en/webhooks/using-webhooks/automatically-redelivering-failed-deliveries-for-a-github-app-webhook
struct MissedDeliveries: Sendable {
    /// What one look at the list gave.
    struct Result: Hashable, Sendable {
        /// Attempts that were listed.
        var listed = 0
        /// Deliveries that the inbox did not know.
        var missing = 0
        /// Those of them that were stored now.
        var stored = 0
    }

    /// Bounds of one look.
    struct Limits: Hashable, Sendable {
        /// Pages of a hundred that are read.
        var maxPages = 100
        /// Deliveries that are fetched; the rest is fetched at the next look.
        var maxFetched = 200
        /// How far behind the cursor the look begins, since deliveries may be listed late.
        var overlapSeconds = 1_800.0
        /// How far back the first look goes of all.
        var firstSeconds = 3_600.0
        /// How far back any look goes.
        var longestSeconds = 3 * 86_400.0
    }

    let deliveries: AppDeliveries
    let inbox: any Inbox
    let cursors: any Cursors
    let bell: WorkBell
    let now: @Sendable () -> Date
    let logger: Logger
    var limits = Limits()

    /// How far the list was dealt with: a time in seconds since 1970.
    static let cursor = CursorName("app-deliveries")

    /// Reads the list back to where it was dealt with, and fetches what is missing.
    ///
    /// - Returns: What was found.
    /// - Throws: `GitHubError`, `StoreError`; the cursor then stays, and the next look begins where this one did.
    @discardableResult
    func runOnce() async throws -> Result {
        let now = now()
        let begin = try await begin(now: now)
        let listed = try await listed(since: begin)
        var result = Result(listed: listed.count)
        let missing = try await missing(among: listed)
        result.missing = missing.count
        var dealtWith = max(listed.map(\.deliveredAt).max() ?? begin, begin)
        for delivery in missing.prefix(limits.maxFetched) where try await fetch(delivery) { result.stored += 1 }
        if let next = missing.dropFirst(limits.maxFetched).first { dealtWith = next.deliveredAt }
        try await cursors.move(Self.cursor, to: "\(dealtWith.timeIntervalSince1970)", now: now)
        if result.missing > 0 {
            logger.notice(
                "Deliveries had not arrived and were fetched from GitHub.",
                metadata: ["missing": "\(result.missing)", "stored": "\(result.stored)"])
        }
        return result
    }

    private func begin(now: Date) async throws -> Date {
        let position = try await cursors.position(of: Self.cursor)
        let earliest = now.addingTimeInterval(-limits.longestSeconds)
        guard let seconds = position.flatMap({ Double($0.value) }), seconds.isFinite else {
            return now.addingTimeInterval(-limits.firstSeconds)
        }
        let dealtWith = Date(timeIntervalSince1970: seconds)
        // A clock that was ahead has left it, and while it was nothing was listed.
        guard dealtWith <= now.addingTimeInterval(limits.overlapSeconds) else { return earliest }
        return max(earliest, dealtWith.addingTimeInterval(-limits.overlapSeconds))
    }

    /// Attempts since a time, the newest first.
    private func listed(since begin: Date) async throws -> [HookDelivery] {
        var listed: [HookDelivery] = []
        var cursor: String?
        for _ in 0..<limits.maxPages {
            let page = try await deliveries.page(after: cursor)
            listed += page.deliveries.prefix { $0.deliveredAt >= begin }
            guard let last = page.deliveries.last, last.deliveredAt >= begin, let next = page.nextCursor else {
                return listed
            }
            cursor = next
        }
        logger.error(
            "GitHub lists more deliveries than are read; older ones that did not arrive are lost.",
            metadata: ["listed": "\(listed.count)"])
        return listed
    }

    /// One attempt of each delivery that something depends on and the inbox does not know, the oldest first.
    private func missing(among listed: [HookDelivery]) async throws -> [HookDelivery] {
        var seen: Set<String> = []
        let candidates = listed.filter { Event.heardNames.contains($0.event) && seen.insert($0.guid).inserted }
        let known = try await inbox.known(among: candidates.map { DeliveryID($0.guid) })
        return candidates.filter { !known.contains(DeliveryID($0.guid)) }.reversed()
    }

    /// Fetches and stores one delivery.
    ///
    /// - Returns: Whether it is stored.
    /// - Throws: Why nothing more can be fetched now.
    private func fetch(_ delivery: HookDelivery) async throws -> Bool {
        let content: HookDeliveryContent
        do {
            content = try await deliveries.get(delivery.id)
        } catch let error as GitHubError {
            switch error.kind {
            case .notFound, .gone, .malformed, .tooLarge:
                // It will not be otherwise next time, and must not keep the others from being fetched.
                logger.error(
                    "A delivery cannot be fetched and is lost.",
                    metadata: ["delivery.id": "\(delivery.guid)", "reason": "\(error)"])
                return false
            default: throw error
            }
        }
        let draft = DeliveryDraft(
            id: delivery.guid, event: delivery.event, headers: ["Content-Type": PayloadForm.json.contentType],
            body: content.payload)
        let record = draft.record(source: Self.source, receivedAt: now())
        guard try await inbox.accept([record]) != [.refused] else { throw InboxFull() }
        bell.ring()
        return true
    }

    /// What `DeliveryRecord.source` says of what was fetched.
    static let source = "fetched"

    /// The inbox takes nothing more.
    private struct InboxFull: Error, CustomStringConvertible {
        let description = "the inbox is full"
    }
}
