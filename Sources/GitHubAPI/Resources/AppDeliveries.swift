public import Foundation

/// What GitHub sent to the App's webhook, or tried to, in the last days.
///
/// Source: https://docs.github.com/en/rest/apps/webhooks#list-deliveries-for-an-app-webhook
public struct AppDeliveries: Sendable {
    let requester: Requester

    /// One page, the newest first.
    ///
    /// - Parameter cursor: Where the last page ended; `nil` for the newest.
    /// - Returns: The page.
    /// - Throws: `GitHubError`, `CancellationError`.
    public func page(after cursor: String? = nil) async throws -> HookDeliveryPage {
        var query = [("per_page", Requester.pageSize)]
        if let cursor { query.append(("cursor", cursor)) }
        var request = try requester.request(["app", "hook", "deliveries"], query: query)
        request.keeping = .nowhere
        let answer = try await requester.send(request)
        let deliveries: [HookDelivery] = try requester.value(of: answer)
        let next = try requester.next(after: answer, request)
        // The cursor is GitHub's text and goes back to it encoded, so it is decoded here.
        let decoded = next?.value(of: "cursor").flatMap { $0.removingPercentEncoding }
        return HookDeliveryPage(deliveries: deliveries, nextCursor: decoded == cursor ? nil : decoded)
    }

    /// One delivery with what was sent.
    ///
    /// The payload is not byte for byte what was signed: trust comes from GitHub's having been asked.
    public func get(_ id: HookDeliveryID) async throws -> HookDeliveryContent {
        var request = try requester.request(["app", "hook", "deliveries", "\(id)"])
        request.keeping = .nowhere
        request.byteLimit = HookDeliveryContent.byteLimit
        let answer = try await requester.send(request)
        let delivery: HookDelivery = try requester.value(of: answer)
        let headers: DeliveredHeaders = try requester.value(of: answer)
        guard let payload = Self.payload(in: answer.body) else {
            throw GitHubError(
                .malformed, request: answer.request, status: answer.status, message: "request.payload: it is no object")
        }
        return HookDeliveryContent(delivery: delivery, headers: headers.headers, payload: payload)
    }

    private static func payload(in body: [UInt8]) -> [UInt8]? {
        do {
            let whole = try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any]
            guard let request = whole?["request"] as? [String: Any], let payload = request["payload"] as? [String: Any]
            else { return nil }
            return [UInt8](try JSONSerialization.data(withJSONObject: payload, options: [.withoutEscapingSlashes]))
        } catch {
            // It was read as JSON before, so this is a shape that cannot be written back.
            return nil
        }
    }
}

/// One page of deliveries.
public struct HookDeliveryPage: Hashable, Sendable {
    /// The newest first.
    public let deliveries: [HookDelivery]
    /// Where the next page begins; `nil` on the last.
    public let nextCursor: String?
}

/// One attempt to deliver an event.
public struct HookDelivery: Hashable, Sendable, Decodable {
    /// The attempt's id.
    public let id: HookDeliveryID
    /// The event's id, which every attempt and every webhook shares.
    public let guid: String
    /// When it was sent.
    public let deliveredAt: Date
    /// Whether somebody asked for it to be sent again.
    public let isRedelivery: Bool
    /// The status that our side answered; 0 where it did not.
    public let statusCode: Int
    /// The event's name, as in `pull_request`.
    public let event: String
    /// What happened, as in `opened`; `nil` for events without.
    public let action: String?
    /// The installation that it concerns.
    public let installation: InstallationID?

    /// Whether our side has taken it.
    public var isAccepted: Bool { (200..<300).contains(statusCode) }

    private enum CodingKeys: String, CodingKey {
        case id, guid, event, action
        case deliveredAt = "delivered_at"
        case isRedelivery = "redelivery"
        case statusCode = "status_code"
        case installation = "installation_id"
    }
}

/// A delivery with what was sent.
public struct HookDeliveryContent: Hashable, Sendable {
    /// The largest answer that is taken: a payload of 25 MB, written another way, and what was answered to it.
    public static let byteLimit = 64 << 20

    /// Which delivery.
    public let delivery: HookDelivery
    /// The headers that were sent, by the names as GitHub writes them.
    public let headers: [String: String]
    /// The payload as JSON.
    public let payload: [UInt8]
}

private struct DeliveredHeaders: Decodable {
    let headers: [String: String]

    init(from decoder: any Decoder) throws {
        let request = try decoder.container(keyedBy: CodingKeys.self)
            .nestedContainer(keyedBy: CodingKeys.self, forKey: .request)
        headers = try request.decodeIfPresent([String: String?].self, forKey: .headers)?.compactMapValues { $0 } ?? [:]
    }

    private enum CodingKeys: String, CodingKey {
        case request, headers
    }
}
