import Foundation
import OpenSSLCrypto
import TestSupport
import Testing

@Suite("A private key signs, or says why not")
struct PrivateKeyTests {
    @Test(
        "both forms of an RSA key sign, also indented or with a byte order mark, and openssl agrees",
        arguments: [
            "openssl genrsa -traditional -out whole.pem 2048; cp whole.pem key.pem",
            "openssl genrsa -out whole.pem 3072; cp whole.pem key.pem",
            "openssl genrsa -out whole.pem 2048; sed 's/$/\\r/' whole.pem >key.pem",
            "openssl genrsa -out whole.pem 2048; (printf '\\357\\273\\277'; sed 's/^/    /' whole.pem) >key.pem",
        ])
    func signs(script: String) async throws {
        try await withTemporaryFolder { folder in
            let key = try RSAPrivateKey(pem: Secret(try await OpenSSLTool.key(script, in: folder)))
            let claims = Array(#"{"iss":"12345","iat":1,"exp":541}"#.utf8)
            let parts = try JSONWebToken.signed(claims: claims, with: key).text.split(separator: ".")
            try #require(parts.count == 3)
            #expect(parts[0] == "eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCJ9")
            #expect(parts[1] == "eyJpc3MiOiIxMjM0NSIsImlhdCI6MSwiZXhwIjo1NDF9")
            let base64 = parts[2].replacing("-", with: "+").replacing("_", with: "/")
            let padding = String(repeating: "=", count: (4 - base64.count % 4) % 4)
            try Data("\(parts[0]).\(parts[1])".utf8).write(to: folder.appending(path: "message"))
            try #require(Data(base64Encoded: base64 + padding)).write(to: folder.appending(path: "signature"))
            let verify = """
                openssl pkey -in whole.pem -pubout -out public.pem
                openssl dgst -sha256 -verify public.pem -signature signature message
                """
            #expect(String(decoding: try await OpenSSLTool.run(verify, in: folder), as: UTF8.self) == "Verified OK\n")
        }
    }

    @Test("one key signs for many tasks at once")
    func concurrently() async throws {
        try await withTemporaryFolder { folder in
            let pem = try await OpenSSLTool.key("openssl genrsa -out key.pem 2048", in: folder)
            let key = try RSAPrivateKey(pem: Secret(pem))
            let expected = try key.signature(of: [1])
            try await withThrowingTaskGroup(of: [UInt8].self) { group in
                for _ in 0..<50 { group.addTask { try key.signature(of: [1]) } }
                for try await signature in group { #expect(signature == expected) }
            }
        }
    }

    @Test(
        "what is no usable key is told apart",
        arguments: [
            ("touch key.pem", PrivateKeyError.empty),
            ("head -c 70000 /dev/zero >key.pem", .tooLarge(limitBytes: 65_536)),
            ("echo ghp_abcdef >key.pem", .notPEM),
            ("openssl genrsa | awk '{printf \"%s\\\\n\", $0}' >key.pem", .notPEM),
            ("openssl genrsa -out k.pem 2048; openssl rsa -in k.pem -outform DER -out key.pem", .notPEM),
            ("openssl genrsa | head -n 20 >key.pem", .truncated),
            ("openssl genrsa -aes256 -passout pass:locked -out key.pem 2048", .encrypted),
            ("openssl genrsa -traditional -aes256 -passout pass:locked -out key.pem 2048", .encrypted),
            ("openssl genrsa | openssl rsa -pubout -out key.pem", .publicKey(label: "PUBLIC KEY")),
            ("openssl genrsa | openssl rsa -RSAPublicKey_out -out key.pem", .publicKey(label: "RSA PUBLIC KEY")),
            (
                "openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=a -keyout k.pem -out key.pem",
                .publicKey(label: "CERTIFICATE")
            ),
            ("openssl ecparam -name prime256v1 -genkey -out key.pem", .notRSA(algorithm: "EC")),
            ("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem", .notRSA(algorithm: "EC")),
            ("openssl genpkey -algorithm ED25519 -out key.pem", .notRSA(algorithm: "ED25519")),
            ("openssl genpkey -algorithm RSA-PSS -out key.pem", .notRSA(algorithm: "RSA-PSS")),
            ("openssl genrsa -out key.pem 1024", .tooShort(bits: 1_024, minimumBits: 2_048)),
            (
                "printf -- '-----BEGIN OPENSSH PRIVATE KEY-----\\nAAAA\\n-----END OPENSSH PRIVATE KEY-----\\n' >key.pem",
                .openSSH
            ),
            ("openssl ecparam -name prime256v1 -out key.pem", .otherContent(label: "EC PARAMETERS")),
        ])
    func refused(script: String, expected: PrivateKeyError) async throws {
        try await withTemporaryFolder { folder in
            let pem = try await OpenSSLTool.key(script, in: folder)
            #expect(refusal(of: pem) == expected)
        }
    }

    @Test("a key with lines missing or a changed letter is refused, and nothing of it is told")
    func damaged() async throws {
        try await withTemporaryFolder { folder in
            let pem = try await OpenSSLTool.key("openssl genrsa -traditional -out key.pem 2048", in: folder)
            let lines = String(decoding: pem, as: UTF8.self).split(separator: "\n").map(String.init)
            var random = SplitMix64(seed: 7)
            for index in 1..<(lines.count - 1) {
                var shorter = lines
                shorter.remove(at: index)
                var changed = lines
                let letter = Int.random(in: 0..<max(1, lines[index].count - 2), using: &random)
                changed[index] = String(lines[index].enumerated().map { $0 == letter ? ($1 == "A" ? "B" : "A") : $1 })
                for damaged in [shorter, changed] {
                    let refusal = refusal(of: Array(damaged.joined(separator: "\n").utf8))
                    guard case .damaged = refusal else {
                        // RSA keys hold numbers that signing does not need; a change of those alone does no harm.
                        #expect(refusal == nil, "line \(index)")
                        continue
                    }
                    for line in lines.dropFirst().dropLast() {
                        #expect(refusal?.description.contains(line) == false)
                    }
                }
            }
            let withoutFirst = [lines[0]] + lines.dropFirst(2)
            #expect(refusal(of: Array(withoutFirst.joined(separator: "\n").utf8)) != nil)
        }
    }

    @Test("every refusal says what to do")
    func whatToDo() {
        let all: [PrivateKeyError] = [
            .empty, .tooLarge(limitBytes: 1), .notPEM, .truncated, .publicKey(label: "PUBLIC KEY"), .openSSH,
            .otherContent(label: "X"), .notRSA(algorithm: "EC"), .tooShort(bits: 1, minimumBits: 2),
            .damaged(reason: "x"),
        ]
        for each in all { #expect(each.description.contains("Generate a new private key")) }
        #expect(PrivateKeyError.encrypted.description.contains("openssl rsa -in"))
    }

    @Test("a failure leaves nothing behind for the next call to trip over")
    func drained() async throws {
        try await withTemporaryFolder { folder in
            let pem = try await OpenSSLTool.key("openssl genrsa -out key.pem 2048", in: folder)
            let garbage = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"
            for _ in 0..<20 {
                let first = refusal(of: Array(garbage.utf8))
                #expect(refusal(of: pem) == nil)
                #expect(refusal(of: Array(garbage.utf8)) == first)
            }
        }
    }

    @Test("any bytes are refused and none trap")
    func anyBytes() {
        for seed in UInt64(0)..<200 {
            var random = SplitMix64(seed: seed)
            var bytes = (0..<Int.random(in: 0...400, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            if seed.isMultiple(of: 2) {
                bytes = Array("-----BEGIN PRIVATE KEY-----\n".utf8) + bytes + Array("\n-----END PRIVATE KEY-----".utf8)
            }
            #expect(refusal(of: bytes) != nil, "seed \(seed)")
        }
    }
}
