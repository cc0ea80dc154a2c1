internal import CurlHTTP
internal import Foundation

/// Who brings an event to the bot.
public enum StandInSender: String, CaseIterable, Sendable {
    /// GitHub itself, for an App.
    case gitHub = "github"
    /// Prow's hook, which passes on what the hook of an organization was sent: the same bytes and signature under its own
    /// name, to the root of the address; it tries five times to connect.
    ///
    /// Source: `pkg/hook/server.go` of Prow.
    case prow
    /// Prow's tool for testing plugins, which calls each delivery `GUID`.
    ///
    /// Source: `pkg/phony` of Prow.
    case phony

    private static let prowAttempts = 5

    /// Whether it brings an event at all: the hook of an organization is told nothing of installations.
    func passesOn(_ delivery: StandInDelivery) -> Bool {
        self == .gitHub || !delivery.event.hasPrefix("installation")
    }

    /// The body; an organization's hook names no installation.
    func payload(of delivery: StandInDelivery) throws -> [UInt8] {
        guard self != .gitHub,
            var members = try JSONSerialization.jsonObject(with: Data(delivery.payload)) as? [String: Any]
        else { return delivery.payload }
        members["installation"] = nil
        return Array(try JSONSerialization.data(withJSONObject: members, options: .sortedKeys))
    }

    /// The head, made of GitHub's.
    func headers(_ headers: [String: String]) -> [String: String] {
        guard self != .gitHub else { return headers }
        let passedOn = ["Content-Type", "X-GitHub-Delivery", "X-GitHub-Event", "X-Hub-Signature-256"]
        var own = headers.filter { passedOn.contains($0.key) }
        own["User-Agent"] = self == .prow ? "ProwHook" : "Go-http-client/1.1"
        if self == .phony { own["X-GitHub-Delivery"] = "GUID" }
        return own
    }

    /// Sends, as often as it does.
    func send(_ request: HTTPRequest, over transport: any Transport) async throws(TransportError) -> HTTPResponse {
        var attempt = 1
        while true {
            do throws(TransportError) {
                return try await transport.send(request)
            } catch {
                guard self == .prow, attempt < Self.prowAttempts, error != .canceled else { throw error }
                attempt += 1
            }
        }
    }
}
