internal import BotCore

/// The addresses of Google Cloud Storage's two APIs below a root.
///
/// Source: https://cloud.google.com/storage/docs/json_api/v1/objects/list, `.../objects/get`, and
/// https://cloud.google.com/storage/docs/request-endpoints#encoding, which wants `/` encoded in an object's name.
struct StorageURLs: Hashable, Sendable {
    /// Scheme, host and path, without a slash at the end.
    let root: String

    /// The JSON API's listing, limited to the fields that are read.
    func list(_ question: ListQuestion) -> String {
        var query = ["prefix=" + Self.encoded(question.prefix, slash: true)]
        if question.isDelimited { query.append("delimiter=/") }
        if let startOffset = question.startOffset {
            query.append("startOffset=" + Self.encoded(startOffset, slash: true))
        }
        query.append("maxResults=\(min(max(question.maxResults, 1), 1000))")
        if let pageToken = question.pageToken { query.append("pageToken=" + Self.encoded(pageToken)) }
        query.append("fields=" + ListPage.fields)
        return "\(root)/storage/v1/b/\(Self.encoded(question.bucket))/o?" + query.joined(separator: "&")
    }

    /// An object's content by the JSON API.
    func content(bucket: String, object: String) -> String {
        "\(root)/storage/v1/b/\(Self.encoded(bucket))/o/\(Self.encoded(object))?alt=media"
    }

    /// The XML API's listing of the same level; one entry is enough to learn whether it may be listed.
    func xmlList(_ question: ListQuestion) -> String {
        "\(root)/\(Self.encoded(question.bucket))?prefix=\(Self.encoded(question.prefix, slash: true))&max-keys=1"
    }

    /// An object's content by the XML API.
    func xmlContent(bucket: String, object: String) -> String {
        "\(root)/\(Self.encoded(bucket))/\(Self.encoded(object))"
    }

    /// Percent-encodes everything but RFC 3986's unreserved characters; `slash` keeps `/`, which a query may hold.
    static func encoded(_ text: String, slash: Bool = false) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: bytes.append(byte)
            case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): bytes.append(byte)
            case UInt8(ascii: "/") where slash: bytes.append(byte)
            default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
