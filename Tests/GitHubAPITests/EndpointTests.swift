import CurlHTTP
import Foundation
import GitHubAPI
import Testing

@Suite("Several addresses of one GitHub")
struct EndpointTests {
    private let ref = #"{"ref":"refs/heads/main","object":{"sha":"\#(String(repeating: "a", count: 40))"}}"#
    private let path = "/repos/o/r/git/ref/heads/main"
    private let write = "/repos/o/r/issues/7/comments"
    private let comment =
        #"{"id":1,"body":"x","user":null,"created_at":"2026-01-01T00:00:00Z","#
        + #""updated_at":"2026-01-01T00:00:00Z","html_url":"u"}"#

    private func client(_ script: GitHubScript) throws -> GitHubClient {
        let second = GitHubRoots(rest: try #require(URL(string: "https://second.test")))
        return try script.owner { $0.fallbackRoots = [second] }
    }

    @Test(
        "a read that the first gives no answer to is asked of the second at once, and the first is left alone",
        arguments: [
            TransportError.unreachable(reason: "down"), .interrupted(reason: "reset"), .timedOut(seconds: 30),
        ])
    func read(error: TransportError) async throws {
        let script = GitHubScript()
        script.on("GET \(path)", .fails(error), .json(ref))
        script.on("GET https://second.test\(path)", .json(ref), .json(ref))
        let git = try repository(client(script)).git
        _ = try await git.ref("heads/main")
        #expect(script.waits == [])
        _ = try await git.ref("heads/main")
        script.pass(61)
        _ = try await git.ref("heads/main")
        #expect(
            script.words == [
                "GET \(path)", "GET https://second.test\(path)", "GET https://second.test\(path)", "GET \(path)",
            ])
    }

    @Test("what a server answers is an answer, also where it is a failure", arguments: [500, 502, 503, 404, 403])
    func answers(status: Int) async throws {
        let script = GitHubScript()
        for _ in 0..<4 { script.on("GET \(path)", .status(status)) }
        let git = try repository(client(script)).git
        _ = try await gitHubError { try await git.ref("heads/main") }
        #expect(script.words.allSatisfy { $0 == "GET \(path)" })
    }

    @Test("where none answers they are asked in turn, with pauses, until the budget is spent")
    func none() async throws {
        let script = GitHubScript()
        for _ in 0..<2 {
            script.on("GET \(path)", .fails(.unreachable(reason: "down")))
            script.on("GET https://second.test\(path)", .fails(.unreachable(reason: "down")))
        }
        let git = try repository(client(script)).git
        #expect(try await gitHubError { try await git.ref("heads/main") }.kind == .unavailable)
        #expect(script.leftOver == [])
        #expect(script.waits == [.milliseconds(500), .seconds(1)])
    }

    @Test("a write goes to the second only where it never left for the first")
    func writes() async throws {
        let script = GitHubScript()
        script.on("POST \(write)", .fails(.unreachable(reason: "down")))
        script.on(
            "POST https://second.test\(write)", .json(comment, status: 201), .fails(.interrupted(reason: "reset")))
        let comments = try repository(client(script)).issueComments
        _ = try await comments.create(on: 7, body: "x")
        let error = try await gitHubError { try await comments.create(on: 7, body: "y") }
        #expect(error.kind == .ambiguous)
        #expect(script.requests.count == 3)
    }
}
