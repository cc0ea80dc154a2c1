internal import Foundation
internal import HTTPTypes
internal import Hummingbird
internal import NIOCore

/// What Prow shows of the bot on its pages of plugins and of commands, when the bot is one of its external plugins.
///
/// Source: https://docs.prow.k8s.io/docs/components/plugins/ and `pkg/pluginhelp` of Prow, whose field names these are.
struct PluginHelp: Sendable {
    /// One command.
    struct Command: Codable, Hashable, Sendable {
        /// How it is written.
        var usage: String
        /// Whether it stands among the first.
        var isFeatured: Bool
        /// What it does, in plain words.
        var description: String
        /// Lines that could be typed.
        var examples: [String]
        /// Whom it obeys, in HTML.
        var whoCanUse: String

        private enum CodingKeys: String, CodingKey {
            case usage = "Usage"
            case isFeatured = "Featured"
            case description = "Description"
            case examples = "Examples"
            case whoCanUse = "WhoCanUse"
        }
    }

    /// What the bot is, in HTML.
    let description: String
    /// What is configured for everyone, in HTML.
    let configuration: String
    /// The commands.
    let commands: [Command]

    /// Bytes of the list of repositories that Prow sends: some 900 of them; all of Kubernetes is a sixth of it.
    static let maxBodyBytes = 64 << 10
    private static let deadline = Duration.seconds(5)

    private struct Answer: Encodable {
        let description: String
        let config: [String: String]
        let events: [String]?
        let commands: [Command]

        private enum CodingKeys: String, CodingKey {
            case description = "Description"
            case config = "Config"
            case events = "Events"
            case commands = "Commands"
        }

        func encode(to encoder: any Encoder) throws {
            var values = encoder.container(keyedBy: CodingKeys.self)
            try values.encode(description, forKey: .description)
            try values.encode(config, forKey: .config)
            // Prow fills these in from its own configuration, and expects the key.
            try values.encode(events, forKey: .events)
            try values.encode(commands, forKey: .commands)
        }
    }

    /// Answers Prow's question.
    ///
    /// - Parameters:
    ///   - request: The question.
    ///   - budget: Bytes of all bodies together.
    /// - Returns: The answer.
    func respond(to request: Request, within budget: ByteBudget) async -> Response {
        guard request.method == .post else { return .notAllowed("POST") }
        let share = budget.open()
        defer { budget.close(share) }
        let reader = WebhookBodyReader(
            maxBytes: Self.maxBodyBytes, deadline: Self.deadline, budget: budget, secrets: [])
        do {
            let body = try await reader.read(request.body, AnnouncedBody(), share)
            guard Self.isList(body.bytes) else {
                return .closing(
                    .badRequest, #"Send a JSON list such as [{"Org": "kubernetes", "Repo": "test-infra"}]."# + "\n")
            }
            return try answer()
        } catch let refusal as WebhookRefusal {
            var response = Response.closing(refusal.status, refusal.text + "\n")
            if case .unavailable = refusal { response.headers[.retryAfter] = "1" }
            return response
        } catch {
            return .closing(.internalServerError, "The answer could not be written.\n")
        }
    }

    /// Whether somebody asks as Prow does: with a list, or Go's `null` for an empty one.
    ///
    /// What is configured is the same everywhere, so nothing in the list is read.
    private static func isList(_ body: [UInt8]) -> Bool {
        do {
            let value = try JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed)
            return value is [Any] || value is NSNull
        } catch {
            // Whatever is wrong with it, it is no list.
            return false
        }
    }

    private func answer() throws -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let answer = Answer(
            description: description, config: ["": configuration], events: nil, commands: commands)
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(answer))))
    }
}
