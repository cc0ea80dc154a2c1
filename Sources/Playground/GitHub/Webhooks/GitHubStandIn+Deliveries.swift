public import CurlHTTP
internal import Foundation
public import OpenSSLCrypto

/// Where an App hears of events.
public struct StandInWebhook: Sendable {
    /// The address, such as `http://127.0.0.1:8080/webhook`.
    public let url: String
    /// What the bodies are signed with.
    public let secret: Secret
    /// Who sends.
    public let sender: StandInSender

    /// A webhook.
    public init(url: String, secret: Secret, sender: StandInSender = .gitHub) {
        self.url = url
        self.secret = secret
        self.sender = sender
    }
}

extension GitHubStandIn {
    /// How long GitHub waits for an answer.
    private static let patience = Duration.seconds(10)

    /// All deliveries, those that wait included, oldest first.
    public var deliveries: [StandInDelivery] { read(\.deliveries) }

    /// Sends what waits, in the order in which it happened, and writes the answers down.
    ///
    /// - Parameters:
    ///   - webhook: Where to.
    ///   - transport: How.
    /// - Returns: What was sent, with its answers.
    /// - Throws: `CancellationError`; a receiver that does not answer is written down instead.
    @discardableResult
    public func sendWaiting(
        to webhook: StandInWebhook, over transport: any Transport
    ) async throws -> [StandInDelivery] {
        var sent: [StandInDelivery] = []
        while let next = deliveries.first(where: \.isWaiting) {
            try Task.checkCancellation()
            sent.append(try await send(next, to: webhook, over: transport))
        }
        return sent
    }

    /// Lets what waits fail, as where nobody could be reached.
    ///
    /// - Returns: How many deliveries were lost.
    @discardableResult
    public func loseWaiting() -> Int {
        change { state in
            let waiting = state.deliveries.indices.filter { state.deliveries[$0].isWaiting }
            for index in waiting {
                state.deliveries[index].isWaiting = false
                state.deliveries[index].statusCode = 502
                state.deliveries[index].status = "failed to connect to host"
                state.deliveries[index].headers = Self.headers(of: state.deliveries[index], in: state, signature: nil)
                state.deliveries[index].deliveredAt = now
            }
            return waiting.count
        }
    }

    /// Puts a delivery in line once more, under its old GUID.
    public func redeliver(guid: String) {
        change { state in
            guard let first = state.deliveries.first(where: { $0.guid == guid }) else { return }
            state.deliveries.append(
                StandInDelivery(
                    id: state.nextID(), guid: guid, event: first.event, action: first.action, payload: first.payload,
                    isRedelivery: true, deliveredAt: now, installationID: first.installationID,
                    repositoryID: first.repositoryID))
        }
    }

    private func send(
        _ delivery: StandInDelivery, to webhook: StandInWebhook, over transport: any Transport
    ) async throws -> StandInDelivery {
        let payload = try webhook.sender.payload(of: delivery)
        let signature = try HMACKey(webhook.secret).code(of: payload).headerValue
        let fromGitHub = read { Self.headers(of: delivery, in: $0, signature: signature) }
        let headers = webhook.sender.headers(fromGitHub)
        var fields = HTTPHeaders()
        for (name, value) in headers.sorted(by: { $0.key < $1.key }) { fields.append(name: name, value: value) }
        var answered = delivery
        answered.isWaiting = false
        answered.headers = headers
        answered.deliveredAt = now
        let request = HTTPRequest(.post, webhook.url, headers: fields, body: payload, deadline: Self.patience)
        do {
            guard webhook.sender.passesOn(delivery) else {
                (answered.statusCode, answered.status) = (200, "OK")
                change { $0.note(answered) }
                return answered
            }
            let response = try await webhook.sender.send(request, over: transport)
            answered.statusCode = response.head.status
            answered.status = (200..<300).contains(response.head.status) ? "OK" : "Invalid HTTP Response"
            answered.response = response.body
        } catch let error {
            if error == .canceled { throw CancellationError() }
            answered.statusCode = 504
            answered.status = "timed out"
        }
        change { $0.note(answered) }
        return answered
    }

    private static func headers(
        of delivery: StandInDelivery, in state: GitHubState, signature: String?
    ) -> [String: String] {
        let appID = delivery.installationID.flatMap { state.installations[$0]?.appID } ?? state.apps.keys.min() ?? 0
        var headers = [
            "Accept": "*/*", "Content-Type": "application/json", "User-Agent": "GitHub-Hookshot/0000000",
            "X-GitHub-Delivery": delivery.guid, "X-GitHub-Event": delivery.event, "X-GitHub-Hook-ID": "1",
            "X-GitHub-Hook-Installation-Target-Type": "integration",
            "X-GitHub-Hook-Installation-Target-ID": "\(appID)",
        ]
        if let signature { headers["X-Hub-Signature-256"] = signature }
        return headers
    }
}

extension GitHubState {
    /// Puts a delivery in the place of what was known of it.
    fileprivate mutating func note(_ delivery: StandInDelivery) {
        guard let index = deliveries.firstIndex(where: { $0.id == delivery.id }) else { return }
        deliveries[index] = delivery
    }
}
