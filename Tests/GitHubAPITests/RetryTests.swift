import CurlHTTP
import GitHubAPI
import Testing

@Suite("What is asked again, and what is not")
struct RetryTests {
    private let ref = #"{"ref":"refs/heads/main","object":{"sha":"\#(String(repeating: "a", count: 40))"}}"#
    private let comment =
        #"{"id":1,"body":"x","user":null,"created_at":"2026-01-01T00:00:00Z","#
        + #""updated_at":"2026-01-01T00:00:00Z","html_url":"u"}"#
    private let read = "GET /repos/o/r/git/ref/heads/main"
    private let write = "POST /repos/o/r/issues/7/comments"

    @Test(
        "A read is repeated after an answer that is none, with growing pauses",
        arguments: [
            GitHubScript.Reply.status(500), .status(502), .status(503), .status(408),
            .fails(.interrupted(reason: "reset")), .fails(.timedOut(seconds: 30)), .fails(.unreachable(reason: "down")),
        ])
    func repeatedRead(reply: GitHubScript.Reply) async throws {
        let script = GitHubScript()
        script.on(read, reply, reply, .json(ref))
        let client = try script.owner()
        _ = try await repository(client).git.ref("heads/main")
        // Half of 0.5 and half of 1 second, since the script's random number is 0.5.
        #expect(script.waits == [.milliseconds(250), .milliseconds(500)])
        #expect(client.counts.sent == 3)
        #expect(client.counts.repeated == 2)
    }

    @Test("Four attempts are enough")
    func budget() async throws {
        let script = GitHubScript()
        for _ in 0..<9 { script.on(read, .status(502, message: "bad gateway")) }
        let git = try repository(script.owner()).git
        let error = try await gitHubError { try await git.ref("heads/main") }
        #expect(error.kind == .unavailable)
        #expect(error.status == 502)
        #expect(script.requests.count == 4)
    }

    @Test("GitHub's own pause is kept, and ends the budget where it is too long")
    func retryAfter() async throws {
        let script = GitHubScript()
        script.on(read, .status(503, ["Retry-After": "20"]), .status(503, ["Retry-After": "600"]))
        let git = try repository(script.owner()).git
        #expect(try await gitHubError { try await git.ref("heads/main") }.kind == .unavailable)
        #expect(script.waits == [.seconds(20) + .milliseconds(250)])
    }

    @Test(
        "A write that may have been done is not repeated",
        arguments: [
            GitHubScript.Reply.status(500), .status(502), .status(503), .status(504), .status(408),
            .fails(.interrupted(reason: "reset")), .fails(.timedOut(seconds: 30)), .fails(.tooLarge(limitBytes: 9)),
            .json("{", status: 201), .json(#"{"id":-1}"#, status: 201),
        ])
    func ambiguousWrite(reply: GitHubScript.Reply) async throws {
        let script = GitHubScript()
        script.on(write, reply)
        let comments = try repository(script.owner()).issueComments
        #expect(try await gitHubError { try await comments.create(on: 7, body: "x") }.kind == .ambiguous)
        #expect(script.requests.count == 1)
    }

    @Test("A change and a deletion count as writes")
    func otherWrites() async throws {
        let script = GitHubScript()
        script.on("PATCH /repos/o/r/issues/comments/1", .status(502))
        script.on("DELETE /repos/o/r/issues/comments/1", .fails(.interrupted(reason: "reset")))
        let comments = try repository(script.owner()).issueComments
        #expect(try await gitHubError { try await comments.update(1, body: "x") }.kind == .ambiguous)
        #expect(try await gitHubError { try await comments.delete(1) }.kind == .ambiguous)
    }

    @Test("A write that never left is sent again")
    func unsentWrite() async throws {
        let script = GitHubScript()
        script.on(write, .fails(.unreachable(reason: "down")), .json(comment, status: 201))
        _ = try await repository(script.owner()).issueComments.create(on: 7, body: "x")
        #expect(script.requests.count == 2)
    }

    @Test("A write that never leaves is known not to be done")
    func neverSent() async throws {
        let script = GitHubScript()
        for _ in 0..<4 { script.on(write, .fails(.unreachable(reason: "down"))) }
        let comments = try repository(script.owner()).issueComments
        #expect(try await gitHubError { try await comments.create(on: 7, body: "x") }.kind == .unavailable)
    }

    @Test(
        "Each refusal is named by what can be done",
        arguments: [
            (400, GitHubError.Kind.refused), (403, .forbidden(needed: "issues=write")), (404, .notFound),
            (405, .refused), (409, .conflict), (410, .gone), (415, .refused), (451, .gone), (301, .moved),
            (401, .unauthorized), (422, .unprocessable([GitHubProblem(resource: "A", code: "already_exists")])),
        ])
    func refusals(status: Int, kind: GitHubError.Kind) async throws {
        let script = GitHubScript()
        let body = #"{"message":"why","errors":[{"resource":"A","code":"already_exists"}]}"#
        script.on(write, .json(body, status: status, ["X-Accepted-GitHub-Permissions": "issues=write"]))
        let comments = try repository(script.owner()).issueComments
        let error = try await gitHubError { try await comments.create(on: 7, body: "x") }
        #expect(error.kind == kind)
        #expect(error.status == status)
        #expect(error.request == write)
        #expect(error.message == "why: already_exists")
        #expect(script.requests.count == 1)
    }

    @Test("Errors that are plain texts are read, too")
    func plainProblems() async throws {
        let script = GitHubScript()
        script.on(write, .json(#"{"message":"Validation Failed","errors":["Body is too long"]}"#, status: 422))
        let comments = try repository(script.owner()).issueComments
        let error = try await gitHubError { try await comments.create(on: 7, body: "x") }
        #expect(error.kind == .unprocessable([GitHubProblem(message: "Body is too long")]))
    }

    @Test("A proxy's page in the place of an answer leaves the status", arguments: ["<html>", "", "[1]", "\u{0}"])
    func foreignBody(body: String) async throws {
        let script = GitHubScript()
        script.on(read, .json(body, status: 404))
        let git = try repository(script.owner()).git
        let error = try await gitHubError { try await git.ref("heads/main") }
        #expect(error.kind == .notFound)
        #expect(error.message == "no reason given")
    }

    @Test(
        "An answer that does not fit says where",
        arguments: [
            (#"{"ref":"x"}"#, "object: the key is missing"),
            (#"{"ref":"x","object":{"sha":5}}"#, "object.sha: "),
            (#"{"ref":"x","object":{"sha":"xyz"}}"#, "object.sha: the text is no hash of git's"),
            ("nonsense", "the whole: "),
            (String(repeating: "[", count: 100_000), "the whole: "),
        ])
    func malformed(body: String, place: String) async throws {
        let script = GitHubScript()
        script.on(read, .json(body))
        let git = try repository(script.owner()).git
        let error = try await gitHubError { try await git.ref("heads/main") }
        #expect(error.kind == .malformed)
        #expect(error.message.hasPrefix(place), "\(error.message)")
    }

    @Test("An answer over the limit is refused")
    func tooLarge() async throws {
        let script = GitHubScript()
        script.on(read, .json(ref))
        let git = try repository(script.owner { $0.answerByteLimit = 10 }).git
        #expect(try await gitHubError { try await git.ref("heads/main") }.kind == .tooLarge(limitBytes: 10))
        #expect(script.requests.first?.byteLimit == 10)
        #expect(script.requests.first?.deadline == .seconds(30))
    }

    @Test("A path with a part that leads upwards is not sent")
    func badPath() async throws {
        let script = GitHubScript()
        let git = try repository(script.owner()).git
        #expect(try await gitHubError { try await git.ref("heads/../../user") }.kind == .refused)
        #expect(script.requests.isEmpty)
    }

    @Test("A shut-down transport and a canceled task are told as a cancellation")
    func canceled() async throws {
        let script = GitHubScript()
        script.on(read, .fails(.canceled))
        let git = try repository(script.owner()).git
        await #expect(throws: CancellationError.self) { try await git.ref("heads/main") }
    }

    @Test("A read follows what has moved, on our own root, three times and no more")
    func redirects() async throws {
        let script = GitHubScript()
        script.on(read, .status(301, ["Location": "https://elsewhere.test/api/v3/repositories/1/a"]))
        script.on("GET /repositories/1/a", .status(307, ["Location": "https://github.test/api/v3/repositories/1/b"]))
        script.on("GET /repositories/1/b", .status(302, ["Location": "/repositories/1/c"]))
        script.on("GET /repositories/1/c", .json(ref), .status(308, ["Location": "/repositories/1/d"]))
        let git = try repository(script.owner()).git
        _ = try await git.ref("heads/main")
        #expect(script.requests.allSatisfy { $0.url.hasPrefix("https://github.test/api/v3/") })
        script.on(read, .status(301, ["Location": "/repositories/1/a"]))
        script.on("GET /repositories/1/a", .status(301, ["Location": "/repositories/1/b"]))
        script.on("GET /repositories/1/b", .status(301, ["Location": "/repositories/1/c"]))
        #expect(try await gitHubError { try await git.ref("heads/main") }.kind == .moved)
    }

    @Test("Deleting what is gone is done already")
    func deletedTwice() async throws {
        let script = GitHubScript()
        script.on("DELETE /repos/o/r/issues/comments/1", .status(404))
        try await repository(script.owner()).issueComments.delete(1)
        #expect(script.leftOver.isEmpty)
    }
}
