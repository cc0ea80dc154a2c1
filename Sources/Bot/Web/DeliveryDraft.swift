internal import BotCore
internal import Foundation
internal import Persistence

/// A delivery whose signature holds, read as far as it has to be to be stored.
struct DeliveryDraft {
    private let head: WebhookHead
    private let body: [UInt8]
    private let event: Result<Event, EventProblem>
    /// Whom it speaks for; nil where the body does not tell.
    let scope: EventScope?

    /// Reads a body.
    init(head: WebhookHead, body: [UInt8]) {
        self.head = head
        self.body = body
        let payload = head.form.json(in: body)
        var scope: EventScope?
        do throws(EventProblem) {
            scope = try EventScope(payload: payload)
            event = .success(try Event(name: head.event, payload: payload))
        } catch {
            event = .failure(error)
        }
        self.scope = scope
    }

    /// What is stored.
    func record(source: String, receivedAt: Date) -> DeliveryRecord {
        var record = DeliveryRecord(
            id: DeliveryID(head.delivery), event: head.event, source: source, lane: Lane("unreadable"),
            receivedAt: receivedAt, body: body)
        record.headers = head.storedHeaders
        record.repository = scope?.repository.map { "\($0)" }
        switch event {
        case .success(let event):
            record.lane = Lane(event.lane)
            record.kind = event.kind
            switch event {
            case .ignored(let reason): record.ignoredBecause = "\(reason)"
            case .ping: record.ignoredBecause = "GitHub tried the hook out"
            default: break
            }
        case .failure(let problem):
            record.parkedBecause = "\(problem)"
        }
        return record
    }
}
