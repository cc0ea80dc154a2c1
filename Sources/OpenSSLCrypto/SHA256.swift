internal import COpenSSL

/// The SHA-256 digest of bytes: 32 bytes.
///
/// - Throws: `CryptoError` where OpenSSL lacks the algorithm or memory is out.
public func sha256(_ bytes: [UInt8]) throws -> [UInt8] {
    var digest = [UInt8](repeating: 0, count: 32)
    guard EVP_Digest(bytes, bytes.count, &digest, nil, EVP_sha256(), nil) == 1 else {
        throw ErrorQueue.failure("compute SHA-256")
    }
    return digest
}
