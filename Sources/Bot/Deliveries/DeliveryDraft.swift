internal import BotCore
internal import Foundation
internal import Persistence

/// A delivery that GitHub is known to have sent, read as far as it has to be to be stored.
struct DeliveryDraft {
    private var record: DeliveryRecord
    /// Whom it speaks for; nil where the body does not tell.
    let scope: EventScope?

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - id: GitHub's GUID.
    ///   - event: The event's name.
    ///   - headers: What is stored with it; `Content-Type` says how the payload is written.
    ///   - body: As it was received.
    init(id: String, event: String, headers: [String: String], body: [UInt8]) {
        var record = DeliveryRecord(
            id: DeliveryID(id), event: event, source: "", lane: Lane("unreadable"), receivedAt: .distantPast, body: body
        )
        record.headers = headers
        let payload = record.payload
        var scope: EventScope?
        do throws(EventProblem) {
            let decoded = try DecodedDelivery(name: event, payload: payload)
            scope = decoded.scope
            record.repository = decoded.scope.repository?.description
            let event = try decoded.event.get()
            record.lane = Lane(event.lane)
            record.kind = event.kind
            switch event {
            case .ignored(let reason): record.ignoredBecause = "\(reason)"
            case .ping: record.ignoredBecause = "GitHub tried the hook out"
            // The bot tells itself through its schedule alone.
            case .lookAgain: record.ignoredBecause = "GitHub sends no such event"
            default: break
            }
        } catch {
            record.parkedBecause = "\(error)"
        }
        self.scope = scope
        self.record = record
    }

    /// What is stored of a request.
    ///
    /// - Parameters:
    ///   - secret: The one that fitted.
    ///   - receivedAt: When it was complete.
    /// - Returns: The whole record.
    func record(from secret: WebhookSecret, receivedAt: Date) -> DeliveryRecord {
        var record = record(source: secret.name, receivedAt: receivedAt)
        record.signedFor = secret.scope.description
        return record
    }

    /// What is stored of what no request brought.
    ///
    /// - Parameters:
    ///   - source: What brought it.
    ///   - receivedAt: When it was complete.
    /// - Returns: The whole record.
    func record(source: String, receivedAt: Date) -> DeliveryRecord {
        var record = record
        record.source = source
        record.receivedAt = receivedAt
        return record
    }
}
