import CurlHTTP
import GitHubAPI
import TestSupport
import Testing

import struct Foundation.Date

@Suite("Contents of files")
struct BlobTests {
    private let query = "POST /api/graphql"

    /// Hashes that are in order: `000…01`, `000…02` and so on.
    private func ids(_ count: Int) throws -> [GitObjectID] {
        try (1...count).map { number in
            let digits = String(number, radix: 16)
            return try #require(GitObjectID(String(repeating: "0", count: 40 - digits.count) + digits))
        }
    }

    private func node(_ id: GitObjectID, _ text: String, size: Int? = nil, extra: String = "") -> String {
        let escaped = text.replacing("\n", with: "\\n")
        return #"{"oid":"\#(id)","byteSize":\#(size ?? text.utf8.count),"isBinary":false,"isTruncated":false,"#
            + #""text":"\#(escaped)"\#(extra)}"#
    }

    private func answer(_ nodes: [String]) -> GitHubScript.Reply {
        let members = nodes.enumerated().map { #""b\#($0)":\#($1)"# }.joined(separator: ",")
        return .json(#"{"data":{"repository":{\#(members)}}}"#)
    }

    private func rest(_ id: GitObjectID) -> String { "GET /repos/o/r/git/blobs/\(id)" }

    private func sentQueries(_ script: GitHubScript) -> [String] {
        script.requests.filter { $0.url.hasSuffix("graphql") }.map { String(decoding: $0.body ?? [], as: UTF8.self) }
    }

    @Test("Files are asked for by the hundred")
    func batches() async throws {
        let script = GitHubScript()
        let ids = try ids(250)
        script.on(query) { request in
            let sent = String(decoding: request.body ?? [], as: UTF8.self)
            return answer(ids.filter { sent.contains($0.text) }.map { node($0, "x\n") })
        }
        let found = try await repository(script.owner()).blobs.read(ids)
        #expect(found.count == 250)
        let sent = sentQueries(script)
        #expect(sent.map { $0.split(separator: "object(oid:").count - 1 }.sorted() == [50, 100, 100])
        #expect(sent.allSatisfy { $0.contains(#""variables":{"name":"r","owner":"o"}"#) })
    }

    @Test("What is kept is never asked for again")
    func kept() async throws {
        let script = GitHubScript()
        let stores = MemoryStores()
        let ids = try ids(3)
        script.on(query, answer([node(ids[0], "a"), node(ids[1], "b")]))
        script.on(rest(ids[2]), .json("c"))
        let client = try script.owner(stores: stores.clientStores)
        let blobs = try repository(client).blobs
        _ = try await blobs.read([ids[0], ids[1], ids[0]])
        let all = try await blobs.read(ids)
        #expect(all == [ids[0]: .bytes([0x61]), ids[1]: .bytes([0x62]), ids[2]: .bytes([0x63])])
        #expect(try await blobs.read(ids) == all)
        #expect(script.requests.count == 2)
        #expect(client.counts.fromStore == 5)
    }

    @Test("One file is asked for by REST, as it is")
    func single() async throws {
        let script = GitHubScript()
        let id = try ids(1)[0]
        script.on(rest(id), .json("raw\u{FFFD}"))
        let content = try await repository(script.owner()).blobs.read(id)
        #expect(content == .bytes(Array("raw\u{FFFD}".utf8)))
        #expect(script.requests.first?.headers["Accept"] == "application/vnd.github.raw+json")
    }

    @Test("What GraphQL cuts, calls binary, may have changed or does not have is asked of REST")
    func doubtful() async throws {
        let script = GitHubScript()
        let ids = try ids(8)
        let cut = node(ids[1], "x").replacing(#""isTruncated":false"#, with: #""isTruncated":true"#)
        let binary = node(ids[2], "x").replacing(#""isBinary":false"#, with: #""isBinary":true"#)
        script.on(
            query,
            answer([
                node(ids[0], "good"), cut, binary, node(ids[3], "other length", size: 3), node(ids[4], "\u{FFFD}"),
                "null", "{}", node(ids[0], "another file"),
            ]))
        for id in ids[1...] { script.on(rest(id), id == ids[5] ? .status(404) : .json("rest")) }
        let found = try await repository(script.owner()).blobs.read(ids)
        #expect(found[ids[0]] == .bytes(Array("good".utf8)))
        #expect(found[ids[5]] == .missing)
        for index in [1, 2, 3, 4, 6, 7] { #expect(found[ids[index]] == .bytes(Array("rest".utf8))) }
    }

    @Test(
        "A root without GraphQL is asked by REST, and is not asked by GraphQL again",
        arguments: [GitHubScript.Reply.status(404), .status(405), .status(403), .status(501, message: "x")])
    func withoutGraphQL(reply: GitHubScript.Reply) async throws {
        let script = GitHubScript()
        let ids = try ids(4)
        for _ in 0..<12 { script.on(query, reply) }
        for id in ids { script.on(rest(id), .json("rest"), .json("rest")) }
        let blobs = try repository(script.owner()).blobs
        #expect(try await blobs.read(ids).count == 4)
        let queries = sentQueries(script).count
        #expect(queries == (reply.status == 501 ? 8 : 1))
        #expect(try await blobs.read(ids).count == 4)
        #expect(sentQueries(script).count == queries)
    }

    @Test(
        "A root that says nothing to GraphQL, or nothing that makes sense, is asked by REST for a while",
        arguments: [
            (GitHubScript.Reply.fails(.timedOut(seconds: 30)), 4), (.fails(.interrupted(reason: "reset")), 4),
            (.json(""), 2), (.json("<html>Not here</html>"), 2),
        ])
    func silentGraphQL(reply: GitHubScript.Reply, queries: Int) async throws {
        let script = GitHubScript()
        let ids = try ids(4)
        script.on(query) { _ in reply }
        for id in ids { script.on(rest(id)) { _ in .json("rest") } }
        let blobs = try repository(script.owner()).blobs
        #expect(try await blobs.read(ids).count == 4)
        #expect(sentQueries(script).count == queries)
        script.pass(599)
        #expect(try await blobs.read(ids).count == 4)
        #expect(sentQueries(script).count == queries)
        script.pass(2)
        _ = try await blobs.read(ids)
        #expect(sentQueries(script).count > queries)
    }

    @Test("A query that takes GitHub too long is asked in halves")
    func halves() async throws {
        let script = GitHubScript()
        let ids = try ids(4)
        for _ in 0..<4 { script.on(query, .status(502)) }
        script.on(
            query, answer([node(ids[0], "a"), node(ids[1], "b")]), answer([node(ids[2], "c"), node(ids[3], "d")]))
        let found = try await repository(script.owner()).blobs.read(ids)
        #expect(found.count == 4)
        #expect(script.words.allSatisfy { $0 == query })
    }

    @Test("An answer that is too large is asked in ever smaller parts")
    func tooLarge() async throws {
        let script = GitHubScript()
        let ids = try ids(4)
        let long = String(repeating: "x", count: 300)
        script.on(
            query, answer(ids.map { node($0, long) }), answer(ids[0..<2].map { node($0, long) }),
            answer([node(ids[0], long)]), answer([node(ids[1], long)]), answer(ids[2...].map { node($0, long) }),
            answer([node(ids[2], long)]), answer([node(ids[3], long)]))
        let found = try await repository(script.owner { $0.treeByteLimit = 500 }).blobs.read(ids)
        #expect(found.values.allSatisfy { $0 == .bytes(Array(long.utf8)) })
        #expect(script.leftOver.isEmpty)
    }

    @Test("A file over the limit is told as one")
    func largeFile() async throws {
        let script = GitHubScript()
        let id = try ids(1)[0]
        script.on(rest(id), .json("0123456789"))
        let content = try await repository(script.owner { $0.blobByteLimit = 5 }).blobs.read(id)
        #expect(content == .tooLarge(limitBytes: 5))
    }

    @Test("A query that meets the limit ends the reading, and what came is kept")
    func limited() async throws {
        let script = GitHubScript()
        let ids = try ids(2)
        script.on(
            query, .json(#"{"data":null,"errors":[{"type":"RATE_LIMITED","message":"API rate limit exceeded"}]}"#))
        let blobs = try repository(script.owner()).blobs
        let error = try await gitHubError { try await blobs.read(ids) }
        #expect(error.kind == .rateLimited(until: GitHubScript.start.addingTimeInterval(60)))
        #expect(script.requests.count == 1)
    }

    @Test("Two who read the same many files at the same time fetch them once")
    func takingTurns() async throws {
        let script = GitHubScript()
        let ids = try ids(40)
        script.on(query, answer(ids.map { node($0, "x") }))
        let blobs = try repository(script.owner(stores: MemoryStores().clientStores)).blobs
        let counts = try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<5 { group.addTask { try await blobs.read(ids).count } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(counts == [40, 40, 40, 40, 40])
        #expect(script.requests.count == 1)
    }

    @Test("A store that fails costs requests and nothing else")
    func brokenStore() async throws {
        let script = GitHubScript()
        let ids = try ids(2)
        script.on(query, answer(ids.map { node($0, "x") }))
        let client = try script.owner(stores: MemoryStores(isBroken: true).clientStores)
        #expect(try await repository(client).blobs.read(ids).count == 2)
        #expect(client.counts.storeFailures == 2 + 1)
    }
}

@Suite("Trees")
struct TreeTests {
    private func entry(_ path: String, _ digit: Character, _ type: String) throws -> String {
        let mode = type == "tree" ? "040000" : "100644"
        let size = type == "blob" ? #","size":3"# : ""
        return #"{"path":"\#(path)","mode":"\#(mode)","type":"\#(type)","sha":"\#(try hash(digit))"\#(size)}"#
    }

    private func tree(_ entries: [String], isCut: Bool = false) -> GitHubScript.Reply {
        .json(#"{"sha":"x","truncated":\#(isCut),"tree":[\#(entries.joined(separator: ","))]}"#)
    }

    private func path(_ digit: Character, isRecursive: Bool = true) throws -> String {
        "GET /repos/o/r/git/trees/\(try hash(digit))" + (isRecursive ? "?recursive=1" : "")
    }

    @Test("A tree that fits comes in one answer")
    func whole() async throws {
        let script = GitHubScript()
        script.on(try path("1"), tree([try entry("a", "2", "tree"), try entry("a/b", "3", "blob")]))
        let entries = try await repository(script.owner()).git.tree(hash("1"))
        #expect(entries.map(\.path) == ["a", "a/b"])
        #expect(entries.map(\.kind) == [.tree, .blob])
        #expect(entries.map(\.byteCount) == [nil, 3])
    }

    @Test("A tree that GitHub cuts is walked, and folders that do not matter are left out")
    func cut() async throws {
        let script = GitHubScript()
        script.on(try path("1"), tree([], isCut: true))
        script.on(
            try path("1", isRecursive: false),
            tree([
                try entry("OWNERS", "2", "blob"), try entry("config", "3", "tree"), try entry("vendor", "4", "tree"),
            ]))
        script.on(try path("3"), tree([], isCut: true))
        script.on(
            try path("3", isRecursive: false),
            tree([try entry("jobs", "5", "tree"), try entry("x.yaml", "6", "blob"), try entry("sub", "7", "commit")]))
        script.on(try path("5"), tree([try entry("a", "8", "tree"), try entry("a/b.yaml", "9", "blob")]))
        let entries = try await repository(script.owner()).git.tree(hash("1")) { $0 != "vendor" }
        #expect(
            entries.map(\.path).sorted() == [
                "OWNERS", "config", "config/jobs", "config/jobs/a", "config/jobs/a/b.yaml", "config/sub",
                "config/x.yaml", "vendor",
            ])
        #expect(script.leftOver.isEmpty)
    }

    @Test("A folder that is too large by itself is an error, and no half of it")
    func hugeFolder() async throws {
        let script = GitHubScript()
        script.on(try path("1"), tree([], isCut: true))
        script.on(try path("1", isRecursive: false), tree([], isCut: true))
        let git = try repository(script.owner()).git
        #expect(try await gitHubError { try await git.tree(hash("1")) }.kind == .malformed)
    }

    @Test("A tree whose folders lead on for ever is given up at the bound")
    func endless() async throws {
        let script = GitHubScript()
        for _ in 0...GitData.maxTreeRequests {
            script.on(try path("1"), tree([], isCut: true))
            script.on(try path("1", isRecursive: false), tree([try entry("a", "1", "tree")]))
        }
        let git = try repository(script.owner()).git
        let error = try await gitHubError { try await git.tree(hash("1")) }
        #expect(error.kind == .tooManyPages(limit: GitData.maxTreeRequests))
    }
}
