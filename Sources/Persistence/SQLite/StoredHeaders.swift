internal import Foundation

/// Header fields as one text column: a JSON object with sorted keys.
enum StoredHeaders {
    /// The column's text.
    static func text(_ headers: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(headers), as: UTF8.self)
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
