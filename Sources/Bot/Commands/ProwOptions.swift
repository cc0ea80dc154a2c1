internal import ArgumentParser

/// Flags as Prow's plugins have them, where they mean the same as flags of ours, so that a deployment keeps its arguments.
///
/// They are not in the help; `docs/OPERATIONS.md` has the table. Our own flags win.
///
/// Source: `pkg/flagutil/github.go` of Prow.
struct ProwOptions: ParsableArguments {
    @Option(name: .customLong("hmac-secret-file"), help: .hidden) var secretFile: String?
    @Option(name: .customLong("port"), help: .hidden) var port: String?
    @Option(name: .customLong("github-token-path"), help: .hidden) var tokenPath: String?
    @Option(name: .customLong("github-app-private-key-path"), help: .hidden) var privateKeyPath: String?
    @Option(name: .customLong("github-graphql-endpoint"), help: .hidden) var graphQLEndpoint: String?
    /// The first is asked, and the next where it gives no answer.
    @Option(name: .customLong("github-endpoint"), parsing: .singleValue, help: .hidden) var endpoints: [String] = []

    /// The flags by the setting's name.
    var flags: [String: String?] {
        [
            "WEBHOOK_SECRETS_FILE": secretFile, "GITHUB_TOKEN_FILE": tokenPath,
            "GITHUB_API_URL": endpoints.isEmpty ? nil : endpoints.joined(separator: ","),
            "GITHUB_PRIVATE_KEY_FILE": privateKeyPath, "GITHUB_GRAPHQL_URL": graphQLEndpoint,
            // Prow's listen on every address.
            "LISTEN": port.map { "0.0.0.0:\($0)" },
        ]
    }
}
