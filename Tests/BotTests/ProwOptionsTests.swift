import ArgumentParser
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
                "GITHUB_API_URL": "http://ghproxy", "GITHUB_GRAPHQL_URL": "http://ghproxy/graphql",
            ])
        #expect(try flags("--github-token-path", "/t") == ["GITHUB_TOKEN_FILE": "/t"])
    }

    @Test("our own flags win, and a proxy without TLS is no wrong address")
    func own() throws {
        #expect(try flags("--port", "1", "--listen", "[::1]:2")["LISTEN"] == "[::1]:2")
        let settings = Settings(flags: ["GITHUB_API_URL": "http://ghproxy"], environment: [:])
        #expect(try settings.gitHubRoots().rest.absoluteString == "http://ghproxy")
    }

    @Test("those that mean something else are refused")
    func others() {
        #expect(throws: (any Error).self) { try flags("--github-hourly-tokens", "500") }
    }
}
