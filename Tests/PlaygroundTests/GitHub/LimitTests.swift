import CurlHTTP
import Playground
import Testing

@Suite("The stand-in for GitHub has limits and can be told to fail")
struct GitHubLimitTests {
    private static let root = "/repos/kubernetes/test-infra"

    @Test("an answer that is known costs nothing of the hour, until it changes")
    func notModified() async throws {
        try await withExampleWorld { world in
            let bot = try await world.asInstallation()
            let path = "\(Self.root)/pulls?per_page=100"
            let first = try await bot.ask(.get, path)
            let tag = try #require(first.headers["ETag"])
            let left = try #require(first.headers["X-RateLimit-Remaining"].flatMap { Int($0) })
            let second = try await bot.ask(.get, path, headers: ["If-None-Match": tag])
            #expect(second.status == 304)
            _ = try await world.openPullRequest(["new.txt": "one\n"])
            let third = try await bot.ask(.get, path, headers: ["If-None-Match": tag])
            #expect(third.status == 200)
            #expect(third.headers["X-RateLimit-Remaining"].flatMap { Int($0) } == left - 1)
        }
    }

    @Test("the hour's requests end, and a minute's content too")
    func limits() async throws {
        var limits = GitHubLimits()
        limits.requestsPerHour = 4
        limits.contentPerMinute = 2
        try await withExampleWorld(limits: limits) { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            let bot = try await world.asInstallation()
            let path = "\(Self.root)/issues/\(pull.number)/comments"
            let answers = [
                try await bot.ask(.post, path, ["body": "1"]), try await bot.ask(.post, path, ["body": "2"]),
                try await bot.ask(.post, path, ["body": "3"]), try await bot.ask(.get, path),
                try await bot.ask(.get, path), try await bot.ask(.get, path),
            ]
            #expect(answers.map(\.status) == [201, 201, 403, 200, 403, 403])
            #expect(answers[2].headers["Retry-After"] == "60")
            #expect(answers[4].headers["X-RateLimit-Remaining"] == "0")
            #expect(try await bot.ask(.get, "/rate_limit").body["rate"]?["remaining"] == 0)
            _ = world.standIn.comments(on: pull)
        }
    }

    @Test("pages are linked to each other")
    func pages() async throws {
        try await withExampleWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            for number in 1...5 { try world.standIn.comment("\(number)", on: pull, by: world.maintainer) }
            let bot = try await world.asInstallation()
            let first = try await bot.ask(.get, "\(Self.root)/issues/\(pull.number)/comments?per_page=2")
            let link = try #require(first.headers["Link"])
            #expect(link.contains(#"page=2>; rel="next""#) && link.contains(#"page=3>; rel="last""#))
            let next = try #require(link.split(separator: ">").first).dropFirst()
            let second = try await bot.ask(.get, String(next))
            #expect(second.body.array?.compactMap { $0["body"]?.string } == ["3", "4"])
        }
    }

    @Test("a request that fails afterwards was carried out, and one that fails before was not")
    func failures() async throws {
        try await withExampleWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            let bot = try await world.asInstallation()
            let path = "\(Self.root)/issues/\(pull.number)/comments"
            let comments = GitHubMisbehavior.Target("POST", "/comments", isSuffix: true)
            world.standIn.misbehave(.failure(status: 503), on: comments, times: 1)
            #expect(try await bot.ask(.post, path, ["body": "1"]).status == 503)
            world.standIn.misbehave(.afterDoing(.failure(status: 502)), on: comments, times: 1)
            #expect(try await bot.ask(.post, path, ["body": "2"]).status == 502)
            world.standIn.misbehave(.afterDoing(.reset), on: comments, times: 1)
            await #expect(throws: TransportError.self) { try await bot.ask(.post, path, ["body": "3"]) }
            world.standIn.misbehave(.truncatedBody(afterBytes: 9), on: comments, times: 1)
            await #expect(throws: TransportError.self) { try await bot.ask(.post, path, ["body": "4"]) }
            world.standIn.misbehave(.secondaryLimit(status: 429, retryAfterSeconds: 7), on: comments, times: 1)
            #expect(try await bot.ask(.post, path, ["body": "5"]).headers["Retry-After"] == "7")
            world.standIn.misbehave(.primaryLimit(), on: comments, times: 1)
            #expect(try await bot.ask(.post, path, ["body": "6"]).headers["X-RateLimit-Remaining"] == "0")
            #expect(world.standIn.comments(on: pull).map(\.body) == ["2", "3", "4"])
        }
    }

    @Test("more than 50 notes in one request are refused")
    func annotations() async throws {
        try await withExampleWorld(surprises: 1) { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            let bot = try await world.asInstallation()
            let note: JSON = [
                "path": "new.txt", "start_line": 1, "end_line": 1, "annotation_level": "notice", "message": "x",
            ]
            let run: JSON = [
                "name": "bucketbot", "head_sha": .string(world.standIn.headSHA(of: pull) ?? ""),
                "output": ["title": "x", "summary": "x", "annotations": .array(Array(repeating: note, count: 51))],
            ]
            #expect(try await bot.ask(.post, "\(Self.root)/check-runs", run).status == 422)
            #expect(world.standIn.checkRuns(of: world.repository).isEmpty)
        }
    }

    @Test("a comment of more than 65,536 characters is refused")
    func longComment() async throws {
        try await withExampleWorld { world in
            let pull = try await world.openPullRequest(["new.txt": "one\n"])
            let bot = try await world.asInstallation()
            let path = "\(Self.root)/issues/\(pull.number)/comments"
            func body(_ count: Int) -> JSON { ["body": .string(String(repeating: "a", count: count))] }
            #expect(try await bot.ask(.post, path, body(65_537)).status == 422)
            #expect(try await bot.ask(.post, path, body(65_536)).status == 201)
        }
    }
}
