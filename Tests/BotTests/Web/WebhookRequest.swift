import Foundation
import OpenSSLCrypto

/// A webhook request as a test writes it: right unless told otherwise.
struct WebhookRequest {
    var method = "POST"
    var path = "/webhook"
    /// In order; a name may be there twice.
    var headers: [(name: String, value: String)]
    var body: [UInt8]

    /// A request that is right.
    ///
    /// - Parameters:
    ///   - id: The delivery's GUID.
    ///   - event: The event's name.
    ///   - body: What is sent.
    ///   - secret: What it is signed with.
    /// - Throws: Why OpenSSL does not sign.
    init(id: String = "g-1", event: String = "ping", body: String = "{}", secret: String = "quiet please") throws {
        self.body = Array(body.utf8)
        headers = [
            ("Host", "127.0.0.1"), ("User-Agent", "GitHub-Hookshot/0000000"), ("Content-Type", "application/json"),
            ("X-GitHub-Event", event), ("X-GitHub-Delivery", id),
            ("X-Hub-Signature-256", try HMACKey(Secret(secret)).code(of: self.body).headerValue),
        ]
    }

    /// Sets a header, in the place of all that have its name; none where the value is nil.
    mutating func set(_ name: String, _ value: String?) {
        headers.removeAll { $0.name.lowercased() == name.lowercased() }
        if let value { headers.append((name, value)) }
    }

    /// Signs the body anew.
    mutating func sign(with secret: String) throws {
        set("X-Hub-Signature-256", try HMACKey(Secret(secret)).code(of: body).headerValue)
    }

    /// The head without the line that ends it, and without a length.
    var openHead: String {
        "\(method) \(path) HTTP/1.1\r\n" + headers.map { "\($0.name): \($0.value)\r\n" }.joined()
    }

    /// The whole request with its length.
    var bytes: [UInt8] { Array((openHead + "Content-Length: \(body.count)\r\n\r\n").utf8) + body }

    /// The whole request in chunks.
    func chunked(by size: Int) -> [UInt8] {
        var bytes = Array((openHead + "Transfer-Encoding: chunked\r\n\r\n").utf8)
        var rest = body[...]
        while !rest.isEmpty {
            let piece = rest.prefix(size)
            rest = rest.dropFirst(size)
            bytes += Array((String(piece.count, radix: 16) + "\r\n").utf8) + piece + Array("\r\n".utf8)
        }
        return bytes + Array("0\r\n\r\n".utf8)
    }
}
