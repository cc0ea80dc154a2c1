internal import BotCore
internal import Foundation
internal import GitHubAPI
internal import Logging
internal import OpenSSLCrypto
internal import Persistence

/// Has something done that somebody asked for on the page of a check run.
///
/// GitHub names a commit; the work belongs to the pull requests that have it as their head, each in its own lane.
struct CheckAgainHandler: Sendable {
    /// What all handlers work with.
    let parts: HandlerParts
    /// The repository.
    let github: GitHubRepository
    /// What is asked for.
    let event: CheckAgainEvent
    /// GitHub's name for the request.
    let delivery: DeliveryID

    /// How long it is put off where the inbox is full.
    private static let retrySeconds = 60.0

    /// Does it, or puts it into the lanes of the pull requests.
    ///
    /// - Returns: What becomes of the delivery.
    /// - Throws: `GitHubError`, `StoreError`.
    func answer() async throws -> DeliveryOutcome {
        guard isOurs else { return .finished }
        var button: CheckButton?
        if case .button(let identifier) = event.request {
            button = CheckButton(identifier: identifier)
            guard button != nil else {
                parts.logger.notice("There is no button \(identifier.prefix(20)).")
                return .finished
            }
        }
        if let until = try await tooOften() {
            return .postponed(until: until, why: "\(event.sender.login) asks too often")
        }
        let numbers = try await numbers()
        if case .keep = button {
            for number in numbers {
                let desk = RemovalDesk(
                    parts: parts, github: github, number: IssueNumber(number), person: event.sender)
                try await desk.keepByButton(delivery: delivery.text)
            }
            return .finished
        }
        let name = hexadecimal(Array(try sha256(Array(delivery.text.utf8)).prefix(6)))
        if numbers.isEmpty {
            guard let group = MergeGroupEvent(event) else {
                parts.logger.notice("No open pull request has the head \(event.head).")
                return .finished
            }
            try await MergeGroupHandler(parts: parts, github: github, event: group, asked: name).look()
            return .finished
        }
        let records = numbers.map { record(LookAgainEvent(event, number: $0, name: name)) }
        if try await parts.store.inbox.accept(records).contains(.refused) {
            return .postponed(until: parts.now().addingTimeInterval(Self.retrySeconds), why: "the inbox is full")
        }
        return .finished
    }

    /// Whether the check is one of ours: GitHub tells of no others, but whoever forwards may.
    private var isOurs: Bool {
        guard parts.github.isApp, event.checkName ?? CheckRunWriter.name == CheckRunWriter.name else { return false }
        guard let ours = parts.github.appID, let theirs = event.appID else { return true }
        return Int(exactly: theirs) == ours
    }

    /// When there is room for another request; nil where there is now.
    private func tooOften() async throws -> Date? {
        let rates = StoredRates(cursors: parts.store.cursors, now: parts.now)
        let marker = Marker(kind: "asked", fields: ["delivery": delivery.text])
        let subjects = [
            StoredRates.Subject.person(event.sender.id), .conversation(lane: Event.checkAgain(event).lane),
        ]
        for subject in subjects {
            if let until = try await rates.take(marker, for: subject) { return until }
        }
        return nil
    }

    /// The open pull requests with that head; GitHub names none of a fork, so they are looked for.
    private func numbers() async throws -> [Int] {
        if !event.pullRequests.isEmpty { return event.pullRequests }
        return try await github.pullRequests.open().filter { $0.head.sha.text == event.head.text }
            .map(\.number.value)
    }

    private func record(_ again: LookAgainEvent) -> DeliveryRecord {
        var later = LaterDelivery(
            id: "asked:\(again.asked ?? "")#\(again.number)", event: LookAgainEvent.name,
            repository: again.repository.name.description, lane: Event.lookAgain(again).lane, payload: again.payload)
        later.action = "asked"
        later.kind = Event.lookAgain(again).kind
        return later.record(receivedAt: parts.now())
    }
}
