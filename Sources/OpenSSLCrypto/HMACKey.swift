internal import COpenSSL

/// A secret made ready for HMAC-SHA256, to be used for any number of messages.
///
/// `@unchecked Sendable`: the context is set up before anybody else can see it and is only copied from afterwards, which
/// reads it. OpenSSL's own counts of references are atomic.
///
/// Source: https://docs.openssl.org/3.0/man3/EVP_MAC/
public final class HMACKey: @unchecked Sendable {
    private let template: OpaquePointer

    /// Prepares a key.
    ///
    /// - Parameter secret: At least one byte.
    /// - Throws: `CryptoError.emptyKey`, or `failed` where OpenSSL lacks the algorithm.
    public init(_ secret: Secret) throws {
        guard !secret.isEmpty else { throw CryptoError.emptyKey }
        guard let template = bucketbot_hmac_sha256(secret.bytes, secret.bytes.count) else {
            throw ErrorQueue.failure("prepare HMAC-SHA256")
        }
        self.template = template
    }

    deinit { EVP_MAC_CTX_free(template) }

    /// Begins a message.
    ///
    /// - Throws: `CryptoError.failed` where memory is out.
    public func begin() throws -> HMACSHA256 {
        guard let context = EVP_MAC_CTX_dup(template) else { throw ErrorQueue.failure("begin an HMAC") }
        return HMACSHA256(context)
    }

    /// The code of a whole message.
    ///
    /// - Throws: `CryptoError.failed` where memory is out.
    public func code(of message: [UInt8]) throws -> MessageAuthenticationCode {
        let running = try begin()
        try running.update(message)
        return try running.finish()
    }
}
