internal import struct Foundation.Data
internal import class Foundation.JSONDecoder

/// What GitHub says in the body of an error.
///
/// Shape: `{"message", "documentation_url", "errors": [text or {"resource", "field", "code", "message"}]}`; anything
/// else is as good as an empty body.
/// Source: https://docs.github.com/en/rest/using-the-rest-api/troubleshooting-the-rest-api
struct ErrorBody: Decodable {
    let message: String
    let documentationURL: String
    let problems: [GitHubProblem]

    /// Reads a body, whatever it is.
    init(reading body: [UInt8]) {
        do {
            self = try JSONDecoder().decode(ErrorBody.self, from: Data(body))
        } catch {
            // A proxy's page instead of GitHub's answer: the status has to do.
            message = ""
            documentationURL = ""
            problems = []
        }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        message = try container.decodeIfPresent(String.self, forKey: .message) ?? ""
        documentationURL = try container.decodeIfPresent(String.self, forKey: .documentationURL) ?? ""
        problems = try container.decodeIfPresent([Problem].self, forKey: .errors)?.map(\.problem) ?? []
    }

    /// Whether GitHub speaks of its secondary limits; it has no code for them.
    ///
    /// Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api#about-secondary-rate-limits
    var namesSecondaryLimit: Bool {
        let said = message.lowercased()
        return said.contains("secondary rate limit") || said.contains("abuse detection")
            || documentationURL.contains("secondary-rate-limits")
    }

    private enum CodingKeys: String, CodingKey {
        case message, errors
        case documentationURL = "documentation_url"
    }

    private struct Problem: Decodable {
        let problem: GitHubProblem

        init(from decoder: any Decoder) throws {
            if let container = try Self.object(decoder) {
                problem = GitHubProblem(
                    resource: try container.decodeIfPresent(String.self, forKey: .resource),
                    field: try container.decodeIfPresent(String.self, forKey: .field),
                    code: try container.decodeIfPresent(String.self, forKey: .code),
                    message: try container.decodeIfPresent(String.self, forKey: .message))
            } else {
                problem = GitHubProblem(message: try decoder.singleValueContainer().decode(String.self))
            }
        }

        private static func object(_ decoder: any Decoder) throws -> KeyedDecodingContainer<CodingKeys>? {
            do {
                return try decoder.container(keyedBy: CodingKeys.self)
            } catch DecodingError.typeMismatch {
                return nil
            }
        }

        private enum CodingKeys: String, CodingKey {
            case resource, field, code, message
        }
    }
}
