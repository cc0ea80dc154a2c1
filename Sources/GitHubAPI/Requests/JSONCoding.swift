internal import BotCore

internal import struct Foundation.Data
internal import struct Foundation.Date
internal import class Foundation.JSONDecoder
internal import class Foundation.JSONEncoder
internal import class Foundation.JSONSerialization

/// Reads and writes JSON as GitHub means it.
///
/// Foundation's reader bounds the depth, and refuses numbers that do not fit their type.
enum JSONCoding {
    /// Reads a value.
    ///
    /// - Parameters:
    ///   - type: What is expected.
    ///   - body: The bytes.
    ///   - makeError: Makes an error of where and why it does not fit.
    /// - Returns: The value.
    /// - Throws: What `makeError` makes.
    static func decode<Value: Decodable>(
        _ type: Value.Type, from body: [UInt8], or makeError: (String) -> GitHubError
    ) throws(GitHubError) -> Value {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .custom { decoder in
            let container = try decoder.singleValueContainer()
            guard let date = PlausibleTime.date(rfc3339: try container.decode(String.self)) else {
                throw DecodingError.dataCorruptedError(in: container, debugDescription: "the text is no plausible time")
            }
            return date
        }
        do {
            return try decoder.decode(type, from: Data(body))
        } catch {
            throw makeError(place(of: error))
        }
    }

    /// Whether bytes are JSON: what is not must not be kept under its ETag, or it would never be asked for again.
    static func isJSON(_ body: [UInt8]) -> Bool {
        do {
            _ = try JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed)
            return true
        } catch {
            return false  // Why does not matter: whoever reads the answer says so.
        }
    }

    /// Writes a value, its keys sorted, so that the same value is always the same bytes.
    ///
    /// - Throws: `GitHubError` `refused` for what JSON cannot hold, such as a number that is not finite.
    static func encode(_ value: some Encodable, request: String) throws(GitHubError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        do {
            return [UInt8](try encoder.encode(value))
        } catch {
            throw GitHubError(.refused, request: request, message: "the body cannot be written: \(place(of: error))")
        }
    }

    /// `head.sha: expected String, found null`.
    private static func place(of error: any Error) -> String {
        switch error {
        case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context),
            DecodingError.dataCorrupted(let context):
            "\(path(context.codingPath)): \(context.debugDescription)"
        case DecodingError.keyNotFound(let key, let context):
            "\(path(context.codingPath + [key])): the key is missing"
        default:
            "\(error)"
        }
    }

    private static func path(_ keys: [any CodingKey]) -> String {
        guard !keys.isEmpty else { return "the whole" }
        return keys.map { $0.intValue.map { "[\($0)]" } ?? $0.stringValue }.joined(separator: ".")
    }
}
