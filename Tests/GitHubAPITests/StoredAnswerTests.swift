import CurlHTTP
import TestSupport
import Testing

@testable import GitHubAPI

@Suite("Answers that are kept")
struct StoredAnswerTests {
    private let ref = #"{"ref":"refs/heads/main","object":{"sha":"\#(String(repeating: "a", count: 40))"}}"#
    private let path = "GET /repos/o/r/git/ref/heads/main"

    @Test("What has not changed is answered from the store, and is free")
    func notModified() async throws {
        let script = GitHubScript()
        let stores = MemoryStores()
        script.on(path, .json(ref, ["ETag": #"W/"1""#]), .status(304), .json(ref, ["ETag": #"W/"2""#]))
        let client = try script.owner(stores: stores.clientStores)
        let git = try repository(client).git
        let first = try await git.ref("heads/main")
        #expect(try await git.ref("heads/main") == first)
        #expect(client.counts.sent == 2)
        #expect(client.counts.notModified == 1)
        #expect(client.counts.billed == 1)
        _ = try await git.ref("heads/main")
        #expect(script.requests.map { $0.headers["If-None-Match"] } == [nil, #"W/"1""#, #"W/"1""#])
        #expect(stores.kept.answers.values.map(\.etag) == [#"W/"2""#])
    }

    @Test("The next page of a list that has not changed is known")
    func pages() async throws {
        let script = GitHubScript()
        let link = #"<https://github.test/api/v3/repos/o/r/pulls/3/reviews?page=2>; rel="next""#
        script.on(
            "GET /repos/o/r/pulls/3/reviews?per_page=100", .json("[]", ["ETag": "1", "Link": link]), .status(304))
        script.on("GET /repos/o/r/pulls/3/reviews?page=2", .json("[]", ["ETag": "2"]), .status(304))
        let client = try script.owner(stores: MemoryStores().clientStores)
        for _ in 0..<2 { _ = try await repository(client).reviews.list(on: 3) }
        #expect(client.counts.sent == 4)
        #expect(client.counts.notModified == 2)
    }

    @Test("A page behind a full one is found though the full one has not changed", arguments: [true, false])
    func pageBehindAFullOne(isLinkSaid: Bool) async throws {
        let script = GitHubScript()
        let first = "GET /repos/o/r/issues/3/labels?per_page=100"
        let link = #"<https://github.test/api/v3/repos/o/r/issues/3/labels?page=2>; rel="next""#
        let full = "[" + (1...100).map { #"{"name":"l\#($0)"}"# }.joined(separator: ",") + "]"
        script.on(first, .json(full, ["ETag": "1"]), .status(304, isLinkSaid ? ["Link": link] : [:]))
        if !isLinkSaid { script.on(first, .json(full, ["ETag": "1", "Link": link])) }
        script.on("GET /repos/o/r/issues/3/labels?page=2", .json(#"[{"name":"behind"}]"#))
        let client = try script.owner(stores: MemoryStores().clientStores)
        let named = try repository(client)
        for count in [100, 101] {
            let names: [Named] = try await named.requester.list(named.path("issues", "3", "labels")) {
                (page: [Named]) in page
            }
            #expect(names.count == count)
        }
    }

    private struct Named: Decodable, Sendable { let name: String }

    @Test("Nobody is answered from what another may see")
    func credentials() async throws {
        let script = GitHubScript()
        let stores = MemoryStores()
        script.on(path, .json(ref, ["ETag": "1"]), .json(ref, ["ETag": "1"]))
        _ = try await repository(script.owner(stores: stores.clientStores)).git.ref("heads/main")
        _ = try await repository(try await script.app(stores: stores.clientStores)).git.ref("heads/main")
        #expect(script.requests.last?.headers["If-None-Match"] == nil)
        let names = stores.kept.answers.keys.map(\.credential).sorted()
        #expect(names.first == "installation:42")
        #expect(names.last?.hasPrefix("token:") == true)
        #expect(!names.joined().contains("hush"))
    }

    @Test("What a hash names is asked for once")
    func forever() async throws {
        let script = GitHubScript()
        let sha = String(repeating: "c", count: 40)
        let commit =
            #"{"sha":"\#(sha)","tree":{"sha":"\#(sha)"},"parents":[],"message":"m","#
            + #""committer":{"date":"2026-01-01T00:00:00Z"}}"#
        script.on("GET /repos/o/r/git/commits/\(sha)", .json(commit))
        let client = try script.owner(stores: MemoryStores().clientStores)
        let git = try repository(client).git
        let first = try await git.commit(hash("c"))
        #expect(try await git.commit(hash("c")) == first)
        #expect(script.requests.count == 1)
        #expect(client.counts.fromStore == 1)
    }

    @Test("A store that fails costs a request and nothing else")
    func brokenStore() async throws {
        let script = GitHubScript()
        script.on(path, .json(ref, ["ETag": "1"]), .json(ref, ["ETag": "1"]))
        let client = try script.owner(stores: MemoryStores(isBroken: true).clientStores)
        for _ in 0..<2 { _ = try await repository(client).git.ref("heads/main") }
        #expect(script.requests.count == 2)
        #expect(client.counts.storeFailures > 0)
    }

    @Test("Reads of the same thing at the same time are one request")
    func coalesced() async throws {
        let script = GitHubScript()
        script.on(path, .json(ref))
        let client = try script.owner()
        let git = try repository(client).git
        let results = try await withThrowingTaskGroup(of: GitRef.self) { group in
            script.whenAsked { while client.connection.waitingReads < 4 { await Task.yield() } }
            for _ in 0..<5 { group.addTask { try await git.ref("heads/main") } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results.count == 5)
        #expect(script.requests.count == 1)
    }

    @Test("Who waits for the answer does not wait for a sweep's")
    func notCoalesced() async throws {
        let script = GitHubScript()
        script.on(path, .json(ref), .json(ref))
        let client = try script.owner()
        let git = try repository(client).git
        let sweep = try repository(client.prioritized(.sweep)).git
        try await withThrowingTaskGroup(of: Void.self) { group in
            script.whenAsked { while script.requests.count < 2 { await Task.yield() } }
            group.addTask { _ = try await git.ref("heads/main") }
            group.addTask { _ = try await sweep.ref("heads/main") }
            try await group.waitForAll()
        }
        #expect(client.counts.sentByPriority == [.interactive: 1, .sweep: 1])
    }
}
