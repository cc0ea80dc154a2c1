import OpenSSLCrypto
import Testing

@Suite("A key pair signs and checks")
struct KeyPairTests {
    @Test("what the private key signs fits the public one, and nothing else does")
    func roundTrip() throws {
        let pair = try RSAKeyPair()
        let message = Array("a message".utf8)
        var signature = try RSAPrivateKey(pem: pair.privatePEM).signature(of: message)
        #expect(try pair.publicKey.isSignature(signature, of: message))
        #expect(try !pair.publicKey.isSignature(signature, of: message + [0]))
        #expect(try !RSAKeyPair().publicKey.isSignature(signature, of: message))
        signature[0] ^= 1
        #expect(try !pair.publicKey.isSignature(signature, of: message))
    }
}
