import CurlHTTP
import GitHubAPI
import OpenSSLCrypto
import Testing

import struct Foundation.Data
import struct Foundation.Date
import class Foundation.JSONSerialization

@Suite("How the client is let in")
struct CredentialTests {
    private let user = #"{"id":5,"login":"bot","type":"User"}"#

    @Test("A personal token stands in every request, and tells who it is")
    func personalToken() async throws {
        let script = GitHubScript()
        script.on("GET /user", .json(user))
        let client = try script.owner()
        #expect(try await client.account() == GitHubAccount(id: 5, login: "bot"))
        #expect(try await client.account().id == 5)
        #expect(script.words == ["GET /user"])
        #expect(script.requests.first?.headers["Authorization"] == "Bearer ghp_hush")
        #expect(!client.isApp)
    }

    @Test("Every request names the version, the media type and itself")
    func headers() async throws {
        let script = GitHubScript()
        script.on("GET /user", .json(user))
        _ = try await script.owner().account()
        let headers = try #require(script.requests.first).headers
        #expect(headers["X-GitHub-Api-Version"] == "2022-11-28")
        #expect(headers["Accept"] == "application/vnd.github+json")
        #expect(headers["User-Agent"] == "bucketbot")
    }

    @Test("An App shows a token that is valid from a minute ago for nine minutes to come")
    func appToken() async throws {
        let script = GitHubScript()
        script.on("GET /app", .json(#"{"id":77,"slug":"x","permissions":{},"events":[]}"#))
        let details = try await script.app().app.details()
        #expect(details.slug == "x")
        let claims = try claims(script.requests.first)
        let now = Int(GitHubScript.start.timeIntervalSince1970)
        #expect(claims["iat"] as? Int == now - 60)
        #expect(claims["exp"] as? Int == now + 540)
        #expect(claims["iss"] as? String == "77")
    }

    @Test("A refusal by a GitHub whose clock is elsewhere is tried once more with its time")
    func skew() async throws {
        let script = GitHubScript(serverAheadSeconds: -300)
        script.on("GET /app", .status(401), .json(#"{"id":77,"slug":"x","permissions":{},"events":[]}"#))
        let client = try await script.app()
        _ = try await client.app.details()
        #expect(script.words == ["GET /app", "GET /app"])
        #expect(client.clockSkewSeconds == -300)
        #expect(try claims(script.requests.last)["iat"] as? Int == Int(GitHubScript.start.timeIntervalSince1970) - 360)
    }

    @Test("A refusal by a GitHub with the same time is one")
    func refusedApp() async throws {
        let script = GitHubScript(serverAheadSeconds: 3)
        script.on("GET /app", .status(401, message: "bad key"))
        let client = try await script.app()
        let error = try await gitHubError { try await client.app.details() }
        #expect(error.kind == .unauthorized)
        #expect(error.message == "bad key")
        #expect(script.requests.count == 1)
    }

    @Test("An installation is looked up once, and its token is used for an hour but the last minute")
    func installationToken() async throws {
        let script = GitHubScript(serverAheadSeconds: 200)
        let comment =
            #"{"id":1,"body":"x","user":null,"created_at":"2026-01-01T00:00:00Z","#
            + #""updated_at":"2026-01-01T00:00:00Z","html_url":"u"}"#
        script.on("GET /repos/o/r/issues/comments/1", .json(comment), .json(comment), .json(comment))
        let comments = try repository(try await script.app()).issueComments
        _ = try await comments.get(1)
        script.pass(3_530)
        _ = try await comments.get(1)
        script.pass(20)
        _ = try await comments.get(1)
        #expect(
            script.words == [
                "GET /repos/o/r/installation", "POST /app/installations/42/access_tokens",
                "GET /repos/o/r/issues/comments/1", "GET /repos/o/r/issues/comments/1",
                "POST /app/installations/42/access_tokens", "GET /repos/o/r/issues/comments/1",
            ])
        #expect(shownToComments(script) == ["Bearer t1", "Bearer t1", "Bearer t2"])
    }

    @Test("Requests that come together wait for one token")
    func oneTokenForAll() async throws {
        let script = GitHubScript()
        let git = try repository(try await script.app()).git
        for digit in "123456789" { script.on("GET /repos/o/r/git/ref/heads/\(digit)", .json(Self.ref)) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for digit in "123456789" { group.addTask { _ = try await git.ref("heads/\(digit)") } }
            try await group.waitForAll()
        }
        #expect(script.words.filter { $0.hasSuffix("access_tokens") }.count == 1)
        #expect(script.words.filter { $0.hasSuffix("installation") }.count == 1)
    }

    @Test("An installation that a webhook named is not looked up")
    func namedInstallation() async throws {
        let script = GitHubScript()
        script.on("GET /repos/o/r/git/ref/heads/main", .json(Self.ref))
        let client = try await script.app()
        let name = try repository(client).name
        _ = try await client.repository(name, installation: 42).git.ref("heads/main")
        #expect(!script.words.contains("GET /repos/o/r/installation"))
    }

    @Test("A cached token that is refused is dropped for a fresh one, also for a write")
    func droppedToken() async throws {
        let script = GitHubScript()
        script.on("GET /repos/o/r/git/ref/heads/main", .json(Self.ref))
        script.on(
            "POST /repos/o/r/issues/comments/9/reactions", .status(401),
            .json(#"{"id":3,"user":null,"content":"eyes"}"#, status: 201))
        let repository = try repository(try await script.app())
        _ = try await repository.git.ref("heads/main")
        script.pass(60)
        #expect(try await repository.reactions.create(.eyes, on: .issueComment(9)).id == 3)
        let tokens = script.requests.filter { $0.url.hasSuffix("reactions") }.map { $0.headers["Authorization"] }
        #expect(tokens == ["Bearer t1", "Bearer t2"])
    }

    @Test("A token that is just made may be unknown for five seconds")
    func settlingToken() async throws {
        let script = GitHubScript()
        script.on("GET /repos/o/r/git/ref/heads/main", .status(401), .status(401), .status(401), .json(Self.ref))
        _ = try await repository(try await script.app()).git.ref("heads/main")
        #expect(script.waits == [.seconds(1), .seconds(1), .seconds(1)])
        #expect(script.words.filter { $0.hasSuffix("access_tokens") }.count == 1)
    }

    @Test("A fresh token that stays refused is an error, and the tries are bounded")
    func refusedToken() async throws {
        let script = GitHubScript()
        for _ in 0..<20 { script.on("GET /repos/o/r/git/ref/heads/main", .status(401)) }
        let git = try repository(try await script.app()).git
        #expect(try await gitHubError { try await git.ref("heads/main") }.kind == .unauthorized)
        #expect(script.words.filter { $0.hasSuffix("heads/main") }.count <= 12)
        #expect(script.words.filter { $0.hasSuffix("access_tokens") }.count == 2)
    }

    @Test("A repository without the App says so")
    func notInstalled() async throws {
        let script = GitHubScript()
        script.on("GET /repos/o/r/installation", .status(404))
        let git = try repository(try await script.app()).git
        #expect(try await gitHubError { try await git.ref("heads/main") }.kind == .notInstalled)
    }

    @Test("An App that was installed anew is found again")
    func reinstalled() async throws {
        let script = GitHubScript()
        script.on("POST /app/installations/41/access_tokens", .status(404))
        script.on("GET /repos/o/r/git/ref/heads/main", .json(Self.ref))
        let client = try await script.app()
        let name = try repository(client).name
        _ = try await client.repository(name, installation: 41).git.ref("heads/main")
        #expect(
            script.words == [
                "POST /app/installations/41/access_tokens", "GET /repos/o/r/installation",
                "POST /app/installations/42/access_tokens", "GET /repos/o/r/git/ref/heads/main",
            ])
    }

    @Test("An App's account is that of its slug, and is asked for once")
    func appAccount() async throws {
        let script = GitHubScript()
        script.on("GET /app", .json(#"{"id":77,"slug":"my-app","permissions":{},"events":[]}"#))
        script.on(
            "GET /app/installations?per_page=1",
            .json(#"[{"id":42,"account":{"id":9,"slug":"an-enterprise"},"permissions":{"issues":"write"}}]"#))
        script.on("GET /users/my-app%5Bbot%5D", .json(#"{"id":123,"login":"my-app[bot]","type":"Bot"}"#))
        let client = try await script.app()
        #expect(try await client.account() == GitHubAccount(id: 123, login: "my-app[bot]", kind: .bot))
        #expect(try await client.account().id == 123)
        #expect(script.requests.last?.headers["Authorization"] == "Bearer t1")
        #expect(script.leftOver.isEmpty)
    }

    @Test("What only an App may ask is refused to a personal token without a request")
    func ownerIsNoApp() async throws {
        let script = GitHubScript()
        let client = try script.owner()
        #expect(try await gitHubError { try await client.app.details() }.kind == .refused)
        #expect(script.requests.isEmpty)
    }

    @Test("No error shows a token")
    func secrets() async throws {
        let script = GitHubScript()
        script.on("GET /user", .status(401, message: "Bad credentials"))
        let client = try script.owner()
        let error = try await gitHubError { try await client.account() }
        var shown = ""
        dump(error, to: &shown)
        #expect(!"\(shown)\(error)".contains("hush"))
    }

    private static let ref = #"{"ref":"refs/heads/main","object":{"sha":"\#(String(repeating: "a", count: 40))"}}"#

    private func shownToComments(_ script: GitHubScript) -> [String?] {
        script.requests.filter { $0.url.hasSuffix("comments/1") }.map { $0.headers["Authorization"] }
    }

    private func claims(_ request: HTTPRequest?) throws -> [String: Any] {
        let header = try #require(request?.headers["Authorization"])
        let parts = header.dropFirst("Bearer ".count).split(separator: ".")
        var text = String(parts[1]).replacing("-", with: "+").replacing("_", with: "/")
        text += String(repeating: "=", count: (4 - text.count % 4) % 4)
        let data = try #require(Data(base64Encoded: text))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }
}
