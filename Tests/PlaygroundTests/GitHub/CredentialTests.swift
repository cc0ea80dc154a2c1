import CurlHTTP
import Foundation
import OpenSSLCrypto
import Playground
import Testing

@Suite("The stand-in for GitHub checks who asks")
struct CredentialTests {
    private static let root = "/repos/kubernetes/test-infra"

    @Test(
        "a token of the App is refused where its times are wrong",
        arguments: [(0, 500, 200), (-400, 300, 401), (50, 500, 200), (120, 400, 401), (0, 700, 401)])
    func times(issuedAt: Int, lasts: Int, status: Int) async throws {
        try await withExampleWorld { world in
            let app = try world.asApp(issuedAt: issuedAt, lasts: lasts)
            #expect(try await app.ask(.get, "/app").status == status)
        }
    }

    @Test("a token that another key signed is refused")
    func otherKey() async throws {
        try await withExampleWorld { world in
            let now = Int(world.standIn.now.timeIntervalSince1970)
            let claims: JSON = ["iss": .int(world.app.appID), "iat": .int(now), "exp": .int(now + 60)]
            let key = try RSAPrivateKey(pem: RSAKeyPair().privatePEM)
            let token = try JSONWebToken.signed(claims: claims.bytes, with: key)
            #expect(try await Caller(world.standIn, token: token.text).ask(.get, "/app").status == 401)
        }
    }

    @Test("a token of an installation can be narrowed, ends, and is worth nothing after a revocation")
    func installationTokens() async throws {
        let offset = Box(0.0)
        try await withGitHubStandIn(clock: { Date().addingTimeInterval(offset.value) }) { standIn in
            let world = try await ExampleWorld(in: standIn, files: ["OWNERS": "x\n"])
            let reader = try await world.asInstallation(["permissions": ["contents": "read"]])
            let comment = "\(Self.root)/issues/1/comments"
            #expect(try await reader.ask(.get, "\(Self.root)/git/ref/heads/master").status == 200)
            #expect(try await reader.ask(.post, comment, ["body": "x"]).status == 403)
            let more: JSON = ["permissions": ["administration": "write"]]
            let path = "/app/installations/\(world.installationID)/access_tokens"
            #expect(try await world.asApp().ask(.post, path, more).status == 422)
            offset.value = 3_601
            #expect(try await reader.ask(.get, "\(Self.root)/git/ref/heads/master").status == 401)
            let fresh = try await world.asInstallation()
            standIn.revokeInstallationTokens()
            #expect(try await fresh.ask(.get, Self.root).status == 401)
        }
    }

    @Test("a person makes no check runs, and statuses only with the right to push")
    func people() async throws {
        try await withExampleWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            let sha = try #require(world.standIn.headSHA(of: pull))
            let status: JSON = ["state": "success", "context": "bucketbot"]
            let run: JSON = ["name": "bucketbot", "head_sha": .string(sha)]
            let (maintainer, contributor) = (
                try world.asPerson(world.maintainer), try world.asPerson(world.contributor)
            )
            #expect(try await maintainer.ask(.post, "\(Self.root)/check-runs", run).status == 403)
            #expect(try await maintainer.ask(.post, "\(Self.root)/statuses/\(sha)", status).status == 201)
            #expect(try await contributor.ask(.post, "\(Self.root)/statuses/\(sha)", status).status == 403)
        }
    }

    @Test("a private repository is not there for who may not see it")
    func privacy() async throws {
        try await withExampleWorld { world in
            _ = try await world.standIn.addRepository(
                "secret", of: world.organization, ["a": "b\n"], isPrivate: true)
            let bot = try await world.asInstallation()
            #expect(try await bot.ask(.get, "/repos/kubernetes/secret").status == 404)
            #expect(try await bot.ask(.get, Self.root).status == 200)
        }
    }
}

/// A value that a test changes while others read it.
final class Box: @unchecked Sendable {
    // Guarded by the lock.
    private let lock = NSLock()
    private var stored: Double

    init(_ value: Double) { stored = value }

    var value: Double {
        get { lock.withLock { stored } }
        set { lock.withLock { stored = newValue } }
    }
}
