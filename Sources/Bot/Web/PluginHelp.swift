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

    /// Bytes of the list of repositories that Prow sends; all of Kubernetes is a hundredth of it.
    static let maxBodyBytes = 1 << 20
    private static let deadline = Duration.seconds(5)

    /// A repository, or an organization, for which the plugin is enabled; Prow writes the keys with a capital letter and
    /// reads them in any case.
    private struct Place: Decodable {
        let org: String
        let repo: String

        private struct Key: CodingKey {
            let stringValue: String
            let intValue: Int? = nil

            init(stringValue: String) { self.stringValue = stringValue }

            init?(intValue: Int) { nil }
        }

        init(from decoder: any Decoder) throws {
            let values = try decoder.container(keyedBy: Key.self)
            var texts: [String: String] = [:]
            for key in values.allKeys where ["org", "repo"].contains(key.stringValue.lowercased()) {
                texts[key.stringValue.lowercased()] = try values.decodeIfPresent(String.self, forKey: key)
            }
            org = texts["org"] ?? ""
            repo = texts["repo"] ?? ""
        }
    }

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
    func respond(to request: Request) async -> Response {
        guard request.method == .post else { return .notAllowed("POST") }
        do {
            let body = try await withDeadline(Self.deadline) {
                try await request.body.collect(upTo: Self.maxBodyBytes)
            }
            guard let body else { return .closing(.requestTimeout, "The body took too long.\n") }
            return try answer(to: Data(body.readableBytesView))
        } catch is DecodingError {
            return .closing(
                .badRequest, #"Send a JSON list such as [{"Org": "kubernetes", "Repo": "test-infra"}]."# + "\n")
        } catch is NIOTooManyBytesError {
            return .closing(.contentTooLarge, "The list has more than \(Self.maxBodyBytes) bytes.\n")
        } catch {
            return .closing(.badRequest, "The body ended too early.\n")
        }
    }

    private func answer(to body: Data) throws -> Response {
        // What is configured is the same everywhere; that the list can be read is all that is asked of it.
        _ = try JSONDecoder().decode([Place]?.self, from: body)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let answer = Answer(
            description: description, config: ["": configuration], events: nil, commands: commands)
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-cache"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: try encoder.encode(answer))))
    }
}
