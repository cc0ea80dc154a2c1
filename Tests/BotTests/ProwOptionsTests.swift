import ArgumentParser
import BotCore
import Foundation
import GitHubAPI
import Testing

@testable import Bot

@Suite("Flags of Prow's plugins")
struct ProwOptionsTests {
    private func flags(_ arguments: String...) throws -> [String: String] {
        try ServeCommand.parse(arguments).flags.compactMapValues { $0 }
    }

    @Test("those that mean the same are taken")
    func aliases() throws {
        let taken = try flags(
            "--port", "8888", "--dry-run=false", "--hmac-secret-file=/etc/webhook/hmac", "--github-app-id=7",
            "--github-app-private-key-path=/etc/github/cert", "--github-endpoint=http://ghproxy",
            "--github-endpoint=https://api.github.com", "--github-graphql-endpoint=http://ghproxy/graphql")
        #expect(
            taken == [
                "LISTEN": "0.0.0.0:8888", "DRY_RUN": "false", "WEBHOOK_SECRETS_FILE": "/etc/webhook/hmac",
                "GITHUB_APP_ID": "7", "GITHUB_PRIVATE_KEY_FILE": "/etc/github/cert",
                "GITHUB_API_URL": "http://ghproxy,https://api.github.com",
                "GITHUB_GRAPHQL_URL": "http://ghproxy/graphql",
            ])
        #expect(try flags("--github-token-path", "/t") == ["GITHUB_TOKEN_FILE": "/t"])
    }

    @Test("our own flags win, and a proxy without TLS is no wrong address")
    func own() throws {
        #expect(try flags("--port", "1", "--listen", "[::1]:2")["LISTEN"] == "[::1]:2")
        let settings = Settings(flags: ["GITHUB_API_URL": "http://ghproxy"], environment: [:])
        #expect(try settings.gitHubClientSettings().roots.rest.absoluteString == "http://ghproxy")
    }

    @Test(
        "of several addresses the first is asked, and links lead to GitHub and never to a proxy",
        arguments: [
            ("http://ghproxy,https://api.github.com", 2, "https://github.com"),
            ("http://ghproxy", 1, "https://github.com"),
            ("http://ghproxy, https://ghe.test/api/v3/", 2, "https://ghe.test"),
            ("https://api.acme.ghe.com", 1, "https://acme.ghe.com"), ("", 1, "https://github.com"),
        ])
    func endpoints(written: String, count: Int, web: String) throws {
        let settings = try Settings(flags: ["GITHUB_API_URL": written], environment: [:]).gitHubClientSettings()
        #expect(settings.allRoots.count == count)
        #expect(settings.links.web == web)
    }

    @Test("only a GitHub on this machine is asked without pauses, and no proxy there")
    func pacing() throws {
        func pacing(_ address: String) throws -> Pacing {
            try Settings(flags: ["GITHUB_API_URL": address], environment: [:]).gitHubClientSettings().pacing
        }
        #expect(try pacing("http://127.0.0.1:1/api/v3") == .unpaced)
        for other in ["http://127.0.0.1:8888", "http://127.0.0.1:1/api/v3,https://api.github.com", "http://ghproxy"] {
            #expect(try pacing(other) == Pacing())
        }
    }

    @Test("each of several addresses is checked")
    func wrongEndpoint() {
        let settings = Settings(flags: ["GITHUB_API_URL": "http://ghproxy,api.github.com"], environment: [:])
        #expect(throws: WrongUse.self) { try settings.gitHubClientSettings() }
    }

    @Test("those that mean something else are refused")
    func others() {
        #expect(throws: (any Error).self) { try flags("--github-hourly-tokens", "500") }
    }
}
