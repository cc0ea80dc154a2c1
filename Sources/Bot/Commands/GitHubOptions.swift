internal import ArgumentParser

/// The settings of commands that ask and tell GitHub; each is also an environment variable.
struct GitHubOptions: ParsableArguments {
    @Option(
        name: .customLong("github-api-url"),
        help: ArgumentHelp(
            "The root of REST, https://api.github.com by default. [BUCKETBOT_GITHUB_API_URL]", valueName: "url"))
    var apiURL: String?

    @Option(
        name: .customLong("github-graphql-url"),
        help: ArgumentHelp(
            "GraphQL, derived from the root of REST by default. [BUCKETBOT_GITHUB_GRAPHQL_URL]", valueName: "url"))
    var graphQLURL: String?

    @Option(
        name: .customLong("github-app-id"),
        help: ArgumentHelp("The App's number. [BUCKETBOT_GITHUB_APP_ID]", valueName: "number"))
    var appID: String?

    @Option(
        name: .customLong("github-private-key-file"),
        help: ArgumentHelp("The App's private key. [BUCKETBOT_GITHUB_PRIVATE_KEY_FILE]", valueName: "file"))
    var privateKeyFile: String?

    @Option(
        name: .customLong("github-token-file"),
        help: ArgumentHelp(
            "A personal token in the place of an App. [BUCKETBOT_GITHUB_TOKEN_FILE]", valueName: "file"))
    var tokenFile: String?

    @Option(
        help: ArgumentHelp(
            "OWNER/NAME,... to work on; needed with a personal token. [BUCKETBOT_REPOSITORIES]", valueName: "names"))
    var repositories: String?

    /// The flags by the setting's name.
    var flags: [String: String?] {
        [
            "GITHUB_API_URL": apiURL, "GITHUB_GRAPHQL_URL": graphQLURL, "GITHUB_APP_ID": appID,
            "GITHUB_PRIVATE_KEY_FILE": privateKeyFile, "GITHUB_TOKEN_FILE": tokenFile, "REPOSITORIES": repositories,
        ]
    }
}
