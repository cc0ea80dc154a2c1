internal import Foundation

/// Header fields as one text column: a JSON object with sorted keys.
enum StoredHeaders {
    /// The column's text.
    static func text(_ headers: [String: String]) throws -> String {
        let members = try headers.sorted { $0.key < $1.key }.map { try "\(quoted($0.key)):\(quoted($0.value))" }
        return "{" + members.joined(separator: ",") + "}"
    }

    /// A text as JSON has it.
    ///
    /// Nearly every header is plain ASCII, and each delivery waits for this.
    private static func quoted(_ text: String) throws -> String {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        if isPlain { return "\"\(text)\"" }
        let encoder = JSONEncoder()
        encoder.outputFormatting = .withoutEscapingSlashes
        return String(decoding: try encoder.encode(text), as: UTF8.self)
    }

    /// What the column's text holds.
    ///
    /// - Throws: `StoreError.corrupt`.
    static func headers(_ text: String) throws -> [String: String] {
        do {
            return try JSONDecoder().decode([String: String].self, from: Data(text.utf8))
        } catch {
            throw StoreError.corrupt(detail: "a column of headers is no JSON object of texts")
        }
    }
}
