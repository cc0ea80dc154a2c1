internal import Foundation
internal import Persistence

/// Something that the bot tells itself to look at later, as GitHub would tell it: a delivery that is stored when its time
/// has come, and then waits its turn in its lane as any other.
///
/// It is kept in the store's schedule until then. Storing one twice comes out once, since its ID is given and not drawn.
struct LaterDelivery: Codable, Hashable, Sendable {
    /// What `DeliveryRecord.source` says of such deliveries.
    static let source = "schedule"

    /// The same for the same work, as in `reprobe:kubernetes/test-infra#12:0a1b2c3:1`: at most 100 printable characters.
    var id: String
    /// What the payload is, as `X-GitHub-Event` would say.
    var event: String
    /// The payload's `action`; nil where it has none.
    var action: String?
    /// `owner/name`.
    var repository: String
    /// What it must not overtake.
    var lane: String
    /// Those of one lane and kind may be done as one; nil where each has to be done.
    var kind: String?
    /// A JSON object, as GitHub would send it.
    var payload: String

    /// The entry of the schedule that brings it.
    ///
    /// - Parameters:
    ///   - key: One that is scheduled already under this key is replaced.
    ///   - dueAt: When it is to be stored.
    /// - Returns: What to put into the schedule.
    /// - Throws: `EncodingError`, which texts do not cause.
    func job(key: JobKey, dueAt: Date) throws -> ScheduledJob {
        ScheduledJob(key: key, dueAt: dueAt, payload: Array(try JSONEncoder().encode(self)))
    }

    /// Reads what `job` wrote.
    init(job: ScheduledJob) throws { self = try JSONDecoder().decode(Self.self, from: Data(job.payload)) }

    /// A delivery with what each has.
    init(id: String, event: String, repository: String, lane: String, payload: String) {
        self.id = id
        self.event = event
        self.repository = repository
        self.lane = lane
        self.payload = payload
    }

    /// The delivery as it is stored.
    func record(receivedAt: Date) -> DeliveryRecord {
        var record = DeliveryRecord(
            id: DeliveryID(id), event: event, source: Self.source, lane: Lane(lane), receivedAt: receivedAt,
            body: Array(payload.utf8))
        record.action = action
        record.repository = repository
        record.kind = kind
        record.headers = ["Content-Type": "application/json"]
        return record
    }
}
