/// The hidden first line by which the bot finds its own comments again.
///
/// Shape: `<!-- bucketbot:KIND NAME=VALUE NAME=VALUE -->`, names in the order of the alphabet, values percent-encoded,
/// so that the same values always give the same line. Anybody can write one: it counts only in a comment of our own
/// account.
public struct Marker: Hashable, Sendable {
    /// What the text is: `check`, `reply`; small letters and hyphens.
    public let kind: String
    /// What it holds, by names of small letters and hyphens.
    public let fields: [String: String]

    /// Bytes that are looked at to find a marker: no text on GitHub has more characters, so every line that was written
    /// is read back.
    public static let byteLimit = 65_536

    private static let start = "<!-- bucketbot:"
    private static let end = " -->"

    /// A marker.
    ///
    /// - Parameters:
    ///   - kind: Small letters and hyphens.
    ///   - fields: By names of small letters and hyphens; values may be any text.
    public init(kind: String, fields: [String: String] = [:]) {
        precondition(Self.isName(kind) && fields.keys.allSatisfy(Self.isName), "names of markers are ours, and plain")
        self.kind = kind
        self.fields = fields
    }

    /// The line.
    public var text: String {
        let pairs = fields.sorted { $0.key < $1.key }.map { " \($0.key)=\(Markdown.encoded($0.value))" }
        return Self.start + kind + pairs.joined() + Self.end
    }

    /// The marker that a text starts with; nil where it starts with none.
    public init?(startOf body: String) {
        let bytes = body.utf8.prefix(Self.byteLimit)
        guard bytes.starts(with: Self.start.utf8) else { return nil }
        var text = Substring(bytes.prefix { $0 != 0x0A && $0 != 0x0D })
        while text.hasSuffix(" ") { text.removeLast() }
        guard text.hasSuffix(Self.end) else { return nil }
        let words = text.dropFirst(Self.start.count).dropLast(Self.end.count).split(
            separator: " ", omittingEmptySubsequences: false)
        guard let kind = words.first, Self.isName(String(kind)) else { return nil }
        var fields: [String: String] = [:]
        for word in words.dropFirst() {
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, let name = parts.first, let value = parts.last, Self.isName(String(name)),
                let decoded = Self.decoded(value), fields.updateValue(decoded, forKey: String(name)) == nil
            else { return nil }
        }
        self.kind = String(kind)
        self.fields = fields
    }

    private static func isName(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || $0 == UInt8(ascii: "-") }
    }

    private static func decoded(_ text: Substring) -> String? {
        var bytes: [UInt8] = []
        var rest = Substring(text).utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(digit), let low = rest.popFirst().flatMap(digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        default: nil
        }
    }
}

/// A short name for a text, the same for the same text: it tells whether a comment has to be sent again.
///
/// It is FNV-1a of 64 bits and keeps nobody from writing another text with the same name, which only we could do.
/// Source: https://datatracker.ietf.org/doc/draft-eastlake-fnv/
struct TextPrint: Hashable {
    /// Sixteen hexadecimal digits.
    let text: String

    /// The name of a text.
    init(of text: String) {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        let digits = String(hash, radix: 16)
        self.text = String(repeating: "0", count: 16 - digits.count) + digits
    }
}
