internal import GRDB

internal import struct Foundation.Data

/// A delivery as a row of `deliveries`.
enum DeliveryRow {
    /// The record's own columns.
    static func arguments(_ record: DeliveryRecord) throws -> StatementArguments {
        let compressed = record.compressedBody
        return [
            "guid": record.id.text, "lane": record.lane.name, "kind": record.kind, "event": record.event,
            "action": record.action, "source": record.source, "signedFor": record.signedFor,
            "repository": record.repository,
            "receivedAt": StoredTime.milliseconds(record.receivedAt),
            "headers": try StoredHeaders.text(record.headers),
            "bodyForm": compressed == nil ? "plain" : "zstd", "body": Data(compressed?.frame ?? record.body),
        ]
    }

    /// What was received.
    static func record(_ row: Columns) throws -> DeliveryRecord {
        var record = DeliveryRecord(
            id: DeliveryID(try row.text("guid")), event: try row.text("event"), source: try row.text("source"),
            lane: Lane(try row.text("lane")), receivedAt: try row.date("receivedAt"), body: try body(row))
        record.action = try row.optionalText("action")
        record.signedFor = try row.optionalText("signedFor")
        record.repository = try row.optionalText("repository")
        record.kind = try row.optionalText("kind")
        record.headers = try StoredHeaders.headers(try row.text("headers"))
        return record
    }

    private static func body(_ row: Columns) throws -> [UInt8] {
        let stored = try row.bytes("body")
        switch try row.text("bodyForm") {
        case "plain": return stored
        case "zstd": return try CompressedBytes(frame: stored).expanded()
        case let form: throw StoreError.corrupt(detail: "a body is in the form \(form)")
        }
    }

    /// What was received, and where it stands.
    static func stored(_ row: Columns) throws -> StoredDelivery {
        let state: DeliveryState
        let name = try row.text("state")
        switch name {
        case "waiting":
            let notBefore = try row.date("notBefore")
            state = .waiting(notBefore: notBefore.timeIntervalSince1970 > 0 ? notBefore : nil)
        case "behind": state = .waiting(notBefore: nil)
        case "leased": state = .leased(until: try row.date("leaseUntil"))
        case "parked": state = .parked(at: try row.date("settledAt"))
        case "finished": state = .finished(at: try row.date("settledAt"))
        default: throw StoreError.corrupt(detail: "a delivery is \(name)")
        }
        return StoredDelivery(
            record: try record(row), state: state, attempts: try row.count("attempts"),
            reason: try row.optionalText("reason"))
    }

    /// A delivery that was leased just now.
    static func claimed(_ row: Columns) throws -> ClaimedDelivery {
        let record = try record(row)
        let lease = DeliveryLease(
            id: record.id, number: try row.count("leaseNumber"), until: try row.date("leaseUntil"))
        return ClaimedDelivery(
            lease: lease, record: record, attempt: try row.count("attempts"), claims: try row.count("claims"),
            lastReason: try row.optionalText("reason"))
    }
}
