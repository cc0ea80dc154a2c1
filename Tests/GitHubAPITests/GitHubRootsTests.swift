import GitHubAPI
import Testing

import struct Foundation.URL

@Suite("Where GitHub answers")
struct GitHubRootsTests {
    @Test(
        "GraphQL is found beside the REST root",
        arguments: [
            ("https://api.github.com", "https://api.github.com/graphql"),
            ("https://api.github.com/", "https://api.github.com/graphql"),
            ("https://ghe.example.com/api/v3", "https://ghe.example.com/api/graphql"),
            ("http://127.0.0.1:8888/api/v3/", "http://127.0.0.1:8888/api/graphql"),
        ])
    func graphQL(rest: String, expected: String) throws {
        let roots = GitHubRoots(rest: try #require(URL(string: rest)))
        #expect(roots.graphQL.absoluteString == expected)
        #expect(!roots.rest.absoluteString.hasSuffix("/"))
    }

    @Test("An address of GraphQL that was set is kept")
    func given() throws {
        let rest = try #require(URL(string: "http://ghproxy"))
        let graphQL = try #require(URL(string: "http://ghproxy/elsewhere"))
        #expect(GitHubRoots(rest: rest, graphQL: graphQL).graphQL == graphQL)
    }
}
