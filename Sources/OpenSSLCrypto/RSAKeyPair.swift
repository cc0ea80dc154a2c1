internal import COpenSSL

/// A private key that was just made, with the public key that checks what it signs.
///
/// Nobody but a stand-in for GitHub makes keys: GitHub gives an App its own.
public struct RSAKeyPair: Sendable {
    /// PKCS#8 in a PEM file, as `RSAPrivateKey` reads it.
    public let privatePEM: Secret
    /// What checks signatures.
    public let publicKey: RSAPublicKey

    /// Makes a key.
    ///
    /// - Parameter bits: How long its modulus is.
    /// - Throws: `CryptoError.failed` where OpenSSL refuses.
    public init(bits: Int32 = 2_048) throws {
        guard let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else { throw ErrorQueue.failure("make a key") }
        defer { EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_rsa_keygen_bits(context, bits) == 1,
            EVP_PKEY_generate(context, &key) == 1, let key
        else { throw ErrorQueue.failure("make a key") }
        publicKey = RSAPublicKey(owning: key)
        privatePEM = Secret(try Self.pem(of: key))
    }

    private static func pem(of key: OpaquePointer) throws -> [UInt8] {
        guard let sink = BIO_new(BIO_s_mem()) else { throw ErrorQueue.failure("write a key") }
        defer { BIO_free(sink) }
        guard PEM_write_bio_PrivateKey(sink, key, nil, nil, 0, nil, nil) == 1 else {
            throw ErrorQueue.failure("write a key")
        }
        var bytes = [UInt8](repeating: 0, count: 16_384)
        let count = BIO_read(sink, &bytes, Int32(bytes.count))
        guard count > 0 else { throw ErrorQueue.failure("write a key") }
        return Array(bytes.prefix(Int(count)))
    }
}

/// Checks signatures of RS256 that one private key made.
///
/// `@unchecked Sendable`: OpenSSL allows any number of threads to verify with one `EVP_PKEY` as long as none changes it,
/// and nothing here does.
public final class RSAPublicKey: @unchecked Sendable {
    private let key: OpaquePointer

    /// Takes over a key, which is freed with this object.
    init(owning key: OpaquePointer) { self.key = key }

    deinit { EVP_PKEY_free(key) }

    /// Whether a signature fits a message.
    ///
    /// - Throws: `CryptoError.failed` where OpenSSL cannot tell.
    public func isSignature(_ signature: [UInt8], of message: [UInt8]) throws -> Bool {
        guard let context = EVP_MD_CTX_new() else { throw ErrorQueue.failure("verify") }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1 else {
            throw ErrorQueue.failure("verify")
        }
        let fits = EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        if !fits { _ = ErrorQueue.drain() }
        return fits
    }
}
