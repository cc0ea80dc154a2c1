/// The hash by which git names a commit, a tree or a file's content.
///
/// Shape: 40 (SHA-1) or 64 (SHA-256) lower-case hexadecimal digits.
/// Source: https://git-scm.com/docs/hash-function-transition
public struct GitObjectID: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// The digits.
    public let text: String

    /// Checks the digits and makes them small letters.
    ///
    /// It is `nil` where they are not such a hash.
    public init?(_ text: some StringProtocol) {
        let digits = text.utf8
        guard digits.count == 40 || digits.count == 64,
            digits.allSatisfy({ (0x30...0x39).contains($0) || (0x61...0x66).contains($0 | 0x20) })
        else { return nil }
        self.text = text.lowercased()
    }

    /// The digits.
    public var description: String { text }

    /// The order of the digits, so that lists of hashes can be sorted.
    public static func < (left: GitObjectID, right: GitObjectID) -> Bool { left.text < right.text }
}

extension GitObjectID: Decodable {
    /// Reads a text of such digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let id = GitObjectID(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "the text is no hash of git's")
        }
        self = id
    }
}

extension GitObjectID: Encodable {
    /// Writes the digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}
