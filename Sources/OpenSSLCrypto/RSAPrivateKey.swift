internal import COpenSSL

/// An App's private key, which signs with RS256: RSASSA-PKCS1-v1_5 over SHA-256.
///
/// `@unchecked Sendable`: OpenSSL allows any number of threads to sign with one `EVP_PKEY` as long as none changes it,
/// and nothing here does.
///
/// Source: RFC 7518, section 3.3; https://docs.openssl.org/3.0/man7/openssl-threads/
public final class RSAPrivateKey: @unchecked Sendable {
    /// No key file is larger.
    public static let maxFileBytes = 65_536
    /// What RS256 asks for.
    public static let minimumBits = 2_048

    private let key: OpaquePointer

    /// Reads a key from a PEM file, as PKCS#1 (`RSA PRIVATE KEY`, what GitHub gives out) or PKCS#8 (`PRIVATE KEY`).
    ///
    /// The key signs once and the signature is checked, so that a file with a changed letter is found here and not by
    /// GitHub.
    ///
    /// - Parameter pem: The file's bytes.
    /// - Throws: Why it cannot be used, and what to do.
    public init(pem: Secret) throws(PrivateKeyError) {
        guard !pem.isEmpty else { throw .empty }
        guard pem.bytes.count <= Self.maxFileBytes else { throw .tooLarge(limitBytes: Self.maxFileBytes) }
        let block = try PEMBlock(in: pem.bytes)
        try Self.checkKind(block)
        guard let key = Self.parsed(block.text) else { throw .damaged(reason: ErrorQueue.drain()) }
        self.key = key
        // From here on, throwing runs `deinit`, which frees the key.
        let algorithm = EVP_PKEY_get0_type_name(key).map { String(cString: $0) }
        guard EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else {
            throw .notRSA(algorithm: algorithm ?? "another algorithm")
        }
        let bits = Int(EVP_PKEY_get_bits(key))
        guard bits >= Self.minimumBits else { throw .tooShort(bits: bits, minimumBits: Self.minimumBits) }
        try checkItself()
    }

    deinit { EVP_PKEY_free(key) }

    /// Signs a message.
    ///
    /// - Returns: As many bytes as the key's modulus has.
    /// - Throws: `CryptoError.failed` where OpenSSL refuses.
    public func signature(of message: [UInt8]) throws -> [UInt8] {
        guard let context = EVP_MD_CTX_new() else { throw ErrorQueue.failure("sign") }
        defer { EVP_MD_CTX_free(context) }
        var count = 0
        guard EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key) == 1,
            EVP_DigestSign(context, nil, &count, message, message.count) == 1
        else { throw ErrorQueue.failure("sign") }
        var signature = [UInt8](repeating: 0, count: count)
        guard EVP_DigestSign(context, &signature, &count, message, message.count) == 1 else {
            throw ErrorQueue.failure("sign")
        }
        return Array(signature.prefix(count))
    }

    /// Whether a signature of this key fits a message.
    func isSignature(_ signature: [UInt8], of message: [UInt8]) throws -> Bool {
        guard let context = EVP_MD_CTX_new() else { throw ErrorQueue.failure("verify") }
        defer { EVP_MD_CTX_free(context) }
        guard EVP_DigestVerifyInit(context, nil, EVP_sha256(), nil, key) == 1 else {
            throw ErrorQueue.failure("verify")
        }
        let fits = EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
        if !fits { _ = ErrorQueue.drain() }
        return fits
    }

    private func checkItself() throws(PrivateKeyError) {
        let message = Array("bucketbot".utf8)
        do {
            guard try isSignature(signature(of: message), of: message) else {
                throw PrivateKeyError.damaged(reason: "its signature does not fit")
            }
        } catch let error as PrivateKeyError {
            throw error
        } catch {
            throw .damaged(reason: "\(error)")
        }
    }

    private static func checkKind(_ block: PEMBlock) throws(PrivateKeyError) {
        switch block.label {
        case "RSA PRIVATE KEY", "PRIVATE KEY":
            if block.isEncrypted { throw .encrypted }
        case "ENCRYPTED PRIVATE KEY": throw .encrypted
        case "EC PRIVATE KEY": throw .notRSA(algorithm: "EC")
        case "DSA PRIVATE KEY": throw .notRSA(algorithm: "DSA")
        case "OPENSSH PRIVATE KEY": throw .openSSH
        case "PUBLIC KEY", "RSA PUBLIC KEY", "CERTIFICATE": throw .publicKey(label: block.label)
        default: throw .otherContent(label: block.label)
        }
    }

    private static func parsed(_ text: String) -> OpaquePointer? {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBytes { bytes -> OpaquePointer? in
            guard let source = BIO_new_mem_buf(bytes.baseAddress, Int32(bytes.count)) else { return nil }
            defer { BIO_free(source) }
            // Without this function OpenSSL would ask on the terminal for a password.
            let key = PEM_read_bio_PrivateKey(source, nil, { _, _, _, _ in -1 }, nil)
            if key != nil { _ = ErrorQueue.drain() }  // What it tried first may have left something there.
            return key
        }
    }
}
