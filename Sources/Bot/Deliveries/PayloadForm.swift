internal import Persistence

/// How a payload is written into the body of a delivery; a webhook's settings on GitHub choose one of the two.
///
/// Source: https://docs.github.com/en/webhooks/using-webhooks/creating-webhooks#creating-a-repository-webhook
enum PayloadForm: Hashable, Sendable {
    /// The body is the JSON.
    case json
    /// The body is a form whose field `payload` holds the JSON.
    case urlEncoded

    /// Reads a `Content-Type`, whatever parameters and case it has; nil for any other type.
    init?(contentType: String) {
        let type = contentType.utf8.prefix { $0 != UInt8(ascii: ";") }.filter { $0 != 0x20 && $0 != 0x09 }
        switch String(decoding: type, as: UTF8.self).lowercased() {
        case "application/json": self = .json
        case "application/x-www-form-urlencoded": self = .urlEncoded
        default: return nil
        }
    }

    /// The type without parameters.
    var contentType: String {
        switch self {
        case .json: "application/json"
        case .urlEncoded: "application/x-www-form-urlencoded"
        }
    }

    /// The JSON of a body; empty where a form has none.
    func json(in body: [UInt8]) -> [UInt8] {
        switch self {
        case .json: body
        case .urlEncoded: Self.field("payload", of: body)
        }
    }

    /// The first value of a field, decoded; an escape that is none stays as it is.
    private static func field(_ name: String, of body: [UInt8]) -> [UInt8] {
        let start = Array("\(name)=".utf8)
        guard let pair = body.split(separator: UInt8(ascii: "&")).first(where: { $0.starts(with: start) }) else {
            return []
        }
        let text = pair.dropFirst(start.count)
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.count)
        var index = text.startIndex
        while index < text.endIndex {
            let byte = text[index]
            if byte == UInt8(ascii: "%"), let value = escaped(text[index...].dropFirst().prefix(2)) {
                decoded.append(value)
                index += 3
            } else {
                decoded.append(byte == UInt8(ascii: "+") ? 0x20 : byte)
                index += 1
            }
        }
        return decoded
    }

    private static func escaped(_ digits: ArraySlice<UInt8>) -> UInt8? {
        guard digits.count == 2 else { return nil }
        var value = 0
        for digit in digits {
            guard let digit = Character(Unicode.Scalar(digit)).hexDigitValue else { return nil }
            value = value * 16 + digit
        }
        return UInt8(value)
    }
}

extension DeliveryRecord {
    /// The JSON of the payload.
    var payload: [UInt8] {
        (headers["Content-Type"].flatMap { PayloadForm(contentType: $0) } ?? .json).json(in: body)
    }
}
