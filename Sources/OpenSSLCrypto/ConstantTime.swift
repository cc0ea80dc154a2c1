internal import COpenSSL

/// Whether two byte strings are the same, in a time that depends on their lengths alone.
///
/// Source: https://docs.openssl.org/3.0/man3/CRYPTO_memcmp/
public func isSameInConstantTime(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    left.count == right.count && CRYPTO_memcmp(left, right, left.count) == 0
}
