extension GitHubPainter {
    /// A delivery as the list has it.
    func delivery(_ delivery: StandInDelivery) -> JSON {
        [
            "id": .int(delivery.id), "guid": .string(delivery.guid), "delivered_at": Self.time(delivery.deliveredAt),
            "redelivery": .bool(delivery.isRedelivery), "duration": .double(0.25), "status": .string(delivery.status),
            "status_code": .int(delivery.statusCode), "event": .string(delivery.event),
            "action": .text(delivery.action), "installation_id": .number(delivery.installationID),
            "repository_id": .number(delivery.repositoryID), "throttled_at": nil,
        ]
    }

    /// A delivery by itself, with what was sent and answered.
    func wholeDelivery(_ delivery: StandInDelivery) -> JSON {
        var payload = JSON.null
        do {
            payload = try JSON(bytes: delivery.payload)
        } catch {
            // A payload that a test made to be no JSON is not shown.
        }
        return self.delivery(delivery).merging([
            "url": "",
            "request": [
                "headers": .object(delivery.headers.mapValues { .string($0) }), "payload": payload,
            ],
            "response": [
                "headers": [:], "payload": .string(String(decoding: delivery.response, as: UTF8.self)),
            ],
        ])
    }
}
