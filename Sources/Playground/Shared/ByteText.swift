internal import struct Foundation.Date

/// Text that is written straight into bytes: JSON and XML without an encoder in between.
struct ByteText {
    /// What was written so far.
    private(set) var bytes: [UInt8] = []

    /// Text with room for so many bytes.
    init(capacity: Int = 256) { bytes.reserveCapacity(capacity) }

    /// Appends text as it is.
    mutating func raw(_ text: String) { bytes.append(contentsOf: text.utf8) }

    /// Appends a decimal number.
    mutating func decimal(_ number: Int) { raw(String(number)) }

    /// Appends a JSON string, quotes included.
    mutating func quoted(_ text: some Sequence<UInt8>) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case 0..<0x20:
                raw("\\u00")
                bytes.append(Self.hexDigit(byte >> 4))
                bytes.append(Self.hexDigit(byte & 15))
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Appends a JSON string, quotes included.
    mutating func quoted(_ text: String) { quoted(text.utf8) }

    /// Appends character data of XML.
    mutating func escaped(_ text: some Sequence<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "<"): raw("&lt;")
            case UInt8(ascii: ">"): raw("&gt;")
            case UInt8(ascii: "&"): raw("&amp;")
            default: bytes.append(byte)
            }
        }
    }

    /// Appends a time as RFC 3339 with milliseconds, in UTC.
    mutating func time(_ date: Date) { raw(Timestamp(date).text) }

    /// Appends bytes with everything but letters, digits and `-._~` percent-encoded.
    mutating func percentEncoded(_ text: some Sequence<UInt8>) {
        for byte in text {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"):
                bytes.append(byte)
            default:
                bytes.append(UInt8(ascii: "%"))
                bytes.append(Self.upperHexDigit(byte >> 4))
                bytes.append(Self.upperHexDigit(byte & 15))
            }
        }
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") + value - 10
    }

    private static func upperHexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "A") + value - 10
    }
}
