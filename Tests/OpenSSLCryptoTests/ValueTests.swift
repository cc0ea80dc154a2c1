import OpenSSLCrypto
import TestSupport
import Testing

@Suite("Signatures, digests and secrets have exactly one form")
struct ValueTests {
    private static let digits = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"

    @Test("digits of either case are read")
    func wellFormed() throws {
        let lower = try #require(WebhookSignature("sha256=" + Self.digits))
        #expect(hexadecimal(lower.bytes) == Self.digits)
        #expect(WebhookSignature("sha256=" + Self.digits.uppercased()) == lower)
    }

    /// Headers that come near.
    private static let malformed: [String] = [
        "", "sha256=", digits, "sha256=\(digits.dropLast())", "sha256=\(digits)0", "sha256=\(digits)00",
        "SHA256=\(digits)", "sha1=\(digits)", " sha256=\(digits)", "sha256=\(digits) ",
        "sha256= \(digits.dropFirst())", "sha256=+f\(digits.dropFirst(2))", "sha256=-1\(digits.dropFirst(2))",
        "sha256=0x\(digits.dropFirst(2))", "sha256=gg\(digits.dropFirst(2))", "sha256=\(digits.dropLast(2))é",
        "sha256=\(digits.dropLast())\0", "sha256=\(digits.dropLast(3))０", "sha256=\(digits),sha256=\(digits)",
    ]

    @Test("whatever is not sha256= and 64 digits is refused", arguments: malformed)
    func refused(header: String) {
        #expect(WebhookSignature(header) == nil)
    }

    @Test(
        "SHA-256 is that of FIPS 180-4",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ])
    func digest(message: String, digest: String) throws {
        #expect(hexadecimal(try sha256(Array(message.utf8))) == digest)
    }

    @Test(
        "base64url is that of RFC 4648 without padding",
        arguments: [
            ("", ""), ("f", "Zg"), ("fo", "Zm8"), ("foo", "Zm9v"), ("foob", "Zm9vYg"), ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ])
    func base64(message: String, text: String) {
        #expect(base64URL(Array(message.utf8)) == text)
    }

    @Test("base64url has - and _ where base64 has + and /")
    func base64Alphabet() {
        #expect(base64URL([0xfb, 0xff, 0xbf]) == "-_-_")
    }

    @Test("comparing tells same from other, also in length")
    func comparing() {
        #expect(isSameInConstantTime([], []))
        #expect(isSameInConstantTime([1, 2], [1, 2]))
        #expect(!isSameInConstantTime([1, 2], [1, 3]))
        #expect(!isSameInConstantTime([1, 2], [1, 2, 3]))
        #expect(Secret("a") == Secret("a"))
        #expect(Secret("a") != Secret("b"))
    }

    @Test("a secret is never seen, however it is printed")
    func redacted() {
        struct Holder { let token: Secret }
        let secret = Secret("hunter2")
        var dumped = ""
        dump(Holder(token: secret), to: &dumped)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), "\(Holder(token: secret))", dumped,
            "\([secret])", "\(Optional(secret) as Any)",
        ]
        for text in texts {
            #expect(text.contains("<redacted>"))
            #expect(!text.contains("hunter2"))
            #expect(!text.contains("104"))  // The first byte, as an array would show it.
        }
        #expect(secret.text == "hunter2")
    }
}
