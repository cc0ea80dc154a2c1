internal import Foundation

/// Base64, as GitHub sends and takes it.
enum Base64 {
    /// Bytes as text in lines of 60 characters, each with its end, as GitHub sends files.
    static func lines(_ bytes: [UInt8]) -> String {
        let text = Array(Data(bytes).base64EncodedString().utf8)
        return stride(from: 0, to: text.count, by: 60)
            .map { String(decoding: text[$0..<min(text.count, $0 + 60)], as: UTF8.self) + "\n" }.joined()
    }

    /// The bytes of a text in either alphabet, padded or not, line breaks aside; nil where it is none.
    static func decoded(_ text: String) -> [UInt8]? {
        var plain = text.replacing("-", with: "+").replacing("_", with: "/")
        plain.removeAll { $0.isNewline }
        plain += String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
        return Data(base64Encoded: plain).map { Array($0) }
    }
}
