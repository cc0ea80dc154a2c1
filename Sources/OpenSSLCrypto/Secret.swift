/// Bytes that must not be seen: a webhook's secret, a private key, a token.
///
/// However it is printed, interpolated or dumped, it reads `<redacted>`; who needs the bytes says so by name.
public struct Secret: Sendable {
    /// The bytes themselves, for the call that needs them.
    public let bytes: [UInt8]

    /// Wraps bytes.
    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Wraps the UTF-8 bytes of a text.
    public init(_ text: String) { bytes = Array(text.utf8) }

    /// The bytes as text, for a header; what is not UTF-8 is replaced.
    public var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Whether there is nothing in it.
    public var isEmpty: Bool { bytes.isEmpty }
}

extension Secret: Equatable {
    /// Compares in a time that depends on the lengths alone.
    public static func == (left: Secret, right: Secret) -> Bool { isSameInConstantTime(left.bytes, right.bytes) }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Always the same word.
    public var description: String { "<redacted>" }

    /// Always the same word.
    public var debugDescription: String { description }

    /// A mirror without children, so that `dump` and a failed expectation show nothing either.
    public var customMirror: Mirror { Mirror(self, children: []) }
}
