import CurlHTTP
import Playground
import Testing

@Suite("The stand-in for GitHub reads GraphQL")
struct GraphQLTests {
    @Test("objects by their names: text, binary, cut, and one that is not there")
    func objects() async throws {
        var limits = GitHubLimits()
        limits.graphQLTextBytes = 10
        try await withExampleWorld(limits: limits) { world in
            let files = ["a": Array("short\n".utf8), "b": [0, 255], "c": Array("a long text\n".utf8)]
            let pull = try await world.openPullRequest(GitChanges(files))
            let bot = try await world.asInstallation()
            let head = try #require(world.standIn.headSHA(of: pull))
            let tree = try await bot.ask(.get, "/repos/kubernetes/test-infra/git/trees/\(head)").body
            let shas = ["a", "b", "c"].compactMap { name in
                tree["tree"]?.array?.first { $0["path"]?.string == name }?["sha"]?.string
            }
            let query = """
                query Blobs($owner: String!, $name: String!) { # a remark
                  repository(owner: $owner, name: $name) {
                    nameWithOwner,
                    a: object(oid: "\(shas[0])") { __typename ... on Blob { text isTruncated isBinary byteSize } }
                    b: object(oid: "\(shas[1])") { ... on Blob { text isBinary } ... on Commit { oid } }
                    c: object(oid: "\(shas[2])") { ... on Blob { text isTruncated } }
                    d: object(oid: "0000000000000000000000000000000000000001") { ... on Blob { text } }
                  }
                  rateLimit { cost remaining }
                }
                """
            let body: JSON = [
                "query": .string(query), "variables": ["owner": "kubernetes", "name": "test-infra"],
            ]
            let answer = try await bot.ask(.post, "/graphql", body).body
            let repository = try #require(answer["data"]?["repository"])
            let short: JSON = [
                "__typename": "Blob", "text": "short\n", "isTruncated": false, "isBinary": false, "byteSize": 6,
            ]
            #expect(repository["a"] == short)
            #expect(repository["b"] == ["text": nil, "isBinary": true])
            #expect(repository["c"] == ["text": "a long tex", "isTruncated": true])
            #expect(repository["d"] == .some(.null))
            #expect(answer["data"]?["rateLimit"]?["cost"] == 1)
        }
    }

    @Test("a repository that is not there is an error beside null")
    func missing() async throws {
        try await withExampleWorld { world in
            let bot = try await world.asInstallation()
            let query: JSON = ["query": #"{ repository(owner: "kubernetes", name: "nothing") { id } }"#]
            let answer = try await bot.ask(.post, "/graphql", query).body
            #expect(answer["data"]?["repository"] == .some(.null))
            #expect(answer["errors"]?[0]?["type"] == "NOT_FOUND")
        }
    }

    @Test(
        "a query that asks for what is not there, or is broken, is written down",
        arguments: [
            "{ repository(owner: \"kubernetes\", name: \"test-infra\") { stargazers } }", "{ viewer { login }",
            "mutation { x }",
            "query($a: Int) { repository(owner: $a, name: $b) { id } }", "{ }", "{ a..b }", "{ viewer { login(x: \"",
            String(repeating: "{ a ", count: 50),
        ])
    func broken(query: String) async throws {
        try await withExampleWorld(surprises: 1) { world in
            let answer = try await world.asPerson(world.maintainer).ask(.post, "/graphql", ["query": .string(query)])
            #expect(answer.body["errors"]?.array?.count == 1)
        }
    }
}
