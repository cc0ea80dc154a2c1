import CurlHTTP
import Foundation
import OpenSSLCrypto
import Playground
import Testing

/// Who asks the stand-in in these tests, with a token of its own.
struct Caller {
    let standIn: GitHubStandIn
    let token: String
    let transport: CurlTransport

    /// An App by itself, or a person's token.
    init(_ standIn: GitHubStandIn, token: String) throws {
        self.standIn = standIn
        self.token = token
        transport = try CurlTransport()
    }

    /// Asks, and gives the status, the body and the header fields.
    func ask(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil, headers more: [String: String] = [:]
    ) async throws -> (status: Int, body: JSON, headers: HTTPHeaders) {
        let answer = try await send(method, path, body, headers: more)
        let json = answer.body.isEmpty ? JSON.null : try JSON(bytes: answer.body)
        return (answer.head.status, json, answer.head.headers)
    }

    /// Asks, and gives the answer as it came.
    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: JSON? = nil, headers more: [String: String] = [:]
    ) async throws -> HTTPResponse {
        var headers: HTTPHeaders = [
            "Authorization": "Bearer \(token)", "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28", "User-Agent": "test",
        ]
        for (name, value) in more { headers[name] = value }
        let root = path == "/graphql" ? standIn.root + "/api" : standIn.restRoot
        return try await transport.send(
            HTTPRequest(method, path.hasPrefix("http") ? path : root + path, headers: headers, body: body?.bytes))
    }
}

extension ExampleWorld {
    /// The App by itself; its token is signed now.
    func asApp(issuedAt seconds: Int = 0, lasts: Int = 500) throws -> Caller {
        let now = Int(standIn.now.timeIntervalSince1970) + seconds
        let claims: JSON = ["iss": .string("\(app.appID)"), "iat": .int(now), "exp": .int(now + lasts)]
        let token = try JSONWebToken.signed(claims: claims.bytes, with: RSAPrivateKey(pem: app.privatePEM))
        return try Caller(standIn, token: token.text)
    }

    /// The App's installation, with all that it is allowed unless told otherwise.
    func asInstallation(_ narrowed: JSON? = nil) async throws -> Caller {
        let answer = try await asApp().ask(.post, "/app/installations/\(installationID)/access_tokens", narrowed)
        #expect(answer.status == 201)
        return try Caller(standIn, token: try #require(answer.body["token"]?.string))
    }

    /// A person.
    func asPerson(_ account: StandInAccount) throws -> Caller {
        try Caller(standIn, token: standIn.addToken(for: account).text)
    }
}

/// Serves a small world while a test runs, and expects that nothing was asked that nobody should ask.
func withExampleWorld(
    limits: GitHubLimits = GitHubLimits(), surprises: Int = 0,
    _ body: (ExampleWorld) async throws -> Void
) async throws {
    try await withGitHubStandIn(limits: limits) { standIn in
        let files: GitChanges = [
            "kettle/buckets.yaml": "gs://acme-k8s-results/logs/:\n  contact: \"acme-jdoe\"\n  prefix: \"acme:\"\n",
            "config/testgrids/acme/acme.yaml":
                "test_groups:\n- name: ci-acme\n  gcs_prefix: acme-k8s-results/logs/ci\n",
            "OWNERS": "approvers:\n- spiffxp\n",
        ]
        let world = try await ExampleWorld(in: standIn, files: files)
        try await body(world)
        #expect(standIn.journal.surprises.map { "\($0.name): \($0.surprise ?? "")" }.count == surprises)
    }
}
