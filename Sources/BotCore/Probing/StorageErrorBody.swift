internal import struct Foundation.Data
internal import class Foundation.JSONSerialization

/// What the body of an error answer of Google Cloud Storage says.
struct StorageErrorBody: Hashable, Sendable {
    /// The word that tells errors of one status apart: `errors[0].reason` in JSON, `Code` in XML; nil where there is none.
    var reason: String?
    /// The sentence for people: its first line, at most 500 characters; empty where there is none.
    var message: String

    /// Longer bodies are not looked into; the longest documented ones have some 2 KiB.
    static let byteLimit = 64 << 10

    /// Reads the body of the JSON API: `{"error": {"code", "message", "errors": [{"reason", "message"}]}}`.
    ///
    /// A get with `alt=media` is answered in plain text where it fails: that body has a message and no reason.
    /// Source: https://cloud.google.com/storage/docs/json_api/v1/status-codes#errorformat.
    init(json body: [UInt8]) {
        let parsed = JSONObject.parse(body, byteLimit: Self.byteLimit)
        guard case .success(let object) = parsed, let error = object["error"] as? [String: Any] else {
            self.init(reason: nil, message: Self.firstLine(of: body))
            return
        }
        let first = (error["errors"] as? [Any])?.first as? [String: Any]
        let message = error["message"] as? String ?? first?["message"] as? String ?? ""
        self.init(reason: first?["reason"] as? String, message: Self.firstLine(of: Array(message.utf8)))
    }

    /// Reads the body of the XML API: `<Error><Code>…</Code><Message>…</Message><Details>…</Details></Error>`.
    ///
    /// Only `Code` decides anything, and it is a bare word, so elements are found as text and nothing is nested.
    /// Source: https://cloud.google.com/storage/docs/xml-api/reference-status.
    init(xml body: [UInt8]) {
        let text = String(decoding: body.prefix(Self.byteLimit), as: UTF8.self)
        guard text.contains("<Error>") else {
            self.init(reason: nil, message: Self.firstLine(of: body))
            return
        }
        let message = Self.element("Details", in: text) ?? Self.element("Message", in: text) ?? ""
        self.init(reason: Self.element("Code", in: text), message: Self.firstLine(of: Array(message.utf8)))
    }

    private init(reason: String?, message: String) {
        self.reason = reason
        self.message = message
    }

    private static func element(_ name: String, in text: String) -> String? {
        guard let start = text.firstRange(of: "<\(name)>"),
            let end = text[start.upperBound...].firstRange(of: "</\(name)>")
        else { return nil }
        let inner = String(text[start.upperBound..<end.lowerBound].drop(while: \.isWhitespace))
        let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")]
        return entities.reduce(inner) { $0.replacing($1.0, with: $1.1) }
    }

    /// The first line that holds something, without white space around it, at most 500 characters.
    private static func firstLine(of bytes: [UInt8]) -> String {
        let text = String(decoding: bytes.prefix(byteLimit), as: UTF8.self).drop(while: \.isWhitespace)
        let line = text.prefix { !$0.isNewline }.prefix(500)
        return String(line.reversed().drop(while: \.isWhitespace).reversed())
    }
}

/// JSON from outside as Foundation's values, with a bound on its size.
enum JSONObject {
    /// Why some bytes are no JSON object, in words.
    struct Refusal: Error, Hashable, Sendable {
        /// What is wrong.
        let reason: String
    }

    /// Parses one JSON object.
    ///
    /// Foundation's parser refuses more than 512 levels and text that is not Unicode; of a key that stands twice it
    /// keeps one.
    ///
    /// - Parameters:
    ///   - bytes: Any bytes.
    ///   - byteLimit: More than this is not parsed.
    /// - Returns: The object, or why there is none.
    static func parse(_ bytes: [UInt8], byteLimit: Int) -> Result<[String: Any], Refusal> {
        guard bytes.count <= byteLimit else {
            return .failure(Refusal(reason: "it has more than \(byteLimit) bytes"))
        }
        do {
            let value = try JSONSerialization.jsonObject(with: Data(bytes), options: [.fragmentsAllowed])
            guard let object = value as? [String: Any] else {
                return .failure(Refusal(reason: "it is not a JSON object"))
            }
            return .success(object)
        } catch {
            // Foundation's words name no place that helps a reader; that it is no JSON is all there is to say.
            return .failure(Refusal(reason: "it is not JSON"))
        }
    }
}
