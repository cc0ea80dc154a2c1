import OpenSSLCrypto
import TestSupport
import Testing

/// One line of the test vectors of RFC 4231, section 4.
struct HMACVector: CustomTestStringConvertible {
    let key: [UInt8]
    let message: [UInt8]
    let code: String

    var testDescription: String { "key of \(key.count) bytes, message of \(message.count)" }

    static let all = [
        HMACVector(
            key: Array(repeating: 0x0b, count: 20), message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        HMACVector(
            key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        HMACVector(
            key: Array(repeating: 0xaa, count: 20), message: Array(repeating: 0xdd, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        HMACVector(
            key: Array(1...25), message: Array(repeating: 0xcd, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        HMACVector(
            key: Array(repeating: 0xaa, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        HMACVector(
            key: Array(repeating: 0xaa, count: 131),
            message: Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
    ]
}

@Suite("A message's code is that of HMAC-SHA256")
struct HMACTests {
    @Test("the vectors of RFC 4231 come out", arguments: HMACVector.all)
    func vectors(vector: HMACVector) throws {
        let code = try HMACKey(Secret(vector.key)).code(of: vector.message)
        #expect(hexadecimal(code.bytes) == vector.code)
    }

    @Test("GitHub's own example comes out, and its header fits")
    func gitHubsExample() throws {
        let header = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        let code = try HMACKey(Secret("It's a Secret to Everybody")).code(of: Array("Hello, World!".utf8))
        #expect(code.headerValue == header)
        #expect(code.matches(try #require(WebhookSignature(header))))
    }

    @Test("a message in pieces has the code of the whole, wherever it is cut")
    func pieces() throws {
        for seed in UInt64(0)..<200 {
            var random = SplitMix64(seed: seed)
            let message = (0..<Int.random(in: 0...2_000, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let key = try HMACKey(Secret(message.isEmpty ? [1] : message))
            let running = try key.begin()
            var rest = message[...]
            while !rest.isEmpty {
                let count = Int.random(in: 0...rest.count, using: &random)
                try running.update(Array(rest.prefix(count)))
                rest = rest.dropFirst(count)
            }
            #expect(try running.finish().bytes == key.code(of: message).bytes, "seed \(seed)")
        }
    }

    @Test("two messages under way with one key do not disturb each other")
    func interleaved() throws {
        let key = try HMACKey(Secret("key"))
        let first = try key.begin()
        let second = try key.begin()
        try first.update([1])
        try second.update([2])
        try first.update([3])
        #expect(try second.finish().bytes == key.code(of: [2]).bytes)
        #expect(try first.finish().bytes == key.code(of: [1, 3]).bytes)
    }

    @Test("one key serves many tasks at once")
    func concurrently() async throws {
        let key = try HMACKey(Secret("key"))
        let expected = try key.code(of: [1, 2, 3]).bytes
        try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<500 { group.addTask { try key.code(of: [1, 2, 3]).bytes } }
            for try await bytes in group { #expect(bytes == expected) }
        }
    }

    @Test("no flipped bit of body, secret or signature goes unnoticed")
    func flippedBits() throws {
        for seed in UInt64(0)..<200 {
            var random = SplitMix64(seed: seed)
            let body = (0..<Int.random(in: 1...300, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let secret = (0..<Int.random(in: 1...80, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            let code = try HMACKey(Secret(secret)).code(of: body)
            let signature = try #require(WebhookSignature(code.headerValue))
            #expect(code.matches(signature), "seed \(seed)")
            let otherBody = try HMACKey(Secret(secret)).code(of: flipped(body, &random))
            #expect(!otherBody.matches(signature), "body, seed \(seed)")
            let otherSecret = try HMACKey(Secret(flipped(secret, &random))).code(of: body)
            #expect(!otherSecret.matches(signature), "secret, seed \(seed)")
            let header = "sha256=" + hexadecimal(flipped(code.bytes, &random))
            #expect(!code.matches(try #require(WebhookSignature(header))), "signature, seed \(seed)")
        }
    }

    @Test("an empty secret is no key")
    func emptySecret() {
        #expect(throws: CryptoError.emptyKey) { try HMACKey(Secret("")) }
    }

    @Test("a finished message takes nothing more")
    func finished() throws {
        let running = try HMACKey(Secret("key")).begin()
        _ = try running.finish()
        #expect(throws: CryptoError.finished) { try running.update([1]) }
        #expect(throws: CryptoError.finished) { try running.finish() }
    }

    private func flipped(_ bytes: [UInt8], _ random: inout SplitMix64) -> [UInt8] {
        var bytes = bytes
        bytes[Int.random(in: bytes.indices, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
        return bytes
    }
}
