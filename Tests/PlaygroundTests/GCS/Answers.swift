import Foundation
import Playground

/// The day on which the tests of the stand-in happen.
let someDay = Date(timeIntervalSince1970: 1_780_000_000)

/// An error of the JSON API.
struct JSONFailure: Decodable, Equatable {
    struct Body: Decodable, Equatable {
        struct Item: Decodable, Equatable {
            let message: String
            let domain: String
            let reason: String
            var locationType: String?
            var location: String?
        }

        let code: Int
        let message: String
        let errors: [Item]
    }

    let error: Body
}

/// A page of the JSON API.
struct JSONPage: Decodable, Equatable {
    struct Item: Decodable, Equatable {
        let name: String
        var size: String?
        var timeCreated: String?
        var updated: String?
        var metadata: [String: String]?
        var contentEncoding: String?
    }

    var items: [Item]?
    var prefixes: [String]?
    var nextPageToken: String?

    /// Names of objects and directories, each in their order.
    var names: [String] { (items ?? []).map(\.name) + (prefixes ?? []) }
}

extension StandInReply {
    /// The error that the body holds.
    func failure() throws -> JSONFailure.Body {
        try JSONDecoder().decode(JSONFailure.self, from: Data(body)).error
    }

    /// The page that the body holds.
    func page() throws -> JSONPage { try JSONDecoder().decode(JSONPage.self, from: Data(body)) }

    /// The body as an untyped JSON object.
    func object() throws -> [String: Any] {
        try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
    }
}

/// The target of a JSON listing.
func listing(_ bucket: String, _ parameters: [(String, String)] = []) -> String {
    let query = parameters.map { "\($0.0)=\(encoded($0.1))" }.joined(separator: "&")
    return "/storage/v1/b/\(bucket)/o" + (query.isEmpty ? "" : "?\(query)")
}

/// The target of an object's content by the JSON API.
func media(_ bucket: String, _ object: String) -> String { "/storage/v1/b/\(bucket)/o/\(encoded(object))?alt=media" }

/// A text with all but letters and digits percent-encoded.
func encoded(_ text: String) -> String {
    text.utf8.map { byte in
        let isPlain = (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
        return isPlain ? String(UnicodeScalar(byte)) : "%" + String(format: "%02X", Int(byte))
    }.joined()
}
