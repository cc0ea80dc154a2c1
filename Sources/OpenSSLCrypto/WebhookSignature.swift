/// What GitHub claims to have computed over a delivery's body.
///
/// Shape: `sha256=` and exactly 64 hexadecimal digits.
///
/// Source: https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
public struct WebhookSignature: Hashable, Sendable {
    /// The 32 bytes that the digits stand for.
    public let bytes: [UInt8]

    /// Reads the value of an `X-Hub-Signature-256` header; nil where it has any other shape.
    public init?(_ header: String) {
        let prefix = "sha256="
        guard header.utf8.count == prefix.utf8.count + 64, header.utf8.starts(with: prefix.utf8) else { return nil }
        guard let bytes = OpenSSLCrypto.bytes(ofHexadecimal: header.utf8.dropFirst(prefix.utf8.count)) else {
            return nil
        }
        self.bytes = bytes
    }
}
