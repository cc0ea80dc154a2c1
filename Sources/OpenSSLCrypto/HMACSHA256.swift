internal import COpenSSL

/// An HMAC-SHA256 under way, which takes its message in pieces as they come.
///
/// Source: RFC 2104; https://docs.openssl.org/3.0/man3/EVP_MAC/
public final class HMACSHA256 {
    private let context: OpaquePointer
    private var isFinished = false

    /// Takes over a context that has its key.
    init(_ context: OpaquePointer) { self.context = context }

    deinit { EVP_MAC_CTX_free(context) }

    /// Adds a piece of the message.
    ///
    /// - Throws: `CryptoError.finished` after `finish`.
    public func update(_ piece: [UInt8]) throws {
        try piece.withUnsafeBytes { try update($0) }
    }

    /// Adds a piece of the message where it lies, without a copy.
    ///
    /// - Throws: `CryptoError.finished` after `finish`.
    public func update(_ piece: UnsafeRawBufferPointer) throws {
        guard !isFinished else { throw CryptoError.finished }
        guard let start = piece.baseAddress else { return }
        let bytes = start.assumingMemoryBound(to: UInt8.self)
        guard EVP_MAC_update(context, bytes, piece.count) == 1 else { throw ErrorQueue.failure("continue an HMAC") }
    }

    /// Ends the message.
    ///
    /// - Throws: `CryptoError.finished` when called again.
    public func finish() throws -> MessageAuthenticationCode {
        guard !isFinished else { throw CryptoError.finished }
        isFinished = true
        var bytes = [UInt8](repeating: 0, count: 32)
        var count = 0
        guard EVP_MAC_final(context, &bytes, &count, bytes.count) == 1, count == bytes.count else {
            throw ErrorQueue.failure("finish an HMAC")
        }
        return MessageAuthenticationCode(bytes: bytes)
    }
}

/// What HMAC-SHA256 gives: 32 bytes that only one who has the secret could compute.
public struct MessageAuthenticationCode: Sendable {
    /// The 32 bytes.
    public let bytes: [UInt8]

    /// Whether a claimed signature is this one, in constant time.
    public func matches(_ signature: WebhookSignature) -> Bool { isSameInConstantTime(bytes, signature.bytes) }

    /// As GitHub writes it into `X-Hub-Signature-256`.
    public var headerValue: String { "sha256=" + hexadecimal(bytes) }
}
